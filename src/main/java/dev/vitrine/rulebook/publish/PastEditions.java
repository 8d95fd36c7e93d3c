package dev.vitrine.rulebook.publish;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The editions that recorded decisions were made by: those that decide now, and earlier ones, compiled when somebody asks. */
@Singleton
public final class PastEditions {
    private static final Logger LOG = Logger.getLogger(PastEditions.class);

    /** Who looks at an afternoon's decisions meets two or three. Each holds its compiled files, most of them shared. */
    private static final int KEPT = 4;

    private static final Duration KEPT_FOR = Duration.ofMinutes(30);

    private final Rulebook rulebook;
    private final RuleCheck check;
    private final EditionRepository editions;
    private final Transactions transactions;
    /** Empty for an edition that is not stored, or that no longer compiles. */
    private final Cache<Integer, Optional<Edition>> earlier =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterAccess(KEPT_FOR).build();

    PastEditions(Rulebook rulebook, RuleCheck check, EditionRepository editions, Transactions transactions) {
        this.rulebook = rulebook;
        this.check = check;
        this.editions = editions;
        this.transactions = transactions;
    }

    /**
     * Empty for an edition that nobody has, or whose rules can no longer be used.
     *
     * @throws UnavailableException while the database is away, or too much is being compiled
     */
    public Optional<Edition> edition(int number) {
        for (Edition deciding : rulebook.deciding()) {
            if (deciding.number() == number) {
                return Optional.of(deciding);
            }
        }
        Optional<Edition> known = earlier.getIfPresent(number);
        if (known != null) {
            return known;
        }
        // not within the cache: others would wait for the compiler while they hold its lock
        Optional<StoredEdition> stored = transactions.call(() -> editions.edition(number));
        Optional<Edition> compiled = stored.flatMap(this::compiled);
        if (stored.isPresent()) {
            earlier.put(number, compiled);
        }
        return compiled;
    }

    private Optional<Edition> compiled(StoredEdition stored) {
        try {
            return Optional.of(check.past(stored));
        } catch (InvalidRulesException e) {
            LOG.infof("Edition %d can no longer be used: %s", stored.number(), e.getMessage());
            return Optional.empty();
        }
    }
}
