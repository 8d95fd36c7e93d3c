package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.storage.HeardLog;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.Transactions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts of instances with settings of their own. */
@QuarkusTest
@WithTestResource(QuietService.class)
class SettingsAuditTest {
    private static final String SECRET = "vitrine.privacy.shopper-hash-key";

    @Inject
    Sql sql;

    @Inject
    Transactions transactions;

    @Inject
    Audit audit;

    @Inject
    TestClock clock;

    @BeforeEach
    void forget() {
        sql.run("set vitrine.retention = 'on'; truncate audit; reset vitrine.retention");
    }

    /** What is logged while this instance starts. */
    private List<String> start(String instance, Map<String, String> settings) {
        return HeardLog.of(SettingsAudit.class, () -> new SettingsAudit(
                        audit,
                        transactions,
                        new SmallRyeConfigBuilder()
                                .withSources(new PropertiesConfigSource(settings, "test", 100))
                                .build(),
                        new Instance(Optional.of(instance)),
                        clock)
                .compare());
    }

    private List<Audit.Entry> entries() {
        return audit.before(Long.MAX_VALUE, 100).stream().map(Audit.Line::entry).toList();
    }

    @Test
    void theFirstStartHasAllSettingsAndLaterOnesOnlyThoseThatChanged() {
        start("one", Map.of("vitrine.a", "1", "vitrine.b", "2", "vitrine.c", "3"));
        start("one", Map.of("vitrine.a", "1", "vitrine.b", "2", "vitrine.c", "3"));
        start("one", Map.of("vitrine.a", "1", "vitrine.b", "20", "vitrine.d", "4"));
        start("one", Map.of("vitrine.a", "1", "vitrine.b", "20", "vitrine.d", "4"));
        start("one", Map.of("vitrine.a", "1", "vitrine.b", "2", "vitrine.d", "4"));
        assertThat(entries())
                .extracting(Audit.Entry::detail, Audit.Entry::before, Audit.Entry::after)
                .containsExactly(
                        tuple(
                                "other than at the last start: vitrine.b",
                                "{\"vitrine.b\":\"20\"}",
                                "{\"vitrine.b\":\"2\"}"),
                        tuple(
                                "other than at the last start: vitrine.b, vitrine.c, vitrine.d",
                                "{\"vitrine.b\":\"2\",\"vitrine.c\":\"3\"}",
                                "{\"vitrine.b\":\"20\",\"vitrine.d\":\"4\"}"),
                        tuple(
                                "the first start of this instance in the log: all its settings",
                                null,
                                "{\"vitrine.a\":\"1\",\"vitrine.b\":\"2\",\"vitrine.c\":\"3\"}"));
        assertThat(entries()).extracting(Audit.Entry::thing).containsOnly("settings one");
    }

    @Test
    void eachInstanceIsComparedWithItself() {
        start("one", Map.of("vitrine.a", "1"));
        start("one more", Map.of("vitrine.a", "2"));
        start("one", Map.of("vitrine.a", "1"));
        assertThat(entries()).extracting(Audit.Entry::thing).containsExactly("settings one more", "settings one");
    }

    @Test
    void whatMayHoldASecretIsNotShown() {
        start("one", Map.of("vitrine.candidates.service.headers", "X-Key: hunter2", "vitrine.b", "2"));
        assertThat(entries().get(0).after())
                .isEqualTo("{\"vitrine.b\":\"2\",\"vitrine.candidates.service.headers\":\"(not shown)\"}");
    }

    @Test
    void anotherSecretIsAChangeAndIsWarnedOf() {
        String secret = "a-secret-of-32-characters-or-more";
        assertThat(start("one", Map.of(SECRET, secret))).isEmpty();
        assertThat(start("one", Map.of(SECRET, " " + secret + " "))).isEmpty();
        assertThat(start("one", Map.of(SECRET, secret + "2")))
                .singleElement()
                .asString()
                .contains(SECRET, "shoppers stored before are not found under the new secret");
        assertThat(start("one", Map.of())).hasSize(1);
        assertThat(entries()).hasSize(3).allSatisfy(entry -> assertThat(entry.toString())
                .doesNotContain("a-secret"));
        assertThat(entries().get(1).detail()).isEqualTo("other than at the last start: " + SECRET);
        assertThat(entries().get(1).before()).matches("\\{\"" + SECRET + "\":\"fingerprint [0-9a-f]{8}\"}");
        assertThat(entries().get(1).after()).isNotEqualTo(entries().get(1).before());
    }

    @Test
    void aSecretThatAnEarlierVersionDidNotShowMayBeTheSame() {
        sql.run("insert into audit (at, who, origin, action, detail, thing, after) values (now(), 'vitrine', 'start',"
                + " 'SETTINGS_CHANGED', 'a start with other settings', 'settings one', '{\"" + SECRET
                + "\":\"(not shown)\"}')");
        assertThat(start("one", Map.of(SECRET, "a-secret-of-32-characters-or-more")))
                .isEmpty();
        assertThat(entries()).hasSize(2);
    }

    @Test
    void shortSecretsAndOthersAreNotShown() {
        start("one", Map.of(SECRET, "short", "vitrine.operator.key", "a-given-key-of-32-characters-or-more"));
        assertThat(entries().get(0).after())
                .isEqualTo("{\"vitrine.operator.key\":\"(not shown)\",\"" + SECRET + "\":\"(not shown)\"}");
    }

    @Test
    void whatTheLogHasForgottenIsWrittenAgainAsAFirstStart() {
        sql.run(
                "insert into audit (at, who, origin, action, detail, thing, before, after) values (now(), 'vitrine',"
                        + " 'start', 'SETTINGS_CHANGED', '', 'settings one', '{\"vitrine.a\":\"1\"}', '{\"vitrine.a\":\"2\"}')");
        start("one", Map.of("vitrine.a", "2", "vitrine.b", "1"));
        start("one", Map.of("vitrine.a", "2", "vitrine.b", "1"));
        assertThat(entries()).hasSize(2);
        assertThat(entries().get(0).before()).isNull();
        assertThat(entries().get(0).after()).contains("vitrine.b");
    }
}
