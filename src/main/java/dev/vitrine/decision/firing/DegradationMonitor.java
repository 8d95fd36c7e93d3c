package dev.vitrine.decision.firing;

import dev.vitrine.decision.context.DecisionAnswer.Degraded;
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

/**
 * How the decisions of the last minute went, edition by edition: one that mostly fails answers every call, and would be
 * noticed by nobody. Counted on the order path; nothing waits here.
 */
@Singleton
public final class DegradationMonitor {
    private static final Logger LOG = Logger.getLogger(DegradationMonitor.class);
    /** Our choice: of fewer, a tenth is one or two. */
    static final int DECISIONS_MIN = 20;
    /** Our choice: a busy machine now and then misses a time budget, and a rule may well break for single visits. */
    static final double DEGRADED_MAX = 0.1;

    private static final int SPANS = 12;
    private static final int SPAN_SECONDS = 60 / SPANS;

    private final Clock clock;
    private final AtomicReferenceArray<Span> spans = new AtomicReferenceArray<>(SPANS);
    private Set<Integer> told = Set.of();

    DegradationMonitor(Clock clock) {
        this.clock = clock;
    }

    /** Some seconds. */
    private record Span(long number, Map<Integer, Tally> editions) {
        Span(long number) {
            this(number, new ConcurrentHashMap<>());
        }
    }

    /** Of one edition; what went wrong by what is told of it. */
    private record Tally(LongAdder decisions, Map<Why, LongAdder> degraded) {
        Tally() {
            this(new LongAdder(), new ConcurrentHashMap<>());
        }
    }

    /** The same rules at each of many visits are one reason. */
    private record Why(String cause, List<String> rules) {}

    /**
     * An edition more of whose decisions are degraded than may be.
     *
     * @param share of its decisions, 0 to 1
     * @param cause the most frequent, as in the answers
     * @param rules that were left out then
     */
    record Failing(int edition, long decisions, double share, String cause, List<String> rules) {
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

    /** @param degraded what went wrong, null where nothing did */
    public void count(int edition, Degraded degraded) {
        Tally tally = span(clock.instant().getEpochSecond() / SPAN_SECONDS)
                .editions()
                .computeIfAbsent(edition, number -> new Tally());
        tally.decisions().increment();
        if (degraded != null) {
            tally.degraded()
                    .computeIfAbsent(new Why(degraded.cause(), degraded.rules()), why -> new LongAdder())
                    .increment();
        }
    }

    private Span span(long number) {
        int at = (int) (number % SPANS);
        Span span = spans.get(at);
        if (span != null && span.number() == number) {
            return span;
        }
        // who loses counts with the one who was first
        spans.compareAndSet(at, span, new Span(number));
        return spans.get(at);
    }

    /** By number; nothing where all is well. */
    List<Failing> failing() {
        long oldest = clock.instant().getEpochSecond() / SPAN_SECONDS - SPANS + 1;
        List<Span> minute = IntStream.range(0, SPANS)
                .mapToObj(spans::get)
                .filter(span -> span != null && span.number() >= oldest)
                .toList();
        Set<Integer> editions = new TreeSet<>();
        minute.forEach(span -> editions.addAll(span.editions().keySet()));
        return editions.stream()
                .map(edition -> of(edition, minute))
                .filter(one -> one.decisions() >= DECISIONS_MIN && one.share() > DEGRADED_MAX)
                .toList();
    }

    private static Failing of(int edition, List<Span> minute) {
        long decisions = 0;
        Map<Why, Long> degraded = new TreeMap<>(Comparator.comparing(Why::toString));
        for (Span span : minute) {
            Tally tally = span.editions().get(edition);
            if (tally != null) {
                decisions += tally.decisions().sum();
                tally.degraded().forEach((why, count) -> degraded.merge(why, count.sum(), Long::sum));
            }
        }
        Why most = degraded.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(new Why("", List.of()));
        long all = degraded.values().stream().mapToLong(Long::longValue).sum();
        return new Failing(
                edition, decisions, decisions == 0 ? 0 : (double) all / decisions, most.cause(), most.rules());
    }

    /** Says once when it begins, and once when it is over. */
    @Scheduled(every = "5s", identity = "last-minute", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void look() {
        Set<Integer> now = new TreeSet<>();
        for (Failing one : failing()) {
            now.add(one.edition());
            if (!told.contains(one.edition())) {
                LOG.errorf("%s", one);
            }
        }
        told.stream()
                .filter(edition -> !now.contains(edition))
                .forEach(edition -> LOG.infof("Decisions of edition %d are seldom degraded again", edition));
        told = now;
    }
}
