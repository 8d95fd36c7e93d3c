package dev.vitrine.access;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The keys that open something, in memory from the start on: who may publish is known while the database is away. A
 * merchandiser's key given from outside stands in for those that are kept, for this run.
 */
@Singleton
@Startup(Keyring.AFTER_THE_RULES)
final class Keyring {
    /** After the rule book: a start that ends on broken rules is not to have told a key, which it tells only once. */
    static final int AFTER_THE_RULES = -50;

    static final String MERCHANDISER = "merchandiser";
    /** Our choice: shorter ones can be guessed. */
    static final int GIVEN_LENGTH_MIN = 16;

    private static final Logger LOG = Logger.getLogger(Keyring.class);

    private final ApiKeyRepository store;
    private final Audit audit;
    private final Clock clock;
    private final Optional<String> given;
    private volatile List<ApiKey> keys = List.of();

    Keyring(
            ApiKeyRepository store,
            Audit audit,
            Clock clock,
            @ConfigProperty(name = "vitrine.merchandiser.key") Optional<String> given) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.given = given.map(String::strip).filter(key -> !key.isEmpty());
    }

    @PostConstruct
    void open() {
        try {
            List<ApiKey> kept = new ArrayList<>(store.all());
            if (given.isPresent()) {
                kept.removeIf(key -> key.role() == Role.MERCHANDISER);
                kept.add(ApiKey.of(MERCHANDISER, Role.MERCHANDISER, longEnough(given.get())));
            } else if (kept.stream().noneMatch(key -> key.role() == Role.MERCHANDISER)) {
                kept = create();
            }
            keys = List.copyOf(kept);
        } catch (SQLException e) {
            throw new IllegalStateException("The keys cannot be read from the database", e);
        }
    }

    /** On a laptop a short key does; whoever opens the door to others is told. */
    private static String longEnough(String key) {
        if (key.length() < GIVEN_LENGTH_MIN) {
            LOG.warnf(
                    "VITRINE_MERCHANDISER_KEY has %d characters; one with fewer than %d can be guessed",
                    key.length(), GIVEN_LENGTH_MIN);
        }
        return key;
    }

    private List<ApiKey> create() throws SQLException {
        String text = ApiKey.random();
        if (store.add(ApiKey.of(MERCHANDISER, Role.MERCHANDISER, text), clock.instant())) {
            audit.add(new Audit.Entry(
                    clock.instant(), MERCHANDISER, "start", Audit.Action.KEY_CREATED, null, "the first start"));
            LOG.infof(
                    "The merchandiser's key is %s - it publishes rules, is kept only as a hash and will not be shown"
                            + " again; VITRINE_MERCHANDISER_KEY sets another",
                    text);
        }
        // otherwise another instance was first, and has told its own
        return store.all();
    }

    /** Whose key this is, nobody's where it opens nothing. */
    Optional<ApiKey> owner(String text) {
        String hash = ApiKey.hash(text);
        ApiKey found = null;
        for (ApiKey key : keys) {
            // all are compared, so that the time tells nothing of which it was
            found = key.hasHash(hash) ? key : found;
        }
        return Optional.ofNullable(found);
    }
}
