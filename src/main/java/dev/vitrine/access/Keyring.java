package dev.vitrine.access;

import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The valid keys, in memory, as the database may be away. A merchandiser's key in a setting replaces the stored ones. */
@Singleton
@Startup(Keyring.AFTER_THE_RULES)
final class Keyring {
    /** After the rule book: a start that fails on broken rules must not print the key, which is printed only once. */
    static final int AFTER_THE_RULES = -50;

    static final String MERCHANDISER = "merchandiser";
    /** Shorter keys can be guessed. */
    static final int GIVEN_LENGTH_MIN = 16;

    private static final Logger LOG = Logger.getLogger(Keyring.class);

    private final ApiKeyRepository repository;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;
    private final Optional<String> given;
    private volatile List<ApiKey> keys = List.of();
    private volatile boolean loaded;

    Keyring(
            ApiKeyRepository repository,
            Transactions transactions,
            Audit audit,
            Clock clock,
            @ConfigProperty(name = "vitrine.merchandiser.key") Optional<String> given) {
        this.repository = repository;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.given = given.map(String::strip).filter(key -> !key.isEmpty());
    }

    @PostConstruct
    void open() {
        given.ifPresent(key -> keys = List.of(ApiKey.of(MERCHANDISER, Role.MERCHANDISER, longEnough(key))));
        load();
    }

    /** The database may come after the start; until then only a key given from outside is known. */
    @Scheduled(every = "1s", identity = "keys", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void load() {
        if (loaded) {
            return;
        }
        try {
            List<ApiKey> known = new ArrayList<>(transactions.call(repository::keys));
            if (given.isPresent()) {
                known.removeIf(key -> key.role() == Role.MERCHANDISER);
                known.addAll(keys);
            } else if (known.stream().noneMatch(key -> key.role() == Role.MERCHANDISER)) {
                known = create();
            }
            keys = List.copyOf(known);
            loaded = true;
        } catch (DatabaseUnavailableException e) {
            LOG.debug("The keys cannot be read yet");
        }
    }

    /** A short key is enough on a laptop; on a server somebody should read the warning. */
    private static String longEnough(String key) {
        if (key.length() < GIVEN_LENGTH_MIN) {
            LOG.warnf(
                    "VITRINE_MERCHANDISER_KEY has %d characters; one with fewer than %d can be guessed",
                    key.length(), GIVEN_LENGTH_MIN);
        }
        return key;
    }

    private List<ApiKey> create() {
        String text = ApiKey.random();
        ApiKey key = ApiKey.of(MERCHANDISER, Role.MERCHANDISER, text);
        if (transactions.call(() -> repository.add(key, clock.instant()))) {
            audit.add(new Audit.Entry(
                    clock.instant(), MERCHANDISER, "start", Audit.Action.KEY_CREATED, null, "the first start"));
            LOG.infof(
                    "The merchandiser's key is %s - it publishes rules, is kept only as a hash and will not be shown"
                            + " again; VITRINE_MERCHANDISER_KEY sets another",
                    text);
        }
        // otherwise another instance was first and has printed its own
        return transactions.call(repository::keys);
    }

    /** @throws DatabaseUnavailableException when the stored keys have not been read yet */
    Optional<ApiKey> owner(String text) {
        String hash = ApiKey.hash(text);
        ApiKey found = null;
        for (ApiKey key : keys) {
            // compares all keys, so that the time reveals nothing
            found = key.hasHash(hash) ? key : found;
        }
        if (found == null && !loaded) {
            throw new DatabaseUnavailableException(null);
        }
        return Optional.ofNullable(found);
    }
}
