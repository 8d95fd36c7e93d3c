package dev.vitrine.access;

import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The valid keys, in memory, as the database may be away. The first start makes a key for each role, named after it; one that
 * is given as a setting takes its place while the service runs.
 */
@Singleton
@Startup(Keyring.AFTER_THE_RULES)
final class Keyring {
    /** After the rule book: a start that fails on broken rules must not print the keys, which are printed only once. */
    static final int AFTER_THE_RULES = -50;

    /** Shorter keys can be guessed. */
    static final int GIVEN_LENGTH_MIN = 16;

    private static final Logger LOG = Logger.getLogger(Keyring.class);

    private final ApiKeyRepository repository;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;
    private final Map<Role, ApiKey> given = new EnumMap<>(Role.class);
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    /** By hash. A lookup reveals nothing by its time: who sends a key cannot choose the bytes of its hash. */
    private volatile Map<String, ApiKey> keys = Map.of();

    private final KeyCopy copy;
    private volatile boolean loaded;

    Keyring(ApiKeyRepository repository, Transactions transactions, Audit audit, Clock clock, Config settings) {
        this.repository = repository;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.copy = new KeyCopy(
                Path.of(settings.getOptionalValue("vitrine.data", String.class).orElse("./data")));
        for (Role role : Role.values()) {
            settings.getOptionalValue("vitrine." + nameOf(role) + ".key", String.class)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> give(role, text));
        }
    }

    static String nameOf(Role role) {
        return Json.wireName(role);
    }

    static String variableOf(Role role) {
        return "VITRINE_" + nameOf(role).toUpperCase(Locale.ROOT) + "_KEY";
    }

    private void give(Role role, String text) {
        if (text.length() < GIVEN_LENGTH_MIN) {
            throw new IllegalArgumentException(variableOf(role) + " has " + text.length()
                    + " characters; one with fewer than " + GIVEN_LENGTH_MIN + " can be guessed");
        }
        ApiKey key = ApiKey.of(nameOf(role), role, text);
        for (ApiKey other : given.values()) {
            if (other.hash().equals(key.hash())) {
                throw new IllegalArgumentException(variableOf(other.role()) + " and " + variableOf(role)
                        + " are the same key; give each role its own");
            }
        }
        given.put(role, key);
    }

    @PostConstruct
    void open() {
        keys = valid(copy.read());
        refresh();
    }

    /**
     * Reads the keys again, so that a new or revoked one is known on all instances within a second. The database may come
     * after the start; until then the keys given from outside, and those read last, are known.
     */
    @Scheduled(every = "1s", identity = "keys", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            if (!loaded) {
                createMissing();
            }
            List<ApiKey> stored = transactions.call(repository::keys);
            keys = valid(stored);
            loaded = true;
            copy.write(stored);
        } catch (DatabaseUnavailableException e) {
            LOG.debug("The keys cannot be read now");
        }
    }

    private Map<String, ApiKey> valid(List<ApiKey> stored) {
        Map<String, ApiKey> valid = new HashMap<>();
        for (ApiKey key : stored) {
            if (!isGiven(key.name())) {
                valid.put(key.hash(), key);
            }
        }
        given.values().forEach(key -> valid.put(key.hash(), key));
        return Map.copyOf(valid);
    }

    /** Whether the key of this name comes from a setting. */
    boolean isGiven(String name) {
        return given.values().stream().anyMatch(key -> key.name().equals(name));
    }

    private void createMissing() {
        for (Role role : Role.values()) {
            if (given.containsKey(role)) {
                continue;
            }
            String text = ApiKey.random();
            boolean added = transactions.call(() -> {
                boolean isNew = repository.add(ApiKey.of(nameOf(role), role, text), "", clock.instant());
                if (isNew) {
                    audit.addInTransaction(new Audit.Entry(
                                    clock.instant(),
                                    Audit.SERVICE,
                                    "start",
                                    Audit.Action.KEY_CREATED,
                                    null,
                                    nameOf(role))
                            .about("key", nameOf(role)));
                }
                return isNew;
            });
            if (added) {
                LOG.infof(
                        "The %s's key is %s - it is kept only as a hash and will not be shown again; %s sets another",
                        nameOf(role), text, variableOf(role));
            }
            // otherwise an earlier start, or another instance, was first and has printed its own
        }
    }

    /**
     * The key of this text, also where it has expired.
     *
     * @throws DatabaseUnavailableException when the stored keys have not been read yet
     */
    Optional<ApiKey> owner(String text) {
        ApiKey found = keys.get(ApiKey.hash(text));
        if (found == null && !loaded) {
            throw new DatabaseUnavailableException(null);
        }
        Instant now = clock.instant();
        if (found != null && !found.expired(now)) {
            used.put(found.name(), now);
        }
        return Optional.ofNullable(found);
    }

    /** When the key was used on this instance since {@link #saveUse} last ran. */
    Optional<Instant> lastUsed(String name) {
        return Optional.ofNullable(used.get(name));
    }

    @Scheduled(every = "1m", identity = "key-use", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void saveUse() {
        Map<String, Instant> seen = Map.copyOf(used);
        try {
            transactions.run(() -> seen.forEach(repository::used));
            seen.forEach(used::remove);
        } catch (DatabaseUnavailableException e) {
            LOG.debug("The use of keys is written when the database is back");
        }
    }
}
