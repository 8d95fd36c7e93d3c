package dev.vitrine;

import dev.vitrine.access.AccessConfig;
import dev.vitrine.access.LimitsConfig;
import dev.vitrine.access.OpenIdConfig;
import dev.vitrine.campaign.CampaignConfig;
import dev.vitrine.candidates.CandidatesConfig;
import dev.vitrine.candidates.service.ServiceConfig;
import dev.vitrine.candidates.service.ServiceProtocol;
import dev.vitrine.catalog.CatalogConfig;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.evaluation.BacktestConfig;
import dev.vitrine.evaluation.ReachConfig;
import dev.vitrine.idempotency.IdempotencyConfig;
import dev.vitrine.privacy.PrivacyConfig;
import dev.vitrine.rulebook.draft.DraftConfig;
import dev.vitrine.rulebook.rollout.StagedConfig;
import dev.vitrine.rulebook.schedule.ScheduleConfig;
import dev.vitrine.visit.VisitConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds wrong settings before the database is started: it takes seconds, and its log would hide the reason. */
final class SettingsCheck {
    static final List<Class<?>> MAPPINGS = List.of(
            AccessConfig.class,
            LimitsConfig.class,
            OpenIdConfig.class,
            PrivacyConfig.class,
            CatalogConfig.class,
            VisitConfig.class,
            CandidatesConfig.class,
            ServiceConfig.class,
            DecisionConfig.class,
            StagedConfig.class,
            BacktestConfig.class,
            ReachConfig.class,
            ScheduleConfig.class,
            DraftConfig.class,
            CampaignConfig.class,
            IdempotencyConfig.class);

    /** Times that are no part of a mapping. */
    private static final List<String> SINGLE_TIMES = List.of("vitrine.db.start-wait", "vitrine.rulebook.check-max");

    /** A shop may want no foreign product at all. */
    private static final String INTERFERENCE = "vitrine.decision.interference";

    /** A call need not be made again. */
    private static final String RETRIES = "vitrine.candidates.service.retries";

    private static final String OPEN_ID_ENABLED = "vitrine.access.open-id.enabled";
    private static final String OPEN_ID_PROVIDER = "quarkus.oidc.auth-server-url";

    /** Other ways to say whose tokens are valid. */
    private static final List<String> OPEN_ID_OTHERWISE = List.of(
            "quarkus.oidc.provider", "quarkus.oidc.public-key", "quarkus.oidc.certificate-chain.trust-store-file");

    private static final Pattern CONVERSION = Pattern.compile(
            "SRCFG00039: The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being"
                    + " converted (?:SRCFG\\d+: )?(.*)",
            Pattern.DOTALL);
    private static final Pattern OTHER = Pattern.compile("^(?:[\\w.$]+: )?SRCFG\\d+: ");

    private final SmallRyeConfig config;
    private final List<String> faults = new ArrayList<>();

    private SettingsCheck(SmallRyeConfig config) {
        this.config = config;
    }

    /** What is wrong with the settings of this process, each with the name of its setting. */
    static List<String> faults() {
        return faults(ConfigUtils.configBuilder());
    }

    static List<String> faults(SmallRyeConfigBuilder settings) {
        // the names that nobody knows are Quarkus' own, and those of other versions
        settings.withValidateUnknown(false);
        MAPPINGS.forEach(settings::withMapping);
        try {
            SettingsCheck check = new SettingsCheck(settings.build());
            check.run();
            return check.faults;
        } catch (ConfigValidationException e) {
            List<String> faults = new ArrayList<>();
            for (int i = 0; i < e.getProblemCount(); i++) {
                faults.add(readable(e.getProblem(i).getMessage()));
            }
            return faults;
        }
    }

    private void run() {
        for (Class<?> mapping : MAPPINGS) {
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            Object values = config.getConfigMapping(mapping);
            for (Method setting : mapping.getMethods()) {
                if (Modifier.isAbstract(setting.getModifiers())) {
                    requirePositive(prefix + "." + StringUtil.skewer(setting.getName()), value(setting, values));
                }
            }
        }
        for (String time : SINGLE_TIMES) {
            attempt(() ->
                    config.getOptionalValue(time, Duration.class).ifPresent(value -> requirePositive(time, value)));
        }
        attempt(() -> new ShopConfig(config));
        attempt(() -> ServiceProtocol.of(config.getConfigMapping(ServiceConfig.class)));
        if (config.getConfigMapping(OpenIdConfig.class).enabled()
                && Stream.concat(Stream.of(OPEN_ID_PROVIDER), OPEN_ID_OTHERWISE.stream())
                        .allMatch(name -> config.getRawValue(name) == null)) {
            faults.add(named(OPEN_ID_PROVIDER) + " is required with " + named(OPEN_ID_ENABLED)
                    + ": the address of your provider, such as https://id.shop.example/realms/shop");
        }
    }

    private void attempt(Runnable read) {
        try {
            read.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            faults.add(readable(e.getMessage()));
        }
    }

    private void requirePositive(String name, Object value) {
        if (value instanceof Map<?, ?> several) {
            several.forEach((key, one) -> requirePositive(name + "." + key, one));
        } else if (isTooSmall(name, value)) {
            faults.add(named(name) + " is " + config.getRawValue(name)
                    + (mayBeZero(name, value) ? "; must not be below 0" : "; must be more than 0"));
        }
    }

    private static boolean mayBeZero(String name, Object value) {
        return value instanceof Double || name.startsWith(INTERFERENCE) || name.equals(RETRIES);
    }

    private static boolean isTooSmall(String name, Object value) {
        if (value instanceof Duration time) {
            return time.isZero() || time.isNegative();
        }
        if (value instanceof MemorySize size) {
            return size.asLongValue() <= 0;
        }
        if (value instanceof Number number) {
            return number.doubleValue() < 0 || number.doubleValue() == 0 && !mayBeZero(name, value);
        }
        return false;
    }

    private static Object value(Method setting, Object values) {
        try {
            return setting.invoke(values);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String readable(String message) {
        Matcher conversion = CONVERSION.matcher(message);
        if (conversion.find()) {
            return named(conversion.group(1)) + " is '" + conversion.group(2) + "', which cannot be read: "
                    + conversion.group(3);
        }
        return OTHER.matcher(message).replaceFirst("");
    }

    /** With its form as an environment variable, which is how most are given. */
    private static String named(String name) {
        return name + " ("
                + StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT) + ")";
    }
}
