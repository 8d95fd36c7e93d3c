package dev.vitrine.decision.share;

import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.RunningShares.Count;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.merchandising.Share.Window;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts, by the hour and without a lock, what guarantees and caps came to: what a share over the hour or the day is
 * reckoned from. Each instance of Vitrine keeps its own running shares, so that a decision asks nobody; when each keeps a
 * promise, so do all together.
 *
 * <p>Decisions that are made at the same moment do not know of each other, so that a cap over time can be exceeded by what
 * they show together; the next lists make up for it.
 */
@Singleton
@Priority(DecisionListener.MEMORY)
public final class ShareLedger implements DecisionListener {
    /** The longest day has 25 hours; and what the database could not take for this long is let go. */
    static final Duration REMEMBERED = Duration.ofDays(2);
    /**
     * A rule may promise something to every brand or category that a request names; what a caller can make up must not fill
     * the memory. Our choice: a hundred times what a rule book needs.
     */
    static final int LINES_AN_HOUR = 2000;

    /** What is counted apart from each other within an hour. */
    private record Line(String placement, String group, String verb, Window over) {}

    /** Immutable, so that a reader never sees places without what was delivered of them. */
    private record Sum(long lists, long places, double promised, long delivered) {
        static final Sum NOTHING = new Sum(0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    lists + other.lists, places + other.places, promised + other.promised, delivered + other.delivered);
        }
    }

    private static final class Tally {
        private final AtomicReference<Sum> own = new AtomicReference<>(Sum.NOTHING);
        /** What this instance had counted before it was started again. */
        private volatile Sum earlier = Sum.NOTHING;
        /** Lists that the database knows of. */
        private volatile long written;

        Sum all() {
            return own.get().plus(earlier);
        }
    }

    private final ConcurrentNavigableMap<Instant, ConcurrentMap<Line, Tally>> hours = new ConcurrentSkipListMap<>();
    private final String run = UUID.randomUUID().toString();
    private final ZoneId zone;
    private final Counter uncounted;

    public ShareLedger(DecisionConfig config, MeterRegistry meters) {
        this.zone = config.zone();
        this.uncounted = meters.counter("vitrine.shares.uncounted");
    }

    /** Under what this start of this instance is written. */
    public String run() {
        return run;
    }

    /** What the placement has shown so far, for one decision. */
    public RunningShares running(String placement, Instant at) {
        Map<Line, Count> told = new HashMap<>(4);
        return (group, verb, window) -> window == Window.LIST
                ? Count.NOTHING
                // asked more than once in a decision, while other decisions go on counting
                : told.computeIfAbsent(new Line(placement, group.toString(), verb, window), line -> count(line, at));
    }

    private Count count(Line line, Instant at) {
        Instant hour = hour(at);
        Instant begin = line.over() == Window.HOUR ? hour : midnight(at);
        long places = 0;
        long delivered = 0;
        for (Map<Line, Tally> lines : hours.subMap(begin, true, hour, true).values()) {
            Tally tally = lines.get(line);
            if (tally != null) {
                Sum sum = tally.all();
                places += sum.places();
                delivered += sum.delivered();
            }
        }
        return new Count(places, delivered);
    }

    @Override
    public void answered(AnsweredDecision decision) {
        count(
                decision.placement(),
                decision.context().at(),
                decision.settlement().kept());
    }

    /** Counts a list that was shown. */
    public void count(String placement, Instant at, List<Kept> kept) {
        if (kept.isEmpty()) {
            return;
        }
        Map<Line, Kept> lines = new HashMap<>(kept.size() * 2);
        for (Kept one : kept) {
            lines.merge(new Line(placement, one.group(), one.verb(), one.share().window()), one, ShareLedger::stricter);
        }
        Instant hour = hour(at);
        lines.forEach((line, one) -> {
            Tally tally = tally(hour, line);
            if (tally != null) {
                tally.own.accumulateAndGet(
                        new Sum(1, one.places(), one.share().value() * one.places(), one.delivered()), Sum::plus);
            }
        });
    }

    /** Rules that promise the same group different shares of one list come to the largest, and caps to the smallest. */
    private static Kept stricter(Kept one, Kept other) {
        boolean more = other.share().value() > one.share().value();
        return more == one.verb().equals(Kept.GUARANTEE) ? other : one;
    }

    /** Null where there is no room for another line. */
    private Tally tally(Instant hour, Line line) {
        ConcurrentMap<Line, Tally> lines = hours.computeIfAbsent(hour, begun -> new ConcurrentHashMap<>());
        Tally tally = lines.get(line);
        if (tally == null && lines.size() >= LINES_AN_HOUR) {
            uncounted.increment();
            return null;
        }
        return tally == null ? lines.computeIfAbsent(line, unseen -> new Tally()) : tally;
    }

    /** The full hour on the shop's clock; the two hours that one name stands for in autumn are two. */
    private Instant hour(Instant at) {
        return at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    Instant midnight(Instant at) {
        ZonedDateTime there = at.atZone(zone);
        return there.toLocalDate().atStartOfDay(zone).toInstant();
    }

    /** What this start of this instance has counted, by the hour, as far back as the memory goes. */
    public List<ShareCount> counted() {
        return counts(tally -> tally.own.get());
    }

    /** The same with what the instance had counted of the running day before it was started again. */
    public List<ShareCount> countedOfAllRuns() {
        return counts(Tally::all);
    }

    /** What the database does not know of yet. */
    List<ShareCount> unwritten() {
        return counts(tally -> tally.own.get().lists() == tally.written ? Sum.NOTHING : tally.own.get());
    }

    private interface Part {
        Sum of(Tally tally);
    }

    private List<ShareCount> counts(Part part) {
        List<ShareCount> counts = new ArrayList<>();
        hours.forEach((hour, lines) -> lines.forEach((line, tally) -> {
            Sum sum = part.of(tally);
            if (sum.lists() > 0) {
                counts.add(new ShareCount(
                        hour,
                        line.placement(),
                        line.group(),
                        line.verb(),
                        line.over(),
                        sum.lists(),
                        sum.places(),
                        sum.promised(),
                        sum.delivered()));
            }
        }));
        return counts;
    }

    /** Takes note of what the database knows. */
    void written(Collection<ShareCount> counts) {
        for (ShareCount count : counts) {
            Map<Line, Tally> lines = hours.get(count.at());
            Tally tally = lines == null ? null : lines.get(line(count));
            if (tally != null) {
                tally.written = count.lists();
            }
        }
    }

    /** Takes up what this instance counted before it was started again. */
    void takeUp(Collection<ShareCount> counts) {
        for (ShareCount count : counts) {
            Tally tally = tally(count.at(), line(count));
            if (tally != null) {
                tally.earlier = new Sum(count.lists(), count.places(), count.promised(), count.delivered());
            }
        }
    }

    private static Line line(ShareCount count) {
        return new Line(count.placement(), count.group(), count.verb(), count.over());
    }

    /** Forgets what no running share is reckoned from any more; returns how many lines the database will never see. */
    long forget(Instant now) {
        Instant oldest = now.minus(REMEMBERED);
        long lost = unwritten().stream()
                .filter(count -> count.at().isBefore(oldest))
                .count();
        hours.headMap(oldest).clear();
        return lost;
    }
}
