package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.DatabaseState;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys across starts: each keyring is a service of its own on the same database. */
class KeyringTest {
    private static EmbeddedPostgres postgres;
    private static AgroalDataSource database;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.of(
                        "jdbcUrl",
                        postgres.getJdbcUrl("postgres", "postgres"),
                        "principal",
                        "postgres",
                        "credential",
                        "postgres",
                        "maxSize",
                        "2"))
                .get());
        Flyway.configure().dataSource(database).load().migrate();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
        postgres.close();
    }

    @BeforeEach
    void forget() throws SQLException {
        sql("truncate access_key, audit");
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static Audit audit() {
        return new Audit(database, new DatabaseState(database, Clock.systemUTC()));
    }

    private static Keyring start(String given) {
        Keyring keyring =
                new Keyring(new ApiKeyRepository(database), audit(), Clock.systemUTC(), Optional.ofNullable(given));
        keyring.open();
        return keyring;
    }

    /** What is logged while a service starts. */
    private static List<String> toldAtStart() {
        List<String> told = new ArrayList<>();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line instanceof ExtLogRecord ext ? ext.getFormattedMessage() : line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(Keyring.class.getName());
        log.addHandler(ear);
        start(null);
        log.removeHandler(ear);
        return told;
    }

    @Test
    void theFirstStartTellsAKeyOnceAndKeepsOnlyItsHash() throws Exception {
        List<String> told = toldAtStart();
        assertThat(told).singleElement().asString().contains(ApiKey.PREFIX);
        String key = told.get(0).replaceAll("(?s).* (vitrine_[\\w-]+).*", "$1");
        assertThat(key).hasSize(ApiKey.PREFIX.length() + 43);
        assertThat(toldAtStart()).isEmpty();
        assertThat(start(null).owner(key)).map(ApiKey::role).contains(Role.MERCHANDISER);
        assertThat(new ApiKeyRepository(database).all()).singleElement().satisfies(kept -> assertThat(kept.hash())
                .matches("[0-9a-f]{64}")
                .doesNotContain(key));
        assertThat(audit().before(Long.MAX_VALUE, 10))
                .extracting(line -> line.entry().action())
                .containsExactly(Audit.Action.KEY_CREATED);
    }

    @Test
    void aGivenKeyStandsInForThisRun() throws Exception {
        new ApiKeyRepository(database)
                .add(ApiKey.of("merchandiser", Role.MERCHANDISER, "the-kept-key-0123"), Instant.now());
        Keyring given = start("  a-given-key-0123456789 ");
        assertThat(given.owner("a-given-key-0123456789")).map(ApiKey::name).contains("merchandiser");
        assertThat(given.owner("the-kept-key-0123")).isEmpty();
        assertThat(start(null).owner("the-kept-key-0123")).isPresent();
        assertThat(start("").owner("the-kept-key-0123"))
                .as("an empty variable is none")
                .isPresent();
        assertThat(new ApiKeyRepository(database).all()).hasSize(1);
    }

    @Test
    void aShortGivenKeyOpensToo() throws Exception {
        assertThat(start("short").owner("short")).map(ApiKey::name).contains("merchandiser");
    }

    @Test
    void keysAreKnownWhileTheDatabaseIsAway() throws Exception {
        Keyring keyring = start("a-given-key-0123456789");
        sql("alter table access_key rename to away");
        assertThat(keyring.owner("a-given-key-0123456789")).isPresent();
        assertThat(keyring.owner("another")).isEmpty();
        sql("alter table away rename to access_key");
    }
}
