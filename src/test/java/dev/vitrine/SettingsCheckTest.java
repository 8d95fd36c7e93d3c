package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
    private static List<String> faults(Map<String, String> settings) {
        return SettingsCheck.faults(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 100)));
    }

    @Test
    void theDefaultsAreRight() {
        assertThat(faults(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vitrine.access.limits.decisions-per-second | -1 | is -1; must be more than 0",
                "vitrine.access.limits.management-in-flight | 0 | is 0; must be more than 0",
                "vitrine.access.limits.body-bytes | 0 | is 0; must be more than 0",
                "vitrine.access.limits.events-per-second | many | is 'many', which cannot be read",
                "vitrine.access.keep-audit | abc | is 'abc', which cannot be read: Invalid duration: abc",
                "vitrine.access.keep-audit | 0 | is 0; must be more than 0",
                "vitrine.visit.keep | 0d | is 0d; must be more than 0",
                "vitrine.decision.keep | 0s | is 0s; must be more than 0",
                "vitrine.decision.keep-shares | 0d | is 0d; must be more than 0",
                "vitrine.privacy.keep-erasures | 0d | is 0d; must be more than 0",
                "vitrine.decision.budgets.cart | 0 | is 0; must be more than 0",
                "vitrine.decision.interference | -1 | is -1; must not be below 0",
                "vitrine.candidates.service.time-out | 0 | is 0; must be more than 0",
                "vitrine.candidates.service.time-out | PT0.0001S | must be at least 1 ms",
                "vitrine.candidates.service.retries | -1 | is -1; must not be below 0",
                "vitrine.candidates.service.use | both | is 'both', which cannot be read",
                "vitrine.candidates.service.count | 1001 | is 1001; must be at most 1000",
                "vitrine.candidates.service.circuit-failures | 2 | is 2.0; must be above 0 and at most 1",
                "vitrine.candidates.service.compared-share | 1.5 | is 1.5; must be at most 1",
                "vitrine.candidates.service.url | models.shop.example | must be an address with http or https",
                "vitrine.candidates.service.url | http://me:pw@shop.example | must not hold a user or password",
                "vitrine.candidates.service.url | http://a b | is not an address",
                "vitrine.candidates.service.headers | Bearer abc | header 1 must be 'Name: value'",
                "vitrine.candidates.service.request | {\"a\": \"{recnt}\"} | has {recnt}; did you mean 'recent'?",
                "vitrine.candidates.service.request | {\"a\": \"v-{visit}\"} | has {visit} within a longer text",
                "vitrine.candidates.service.request | {\"a\": | is not JSON",
                "vitrine.candidates.service.list | candidates | Invalid input: JSON Pointer expression must start with",
                "vitrine.staged.errors | -0.5 | is -0.5; must not be below 0",
                "vitrine.db.start-wait | soon | is 'soon', which cannot be read",
                "vitrine.rulebook.check-max | 0s | is 0s; must be more than 0",
                "vitrine.decision.small-catalog | few | is 'few', which cannot be read",
                "vitrine.decision.zone | Europe/Bonn | is not a time zone",
                "vitrine.currency | EURO | is not a currency code",
            })
    void aWrongSettingIsNamed(String name, String value, String reason) {
        assertThat(faults(Map.of(name, value))).singleElement().asString().contains(name, reason);
    }

    @Test
    void whatMayBeZeroMay() {
        assertThat(faults(Map.of(
                        "vitrine.decision.interference", "0",
                        "vitrine.decision.interferences.cart", "0",
                        "vitrine.staged.errors", "0",
                        "vitrine.candidates.service.retries", "0",
                        "vitrine.candidates.service.compared-share", "0")))
                .isEmpty();
    }

    @Test
    void whatMayBeASecretIsNotRepeated() {
        assertThat(faults(Map.of("vitrine.candidates.service.headers", "hunter2")))
                .singleElement()
                .asString()
                .doesNotContain("hunter2");
        assertThat(faults(Map.of("vitrine.candidates.service.url", "http://me:hunter2@shop.example")))
                .singleElement()
                .asString()
                .doesNotContain("hunter2");
    }

    @Test
    void severalFaultsAreAllNamedWithTheirVariables() {
        assertThat(faults(Map.of("vitrine.visit.keep", "0d", "vitrine.access.limits.events-in-flight", "0")))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("(VITRINE_VISIT_KEEP)"))
                .anySatisfy(fault -> assertThat(fault).contains("(VITRINE_ACCESS_LIMITS_EVENTS_IN_FLIGHT)"));
    }

    @Test
    void openIdConnectNeedsItsProvider() {
        assertThat(faults(Map.of("vitrine.access.open-id.enabled", "true")))
                .singleElement()
                .asString()
                .contains("QUARKUS_OIDC_AUTH_SERVER_URL", "VITRINE_ACCESS_OPEN_ID_ENABLED");
        assertThat(faults(Map.of(
                        "vitrine.access.open-id.enabled", "true",
                        "quarkus.oidc.auth-server-url", "https://id.shop.example")))
                .isEmpty();
    }

    @Test
    void everyMappingIsChecked() {
        List<String> mappings = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.vitrine").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(SettingsCheck.MAPPINGS).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(mappings);
    }
}
