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
 * Detects rules that hang. Rules that nobody waits for are cancelled and end at their next step. The thread of a rule that
 * takes no next step is given up and replaced, or soon none would be left. Until the rule comes back, every edition that has
 * it decides without it, or without any rules where the rule is unknown.
 */
@Singleton
public final class StuckRules {
    private static final Logger LOG = Logger.getLogger(StuckRules.class);
    /** A second apart. Longer than any step takes, and short enough that decisions do not run out of threads. */
    static final int INSPECTIONS = 3;
    /** The same where the rule is unknown: a busy machine may also be slow at building a rule network. */
    static final int INSPECTIONS_OF_UNKNOWN = 10;

    private final RuleThreads threads;
    private final Clock clock;
    private final Queue<Firing<?>> abandoned = new ConcurrentLinkedQueue<>();
    private volatile HungFirings hung = new HungFirings(List.of());

    StuckRules(RuleThreads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** A decision that does not come back, and the rules that it may hang in; none where they are unknown. */
    private record HungFiring(Firing<?> firing, List<RuleAtFrame> suspects, Instant since) {
        boolean concerns(Edition edition) {
            return suspects.isEmpty()
                    ? edition == firing.edition()
                    : suspects.stream().anyMatch(suspect -> edition.files().contains(suspect.file()));
        }

        String description() {
            String edition = "edition " + firing.edition().number();
            return suspects.isEmpty()
                    ? edition + ", in an unknown rule"
                    : suspects.stream()
                            .flatMap(suspect -> suspect.rules().stream())
                            .map(rule -> rule.file() + ":" + rule.line() + " rule \"" + rule.name() + "\"")
                            .collect(Collectors.joining(", ", edition + ", ", ""));
        }
    }

    private record HungFirings(List<HungFiring> firings, Cache<Edition, RuleExclusions> exclusions) {
        HungFirings(List<HungFiring> firings) {
            this(List.copyOf(firings), Caffeine.newBuilder().weakKeys().build());
        }

        RuleExclusions exclusions(Edition edition) {
            return firings.isEmpty() ? RuleExclusions.NOTHING : exclusions.get(edition, this::compute);
        }

        private RuleExclusions compute(Edition edition) {
            Set<String> rules = new HashSet<>();
            boolean wholeEdition = false;
            for (HungFiring hung : firings) {
                wholeEdition |= hung.suspects.isEmpty() && hung.concerns(edition);
                for (RuleAtFrame suspect : hung.suspects) {
                    if (edition.files().contains(suspect.file())) {
                        suspect.rules().forEach(rule -> rules.add(rule.name()));
                    }
                }
            }
            return new RuleExclusions(wholeEdition, rules);
        }
    }

    public void abandon(Firing<?> firing) {
        if (firing.abandon()) {
            abandoned.add(firing);
        }
    }

    public RuleExclusions exclusions(Edition edition) {
        return hung.exclusions(edition);
    }

    int hungThreads() {
        return hung.firings.size();
    }

    List<String> problems(List<Edition> editions) {
        return hung.firings.stream()
                .filter(one -> editions.stream().anyMatch(one::concerns))
                .map(one -> one.description() + ", since " + one.since)
                .distinct()
                .toList();
    }

    @Scheduled(every = "1s", identity = "stuck-rules", concurrentExecution = ConcurrentExecution.SKIP)
    public synchronized void inspect() {
        List<HungFiring> now = new ArrayList<>(hung.firings);
        now.removeIf(StuckRules::cameBack);
        now.replaceAll(StuckRules::identified);
        abandoned.removeIf(firing -> firing.thread() == null || giveUp(firing, now));
        if (!now.equals(hung.firings)) {
            threads.replace(now.size());
            hung = new HungFirings(now);
        }
    }

    private static boolean cameBack(HungFiring hung) {
        if (hung.firing.thread() != null) {
            return false;
        }
        LOG.infof("A decision came back that hung since %s: %s", hung.since, hung.description());
        return true;
    }

    /** Looks for the rule again where it was unknown. Once it is known, the edition's other rules decide again. */
    private static HungFiring identified(HungFiring hung) {
        Thread thread = hung.suspects.isEmpty() ? hung.firing.thread() : null;
        if (thread == null) {
            return hung;
        }
        List<RuleAtFrame> suspects = hung.firing.edition().culprits(thread.getStackTrace());
        // by now the thread may be at another decision
        if (hung.firing.thread() == null || suspects.isEmpty()) {
            return hung;
        }
        HungFiring identified = new HungFiring(hung.firing, suspects, hung.since);
        LOG.errorf(
                "The decision that does not come back hangs in %s. Only this is left out from now on",
                identified.description());
        return identified;
    }

    private boolean giveUp(Firing<?> firing, List<HungFiring> hungFirings) {
        int inspections = firing.countInspection();
        Thread thread = firing.thread();
        if (inspections < INSPECTIONS || thread == null) {
            return false;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        List<RuleAtFrame> suspects = firing.edition().culprits(stack);
        // by now the thread may be at another decision
        if (firing.thread() == null || suspects.isEmpty() && inspections < INSPECTIONS_OF_UNKNOWN) {
            return false;
        }
        HungFiring hungFiring = new HungFiring(firing, suspects, clock.instant());
        hungFirings.add(hungFiring);
        Throwable where = new IllegalStateException("here");
        where.setStackTrace(stack);
        LOG.errorf(
                where,
                "A decision does not come back, and its thread is given up: %s. %s",
                hungFiring.description(),
                suspects.isEmpty()
                        ? "Until it does, this edition answers the model's order"
                        : "Until it does, the rule is left out");
        return true;
    }
}
