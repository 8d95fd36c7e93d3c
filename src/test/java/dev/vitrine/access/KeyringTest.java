package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.ProblemException;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.HeardLog;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.Transactions;
import dev.vitrine.storage.UnansweredCommits;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    AuditRepository entries;

    @Inject
    AgroalDataSource database;

    @TempDir
    Path data;

    @BeforeEach
    void forget() {
        sql.run("set vitrine.retention = 'on'; truncate access_key, audit; reset vitrine.retention");
        clock.reset();
    }

    @Inject
    TestClock clock;

    private ApiKeys keys(Keyring keyring) {
        return new ApiKeys(repository, keyring, transactions, audit, clock);
    }

    private Keyring start(String given) {
        return start(given, transactions);
    }

    private Keyring start(String given, Transactions through) {
        Map<String, String> settings = new HashMap<>(Map.of("vitrine.data", data.toString()));
        if (given != null) {
            settings.put("vitrine.merchandiser.key", given);
        }
        Keyring keyring = new Keyring(repository, through, audit, clock, config(settings));
        keyring.open();
        return keyring;
    }

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
    }

    private List<ApiKey> stored() {
        return transactions.call(repository::keys);
    }

    /** What is logged while a service starts. */
    private List<String> toldAtStart() {
        return HeardLog.of(Keyring.class, () -> start(null));
    }

    @Test
    void theFirstStartTellsAKeyForEachRoleOnceAndKeepsOnlyHashes() {
        List<String> told = toldAtStart();
        assertThat(told).hasSize(Role.values().length).allSatisfy(line -> assertThat(line)
                .contains(ApiKey.PREFIX));
        assertThat(toldAtStart()).isEmpty();
        Keyring keyring = start(null);
        for (Role role : Role.values()) {
            String key = told.get(role.ordinal()).replaceAll("(?s).* (vitrine_[\\w-]+).*", "$1");
            assertThat(key).hasSize(ApiKey.PREFIX.length() + 43);
            assertThat(keyring.owner(key)).contains(ApiKey.of(Keyring.nameOf(role), role, key));
            assertThat(stored())
                    .allSatisfy(kept ->
                            assertThat(kept.hash()).matches("[0-9a-f]{64}").doesNotContain(key));
        }
        assertThat(audit.before(Long.MAX_VALUE, 10))
                .extracting(line -> line.entry().action())
                .containsOnly(Audit.Action.KEY_CREATED)
                .hasSize(Role.values().length);
    }

    @Test
    void aRevokedKeyIsRefusedOnAllInstancesAndNotMadeAgain() {
        List<String> told = toldAtStart();
        String key = told.get(Role.ANALYST.ordinal()).replaceAll("(?s).* (vitrine_[\\w-]+).*", "$1");
        Keyring here = start(null);
        Keyring there = start(null);
        keys(here).revoke("analyst", new Caller());
        assertThat(here.owner(key)).isEmpty();
        there.refresh();
        assertThat(there.owner(key)).isEmpty();
        assertThat(toldAtStart()).as("a start after that").isEmpty();
        assertThat(audit.before(Long.MAX_VALUE, 1))
                .extracting(line -> line.entry().action())
                .containsExactly(Audit.Action.KEY_REVOKED);
    }

    @Test
    void theLastOperatorsKeyStays() {
        Keyring keyring = start(null);
        ApiKeys keys = keys(keyring);
        assertThatThrownBy(() -> keys.revoke("operator", new Caller()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("last operator's key");
        keys.create("Marie", Role.OPERATOR, clock.instant().plusSeconds(60).atOffset(ZoneOffset.UTC), new Caller());
        assertThatThrownBy(() -> keys.revoke("operator", new Caller()))
                .as("one that expires is no way back")
                .isInstanceOf(ProblemException.class);
        keys.create("Jo", Role.OPERATOR, null, new Caller());
        keys.revoke("operator", new Caller());
        assertThat(stored()).extracting(ApiKey::name).doesNotContain("operator");
    }

    @Test
    void aKeyExpiresAndItsNameStaysTaken() {
        Keyring keyring = start(null);
        ApiKeys keys = keys(keyring);
        String text = keys.create(
                        "the feed",
                        Role.OPERATOR,
                        clock.instant().plusSeconds(60).atOffset(ZoneOffset.UTC),
                        new Caller())
                .text();
        assertThat(keyring.owner(text)).map(ApiKey::name).contains("the feed");
        clock.pass(Duration.ofSeconds(60));
        assertThat(keyring.owner(text).orElseThrow().expired(clock.instant())).isTrue();

        assertThatThrownBy(() -> keys.create("the feed", Role.ANALYST, null, new Caller()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is, or was, a key named 'the feed'");
    }

    @Test
    void theLastUseOfAKeyIsWrittenAfterAWhile() {
        Keyring keyring = start("a-given-key-0123456789");
        String text =
                keys(keyring).create("Jo", Role.ANALYST, null, new Caller()).text();
        assertThat(keyring.lastUsed("Jo")).isEmpty();
        keyring.owner(text);
        assertThat(keyring.lastUsed("Jo")).isPresent();
        keyring.saveUse();
        assertThat(keyring.lastUsed("Jo")).isEmpty();
        assertThat(sql.column("select name from access_key where last_used_at is not null"))
                .containsExactly("Jo");
    }

    @Test
    void aGivenKeyStandsInForThisRun() throws Exception {
        transactions.run(() ->
                repository.add(ApiKey.of("merchandiser", Role.MERCHANDISER, "the-kept-key-0123"), "", Instant.now()));
        Keyring given = start("  a-given-key-0123456789 ");
        assertThat(given.owner("a-given-key-0123456789")).map(ApiKey::name).contains("merchandiser");
        assertThat(given.owner("the-kept-key-0123")).isEmpty();
        assertThat(start(null).owner("the-kept-key-0123")).isPresent();
        assertThat(start("").owner("the-kept-key-0123"))
                .as("an empty variable is none")
                .isPresent();
        assertThat(stored()).extracting(ApiKey::name).contains("merchandiser").hasSize(Role.values().length);
    }

    @Test
    void aGivenKeyThatCanBeGuessedIsRefused() {
        assertThatThrownBy(() -> start("short"))
                .hasMessage("VITRINE_MERCHANDISER_KEY has 5 characters; one with fewer than 16 can be guessed");
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
                () -> repository.add(ApiKey.of("a shop", Role.STOREFRONT, "the-kept-key-0123"), "", Instant.now()));
        DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        state.failed(new SQLException("gone", "08006"));
        Keyring keyring = start("a-given-key-0123456789", new Transactions(state));
        assertThat(keyring.owner("a-given-key-0123456789")).isPresent();
        assertThatThrownBy(() -> keyring.owner("the-kept-key-0123")).isInstanceOf(DatabaseUnavailableException.class);
        state.probe();
        keyring.refresh();
        assertThat(keyring.owner("the-kept-key-0123")).map(ApiKey::name).contains("a shop");
        assertThat(keyring.owner("a-given-key-0123456789")).isPresent();
        assertThat(keyring.owner("another")).isEmpty();
    }

    @Test
    void aRestartWithoutADatabaseKnowsTheKeysReadLast() throws Exception {
        transactions.run(
                () -> repository.add(ApiKey.of("a shop", Role.STOREFRONT, "the-kept-key-0123"), "", Instant.now()));
        start(null);
        DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        state.failed(new SQLException("gone", "08006"));
        Keyring keyring = start(null, new Transactions(state));
        assertThat(keyring.owner("the-kept-key-0123")).map(ApiKey::name).contains("a shop");
        Path copy = data.resolve("access-keys.json");
        assertThat(Files.readString(copy)).doesNotContain("the-kept-key-0123");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        Files.writeString(copy, "{broken");
        assertThatThrownBy(() -> start(null, new Transactions(state)).owner("the-kept-key-0123"))
                .isInstanceOf(DatabaseUnavailableException.class);
    }

    @Test
    void aKeyWithARoleOfANewerVersionCostsNoOther() throws Exception {
        transactions.run(
                () -> repository.add(ApiKey.of("a shop", Role.STOREFRONT, "the-kept-key-0123"), "", Instant.now()));
        sql.run("insert into access_key (name, role, hash, created_at) values ('of-tomorrow', 'BUYER', '"
                + ApiKey.hash("a-key-of-tomorrow") + "', now())");
        Keyring keyring = start(null);
        assertThat(keyring.owner("the-kept-key-0123")).isPresent();
        assertThat(keyring.owner("a-key-of-tomorrow")).isEmpty();
        keys(keyring).revoke("of-tomorrow", new Caller());
        Path copy = data.resolve("access-keys.json");
        Files.writeString(copy, Files.readString(copy).replace("\"analyst\"", "\"buyer\""));
        DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        state.failed(new SQLException("gone", "08006"));
        assertThat(start(null, new Transactions(state)).owner("the-kept-key-0123"))
                .isPresent();
    }

    @Test
    void anEntryWhoseCommitWasNotAnsweredIsThereOnce() throws Exception {
        DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        Audit log = new Audit(entries, new Transactions(state), state);
        Audit.Entry entry = new Audit.Entry(clock.instant(), "unanswered", "here", Audit.Action.CALL_REFUSED, null, "");
        try (UnansweredCommits commits = new UnansweredCommits(database, sql)) {
            Future<?> added = CompletableFuture.runAsync(() -> log.add(entry));
            commits.await();
            commits.disconnect();
            added.get();
        }
        assertThat(sql.number("select count(*) from audit where who = 'unanswered'"))
                .isEqualTo(1);
        Await.until(() -> {
            state.probe();
            return state.up();
        });
        log.save();
        log.save();
        assertThat(sql.number("select count(*) from audit where who = 'unanswered'"))
                .isEqualTo(1);
        log.add(entry);
        assertThat(sql.number("select count(*) from audit where who = 'unanswered'"))
                .as("the same again, on purpose")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Operator",
                "operat\u043Er",
                "operator",
                "merchandiser ",
                "folder",
                "Folder",
                "vitrine",
                "V itrine",
                "nobody",
                "staging",
            })
    void aKeyMustNotBeNamedLikeAGivenOneOrTheServiceItself(String name) {
        Config given =
                config(Map.of("vitrine.data", data.toString(), "vitrine.operator.key", "a-given-key-0123456789"));
        Keyring keyring = new Keyring(repository, transactions, audit, clock, given);
        keyring.open();
        sql.run("delete from access_key");
        assertThatThrownBy(() -> keys(keyring).create(name, Role.MERCHANDISER, null, new Caller()))
                .isInstanceOf(ProblemException.class)
                .extracting(problem -> ((ProblemException) problem).field())
                .isEqualTo("name");
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "/", " ", "Karim\u00A0", "Karim\u3000B", "\u2800", "Karim\uFFFC"})
    void aKeyThatNoAddressOrReaderTellsApartIsNotMade(String name) {
        ApiKeys keys = keys(start(null));
        assertThatThrownBy(() -> keys.create(name, Role.ANALYST, null, new Caller()))
                .isInstanceOf(ProblemException.class)
                .extracting(problem -> ((ProblemException) problem).field())
                .isEqualTo("name");
        assertThat(stored()).hasSize(Role.values().length);
    }

    @Test
    void aKeyMustNotLookLikeAnother() {
        ApiKeys keys = keys(start(null));
        keys.create("Marie Curie", Role.ANALYST, null, new Caller());
        for (String twin : List.of("marie curie", "Mar\u0456e Curie", "Marie  Curie", "Mar ie Curie")) {
            assertThatThrownBy(() -> keys.create(twin, Role.ANALYST, null, new Caller()))
                    .as(twin)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("looks like 'Marie Curie'");
        }
    }

    @Test
    void aKeyIsNotNamedLikeAPersonOfTheProvider() {
        ApiKeys keys = keys(start(null));
        for (String name : List.of("Ana (OpenID)", "Ana (openid)", "(OpenID)")) {
            assertThatThrownBy(() -> keys.create(name, Role.ANALYST, null, new Caller()))
                    .as(name)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("must not end with '(OpenID)'");
        }
        keys.create("OpenID bridge", Role.ANALYST, null, new Caller());
    }
}
