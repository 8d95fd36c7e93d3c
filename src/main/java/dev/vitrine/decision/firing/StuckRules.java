package dev.vitrine.decision.firing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.RuleAtFrame;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Watches rules for which nobody waits any more. They are told to stop, and end at their next step; one that takes no next
 * step keeps its thread for ever, and a few decisions later no thread would be left. Its thread is given up, another stands
 * in for it, and what it is stuck in is left out of every edition that holds it until it comes back: the rule, or the whole
 * edition where nobody can tell which rule it is.
 */
@Singleton
public final class StuckRules {
    private static final Logger LOG = Logger.getLogger(StuckRules.class);
    /**
     * Looks, a second apart, until a rule is given up that is found inside its own code. Our choice: far more than any step
     * takes, and few enough that the threads that wait for it are not missed for long.
     */
    static final int LOOKS = 3;
    /** The same where nobody can tell what it is: a busy machine may be slow at building a rule network, too. */
    static final int LOOKS_AT_UNKNOWN = 10;

    private final RuleThreads threads;
    private final Clock clock;
    private final Queue<Firing<?>> left = new ConcurrentLinkedQueue<>();
    private volatile Standing standing = new Standing(List.of());

    StuckRules(RuleThreads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** A decision that does not come back. */
    private record GivenUp(Firing<?> firing, List<RuleAtFrame> culprits, Instant since) {
        boolean concerns(Edition edition) {
            return culprits.isEmpty()
                    ? edition == firing.edition()
                    : culprits.stream().anyMatch(culprit -> edition.files().contains(culprit.file()));
        }

        String told() {
            String edition = "edition " + firing.edition().number();
            return culprits.isEmpty()
                    ? edition + ", nobody can tell in which rule"
                    : culprits.stream()
                            .flatMap(culprit -> culprit.rules().stream())
                            .map(rule -> rule.file() + ":" + rule.line() + " rule \"" + rule.name() + "\"")
                            .collect(Collectors.joining(", ", edition + ", ", ""));
        }
    }

    /** What is given up, and what that means for editions: worked out once for each, while there is something. */
    private record Standing(List<GivenUp> givenUp, Cache<Edition, RuleExclusions> asides) {
        Standing(List<GivenUp> givenUp) {
            this(List.copyOf(givenUp), Caffeine.newBuilder().weakKeys().build());
        }

        public RuleExclusions of(Edition edition) {
            return givenUp.isEmpty() ? RuleExclusions.NOTHING : asides.get(edition, this::aside);
        }

        private RuleExclusions aside(Edition edition) {
            Set<String> rules = new HashSet<>();
            boolean whole = false;
            for (GivenUp one : givenUp) {
                whole |= one.culprits.isEmpty() && one.concerns(edition);
                for (RuleAtFrame culprit : one.culprits) {
                    if (edition.files().contains(culprit.file())) {
                        culprit.rules().forEach(rule -> rules.add(rule.name()));
                    }
                }
            }
            return new RuleExclusions(whole, rules);
        }
    }

    /** Nobody waits for this one any more. */
    public void left(Firing<?> firing) {
        if (firing.leave()) {
            left.add(firing);
        }
    }

    /** What of the edition is left out now. */
    public RuleExclusions of(Edition edition) {
        return standing.of(edition);
    }

    /** Threads that are given up now. */
    int lost() {
        return standing.givenUp.size();
    }

    /** In which rules of these editions decisions are stuck, nothing where none are. */
    List<String> told(List<Edition> editions) {
        return standing.givenUp.stream()
                .filter(one -> editions.stream().anyMatch(one::concerns))
                .map(one -> one.told() + ", since " + one.since)
                .distinct()
                .toList();
    }

    @Scheduled(every = "1s", identity = "stuck-rules", concurrentExecution = ConcurrentExecution.SKIP)
    public synchronized void look() {
        List<GivenUp> now = new ArrayList<>(standing.givenUp);
        now.removeIf(StuckRules::cameBack);
        now.replaceAll(StuckRules::lookedAtAgain);
        left.removeIf(firing -> firing.thread() == null || giveUp(firing, now));
        if (!now.equals(standing.givenUp)) {
            threads.standInFor(now.size());
            standing = new Standing(now);
        }
    }

    private static boolean cameBack(GivenUp one) {
        if (one.firing.thread() != null) {
            return false;
        }
        LOG.infof("A decision came back that was stuck since %s: %s", one.since, one.told());
        return true;
    }

    /** Where nobody could tell the rule, somebody may by now; then the others of the edition decide again. */
    private static GivenUp lookedAtAgain(GivenUp one) {
        Thread thread = one.culprits.isEmpty() ? one.firing.thread() : null;
        if (thread == null) {
            return one;
        }
        List<RuleAtFrame> culprits = one.firing.edition().culprits(thread.getStackTrace());
        // by now the thread may be at another decision
        if (one.firing.thread() == null || culprits.isEmpty()) {
            return one;
        }
        GivenUp told = new GivenUp(one.firing, culprits, one.since);
        LOG.errorf(
                "The decision that does not come back is stuck in %s. Only that is left out from now on", told.told());
        return told;
    }

    private boolean giveUp(Firing<?> firing, List<GivenUp> givenUp) {
        int looks = firing.lookedAt();
        Thread thread = firing.thread();
        if (looks < LOOKS || thread == null) {
            return false;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        List<RuleAtFrame> culprits = firing.edition().culprits(stack);
        // by now the thread may be at another decision
        if (firing.thread() == null || culprits.isEmpty() && looks < LOOKS_AT_UNKNOWN) {
            return false;
        }
        GivenUp one = new GivenUp(firing, culprits, clock.instant());
        givenUp.add(one);
        Throwable where = new IllegalStateException("here");
        where.setStackTrace(stack);
        LOG.errorf(
                where,
                "A decision does not come back, and its thread is given up: %s. %s",
                one.told(),
                culprits.isEmpty()
                        ? "Until it does, the model's order is answered in place of this edition"
                        : "Until it does, the rule is left out");
        return true;
    }
}
