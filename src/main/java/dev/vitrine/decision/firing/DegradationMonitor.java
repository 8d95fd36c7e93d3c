package dev.vitrine.decision.firing;

import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionListener;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Counts degraded decisions of the last minute by edition, since all get an answer and nobody would notice. Lock-free. */
@Singleton
public final class DegradationMonitor implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(DegradationMonitor.class);
    /** Of fewer decisions, a tenth is one or two, which may be chance. */
    static final int DECISIONS_MIN = 20;
    /** A busy machine misses a time budget now and then, and a rule may fail for single visits. */
    static final double DEGRADED_MAX = 0.1;

    private static final int SLICES = 12;
    private static final int SLICE_SECONDS = 60 / SLICES;

    private final Clock clock;
    private final AtomicReferenceArray<Slice> slices = new AtomicReferenceArray<>(SLICES);
    private Set<Integer> reported = Set.of();

    DegradationMonitor(Clock clock) {
        this.clock = clock;
    }

    private record Slice(long number, Map<Integer, EditionCounts> editions) {
        Slice(long number) {
            this(number, new ConcurrentHashMap<>());
        }
    }

    private record EditionCounts(LongAdder decisions, Map<Reason, LongAdder> degraded) {
        EditionCounts() {
            this(new LongAdder(), new ConcurrentHashMap<>());
        }
    }

    /** Without the detail, which may differ from visit to visit. */
    private record Reason(String cause, List<String> rules) {}

    /** An edition with too many degraded decisions, its most frequent cause and the rules left out for it. */
    record FailingEdition(int edition, long decisions, double share, String cause, List<String> rules) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f %% of the %d decisions that edition %d made in the last minute were degraded, mostly by %s%s",
                    share * 100,
                    decisions,
                    edition,
                    cause,
                    rules.isEmpty() ? "" : ": \"" + String.join("\", \"", rules) + "\"");
        }
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionAnswer answer = decision.answer();
        count(answer.edition(), answer.rulesDegraded() ? answer.degraded() : null);
    }

    void count(int edition, Degraded degraded) {
        EditionCounts counts = slice(clock.instant().getEpochSecond() / SLICE_SECONDS)
                .editions()
                .computeIfAbsent(edition, number -> new EditionCounts());
        counts.decisions().increment();
        if (degraded != null) {
            counts.degraded()
                    .computeIfAbsent(new Reason(degraded.cause(), degraded.rules()), reason -> new LongAdder())
                    .increment();
        }
    }

    private Slice slice(long number) {
        int index = (int) (number % SLICES);
        Slice slice = slices.get(index);
        if (slice != null && slice.number() == number) {
            return slice;
        }
        // of two threads that do this at once, the loser counts in the winner's slice
        slices.compareAndSet(index, slice, new Slice(number));
        return slices.get(index);
    }

    List<FailingEdition> failing() {
        long oldest = clock.instant().getEpochSecond() / SLICE_SECONDS - SLICES + 1;
        List<Slice> minute = IntStream.range(0, SLICES)
                .mapToObj(slices::get)
                .filter(slice -> slice != null && slice.number() >= oldest)
                .toList();
        Set<Integer> editions = new TreeSet<>();
        minute.forEach(slice -> editions.addAll(slice.editions().keySet()));
        return editions.stream()
                .map(edition -> of(edition, minute))
                .filter(one -> one.decisions() >= DECISIONS_MIN && one.share() > DEGRADED_MAX)
                .toList();
    }

    private static FailingEdition of(int edition, List<Slice> minute) {
        long decisions = 0;
        Map<Reason, Long> degraded = new TreeMap<>(Comparator.comparing(Reason::toString));
        for (Slice slice : minute) {
            EditionCounts counts = slice.editions().get(edition);
            if (counts != null) {
                decisions += counts.decisions().sum();
                counts.degraded().forEach((reason, count) -> degraded.merge(reason, count.sum(), Long::sum));
            }
        }
        Reason most = degraded.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(new Reason("", List.of()));
        long all = degraded.values().stream().mapToLong(Long::longValue).sum();
        return new FailingEdition(
                edition, decisions, decisions == 0 ? 0 : (double) all / decisions, most.cause(), most.rules());
    }

    @Scheduled(every = "5s", identity = "last-minute", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void report() {
        Set<Integer> failingNow = new TreeSet<>();
        for (FailingEdition failing : failing()) {
            failingNow.add(failing.edition());
            if (!reported.contains(failing.edition())) {
                LOG.errorf("%s", failing);
            }
        }
        reported.stream()
                .filter(edition -> !failingNow.contains(edition))
                .forEach(edition -> LOG.infof("Decisions of edition %d are seldom degraded again", edition));
        reported = failingNow;
    }
}
