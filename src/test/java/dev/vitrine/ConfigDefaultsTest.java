package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vitrine.access.AccessConfig;
import dev.vitrine.access.LimitsConfig;
import dev.vitrine.access.OpenIdConfig;
import dev.vitrine.campaign.CampaignConfig;
import dev.vitrine.candidates.CandidatesConfig;
import dev.vitrine.candidates.service.ServiceConfig;
import dev.vitrine.catalog.CatalogConfig;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.catalog.ShopSettings;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.evaluation.BacktestConfig;
import dev.vitrine.evaluation.ReachConfig;
import dev.vitrine.idempotency.IdempotencyConfig;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.privacy.PrivacyConfig;
import dev.vitrine.rulebook.draft.DraftConfig;
import dev.vitrine.rulebook.rollout.StagedConfig;
import dev.vitrine.rulebook.schedule.ScheduleConfig;
import dev.vitrine.visit.VisitConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every setting of every {@code @ConfigMapping}, as it is when nothing is set. */
class ConfigDefaultsTest {
    private static final Map<Class<?>, Map<String, Object>> DEFAULTS = Map.ofEntries(
            Map.entry(
                    AccessConfig.class,
                    Map.of(
                            "openOnLoopback", Optional.empty(),
                            "corsOrigins", Optional.empty(),
                            "keepAudit", Duration.ofDays(1100))),
            Map.entry(
                    LimitsConfig.class,
                    Map.of(
                            "decisionsPerSecond", 5000,
                            "eventsPerSecond", 2000,
                            "managementPerSecond", 50,
                            "anonymousPerSecond", 20,
                            "decisionsInFlight", 400,
                            "eventsInFlight", 64,
                            "managementInFlight", 32,
                            "managementInFlightPerCaller", 8,
                            "bodyBytes", new MemorySize(BigInteger.valueOf(16L << 20)))),
            Map.entry(
                    OpenIdConfig.class,
                    Map.of(
                            "enabled", false,
                            "audience", "vitrine",
                            "groupsClaim", "groups",
                            "groupsStorefront", Optional.empty(),
                            "groupsMerchandiser", Optional.empty(),
                            "groupsAnalyst", Optional.empty(),
                            "groupsOperator", Optional.empty())),
            Map.entry(
                    PrivacyConfig.class,
                    Map.of("shopperHashKey", Optional.empty(), "keepErasures", Duration.ofDays(30))),
            Map.entry(CatalogConfig.class, Map.of("maxProducts", 1_000_000)),
            Map.entry(
                    VisitConfig.class,
                    Map.of(
                            "idle",
                            Duration.ofMinutes(30),
                            "visitsMax",
                            200_000,
                            "maxBytes",
                            new MemorySize(BigInteger.valueOf(64L << 20)),
                            "eventsMax",
                            500,
                            "shoppersMax",
                            500_000,
                            "shoppersMaxBytes",
                            new MemorySize(BigInteger.valueOf(96L << 20)),
                            "spoolMaxBytes",
                            new MemorySize(BigInteger.valueOf(256L << 20)),
                            "keep",
                            Duration.ofDays(400),
                            "interestHalfLife",
                            Duration.ofDays(30),
                            "giftHalfLife",
                            Duration.ofHours(12))),
            Map.entry(
                    CandidatesConfig.class,
                    Map.of(
                            "trainEvery", Duration.ofMinutes(15),
                            "startWait", Duration.ofSeconds(15),
                            "history", Duration.ofDays(90),
                            "eventsMax", 5_000_000)),
            Map.entry(
                    ServiceConfig.class,
                    Map.ofEntries(
                            Map.entry("url", Optional.empty()),
                            Map.entry("headers", Optional.empty()),
                            Map.entry("use", ServiceConfig.Use.SERVE),
                            Map.entry("timeOut", Duration.ofMillis(25)),
                            Map.entry("retries", 1),
                            Map.entry("callsMax", 64),
                            Map.entry("count", 100),
                            Map.entry(
                                    "request",
                                    "{\"visit\": \"{visit}\", \"page\": \"{page}\", \"sku\": \"{sku}\", \"category\":"
                                            + " \"{category}\", \"words\": \"{words}\", \"recent\": \"{recent}\", \"cart\":"
                                            + " \"{cart}\", \"count\": \"{count}\"}"),
                            Map.entry("list", "/candidates"),
                            Map.entry("sku", "/sku"),
                            Map.entry("score", "/score"),
                            Map.entry("scores", ServiceConfig.Scores.ORDER),
                            Map.entry("answerMaxBytes", new MemorySize(BigInteger.valueOf(256L << 10))),
                            Map.entry("circuitFailures", 0.5),
                            Map.entry("circuitVolume", 20),
                            Map.entry("circuitDelay", Duration.ofSeconds(5)),
                            Map.entry("comparedShare", 0.1),
                            Map.entry("keepComparisons", Duration.ofDays(30)))),
            Map.entry(
                    DecisionConfig.class,
                    Map.ofEntries(
                            Map.entry(
                                    "placements",
                                    List.of(
                                            "home-page",
                                            "category-page",
                                            "product-page",
                                            "search-page",
                                            "cart",
                                            "order-confirmation")),
                            Map.entry("budget", Duration.ofMillis(50)),
                            Map.entry("budgets", Map.of()),
                            Map.entry("interference", 2),
                            Map.entry("interferences", Map.of()),
                            Map.entry("smallCatalog", Optional.empty()),
                            Map.entry("zone", Optional.empty()),
                            Map.entry("candidates", 100),
                            Map.entry("unrecordedMaxBytes", new MemorySize(BigInteger.valueOf(32L << 20))),
                            Map.entry("spoolMaxBytes", new MemorySize(BigInteger.valueOf(1L << 30))),
                            Map.entry("keep", Duration.ofDays(30)),
                            Map.entry("keepShares", Duration.ofDays(400)))),
            Map.entry(
                    StagedConfig.class,
                    Map.of(
                            "decisions",
                            200,
                            "errors",
                            0.01,
                            "emptyLists",
                            0.02,
                            "slower",
                            2.0,
                            "fastEnough",
                            Duration.ofMillis(20),
                            "keep",
                            Duration.ofDays(400))),
            Map.entry(BacktestConfig.class, Map.of("keep", Duration.ofDays(400))),
            Map.entry(ReachConfig.class, Map.of("harmMax", 0.05, "lists", 120, "time", Duration.ofSeconds(2))),
            Map.entry(CampaignConfig.class, Map.of("keep", Duration.ofDays(400))),
            Map.entry(ScheduleConfig.class, Map.of("keep", Duration.ofDays(400))),
            Map.entry(DraftConfig.class, Map.of("keep", Duration.ofDays(400))),
            Map.entry(IdempotencyConfig.class, Map.of("keep", Duration.ofHours(24))));

    @Test
    void everySettingHasItsDefault() {
        DEFAULTS.forEach((type, defaults) ->
                assertThat(values(type)).as(type.getSimpleName()).containsExactlyInAnyOrderEntriesOf(defaults));
    }

    @Test
    void everyConfigIsTested() {
        Set<String> configs = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.vitrine").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        assertThat(DEFAULTS.keySet()).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(configs);
    }

    @Test
    void theShopIsInUtcAndItsFirstProductDecidesTheCurrency() {
        ShopConfig shop = ShopSettings.of(Map.of());
        assertThat(shop.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(shop.smallCatalog()).isEqualTo(100);
        assertThat(shop.currency()).isEmpty();
    }

    @Test
    void theShopsSettingsHaveTheirNames() {
        ShopConfig shop = ShopSettings.of(Map.of(
                "vitrine.decision.zone", "Asia/Tokyo",
                "vitrine.decision.small-catalog", "7",
                "vitrine.currency", "JPY"));
        assertThat(shop.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(shop.smallCatalog()).isEqualTo(7);
        assertThat(shop.currency()).contains("JPY");
        assertThat(shop.shopAt(Instant.parse("2026-03-01T23:30:00Z"), 7))
                .isEqualTo(new Shop(7, false, 8, DayOfWeek.MONDAY));
        assertThat(shop.shopAt(Instant.parse("2026-03-01T23:30:00Z"), 6).small())
                .isTrue();
    }

    @Test
    void anUnknownCurrencyIsRefused() {
        assertThatThrownBy(() -> ShopSettings.zone("Europe/Bonn"))
                .hasMessage("vitrine.decision.zone: 'Europe/Bonn' is not a time zone, such as Europe/Berlin");
        assertThatThrownBy(() -> ShopSettings.of(Map.of("vitrine.currency", "EURO")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vitrine.currency: 'EURO' is not a currency code");
    }

    private static Map<String, Object> values(Class<?> type) {
        Object config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(type)
                .build()
                .getConfigMapping(type);
        Map<String, Object> values = new TreeMap<>();
        for (Method setting : type.getMethods()) {
            if (Modifier.isAbstract(setting.getModifiers())) {
                values.put(setting.getName(), value(setting, config));
            }
        }
        return values;
    }

    private static Object value(Method setting, Object config) {
        try {
            return setting.invoke(config);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
