package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys across starts: each keyring is a service of its own on the same database. */
@QuarkusTest
@WithTestResource(QuietService.class)
class KeyringTest {
    @Inject
    Sql sql;

    @Inject
    ApiKeyRepository repository;

    @Inject
    Transactions transactions;

    @Inject
    Audit audit;

    @Inject
    DataSource database;

    @BeforeEach
    void forget() {
        sql.run("truncate access_key, audit");
    }

    private Keyring start(String given) {
        return start(given, transactions);
    }

    private Keyring start(String given, Transactions through) {
        Keyring keyring = new Keyring(repository, through, audit, Clock.systemUTC(), Optional.ofNullable(given));
        keyring.open();
        return keyring;
    }

    private List<ApiKey> stored() {
        return transactions.call(repository::keys);
    }

    /** What is logged while a service starts. */
    private List<String> toldAtStart() {
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
        assertThat(stored()).singleElement().satisfies(kept -> assertThat(kept.hash())
                .matches("[0-9a-f]{64}")
                .doesNotContain(key));
        assertThat(audit.before(Long.MAX_VALUE, 10))
                .extracting(line -> line.entry().action())
                .containsExactly(Audit.Action.KEY_CREATED);
    }

    @Test
    void aGivenKeyStandsInForThisRun() throws Exception {
        transactions.run(
                () -> repository.add(ApiKey.of("merchandiser", Role.MERCHANDISER, "the-kept-key-0123"), Instant.now()));
        Keyring given = start("  a-given-key-0123456789 ");
        assertThat(given.owner("a-given-key-0123456789")).map(ApiKey::name).contains("merchandiser");
        assertThat(given.owner("the-kept-key-0123")).isEmpty();
        assertThat(start(null).owner("the-kept-key-0123")).isPresent();
        assertThat(start("").owner("the-kept-key-0123"))
                .as("an empty variable is none")
                .isPresent();
        assertThat(stored()).hasSize(1);
    }

    @Test
    void aShortGivenKeyOpensToo() throws Exception {
        assertThat(start("short").owner("short")).map(ApiKey::name).contains("merchandiser");
    }

    @Test
    void keysAreKnownWhileTheDatabaseIsAway() throws Exception {
        Keyring keyring = start("a-given-key-0123456789");
        sql.run("alter table access_key rename to away");
        assertThat(keyring.owner("a-given-key-0123456789")).isPresent();
        assertThat(keyring.owner("another")).isEmpty();
        sql.run("alter table away rename to access_key");
    }

    @Test
    void aStartWithoutADatabaseKnowsTheGivenKeyAndReadsTheOthersLater() {
        transactions.run(
                () -> repository.add(ApiKey.of("a shop", Role.STOREFRONT, "the-kept-key-0123"), Instant.now()));
        DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        state.failed(new SQLException("gone", "08006"));
        Keyring keyring = start("a-given-key-0123456789", new Transactions(state));
        assertThat(keyring.owner("a-given-key-0123456789")).isPresent();
        assertThatThrownBy(() -> keyring.owner("the-kept-key-0123")).isInstanceOf(DatabaseUnavailableException.class);
        state.probe();
        keyring.load();
        assertThat(keyring.owner("the-kept-key-0123")).map(ApiKey::name).contains("a shop");
        assertThat(keyring.owner("a-given-key-0123456789")).isPresent();
        assertThat(keyring.owner("another")).isEmpty();
    }
}
