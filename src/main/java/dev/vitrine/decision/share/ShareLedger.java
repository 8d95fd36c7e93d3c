package dev.vitrine.decision.share;

import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.RunningShares.Count;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts by the hour, without a lock, what guarantees and caps delivered. Each instance counts for itself, so that a
 * decision needs no other: when each keeps a promise, all together keep it. Decisions made at the same moment can together
 * exceed a cap over time; the next lists make up for it.
 */
@Singleton
@Priority(DecisionListener.MEMORY)
public final class ShareLedger implements DecisionListener {
    /** Longer than the longest day, which has 25 hours. Counts that the database did not take by then are lost. */
    static final Duration REMEMBERED = Duration.ofDays(2);
    /** A hundred times what a rule book needs: callers can make up brands and categories that get a share. */
    static final int LINES_AN_HOUR = 2000;
    /** Rules named for a line: more never ask for the same group. */
    private static final int RULES_MAX = 20;

    private record Line(String placement, String group, String verb, Window over) {}

    /** Immutable, so that a reader never sees places without the delivered ones among them. */
    private record Sum(long lists, long places, double promised, long delivered, Missing missing) {
        static final Sum NOTHING = new Sum(0, 0, 0, 0, Missing.NOTHING);

        Sum plus(Sum other) {
            return new Sum(
                    lists + other.lists,
                    places + other.places,
                    promised + other.promised,
                    delivered + other.delivered,
                    missing.plus(other.missing));
        }
    }

    private static final class LineCount {
        private final AtomicReference<Sum> own = new AtomicReference<>(Sum.NOTHING);
        private final Set<String> rules = ConcurrentHashMap.newKeySet(2);
        /** Counts of earlier runs of this instance. */
        private volatile Sum earlier = Sum.NOTHING;

        private volatile long written;

        Sum all() {
            return own.get().plus(earlier);
        }
    }

    private final ConcurrentNavigableMap<Instant, ConcurrentMap<Line, LineCount>> hours = new ConcurrentSkipListMap<>();
    private final String run = UUID.randomUUID().toString();
    private final ZoneId zone;
    private final Counter uncounted;

    public ShareLedger(ShopConfig shop, MeterRegistry meters) {
        this.zone = shop.zone();
        this.uncounted = meters.counter("vitrine.shares.uncounted");
    }

    /** Identifies this run of this instance in the database. */
    public String run() {
        return run;
    }

    public RunningShares running(String placement, Instant at) {
        Map<Line, Count> counts = new HashMap<>(4);
        return (group, verb, window) -> window == Window.LIST
                ? Count.NOTHING
                // a decision asks more than once, while other decisions count
                : counts.computeIfAbsent(new Line(placement, group.toString(), verb, window), line -> count(line, at));
    }

    private Count count(Line line, Instant at) {
        Instant hour = hour(at);
        Instant begin = line.over() == Window.HOUR ? hour : midnight(at);
        long places = 0;
        long delivered = 0;
        for (Map<Line, LineCount> lines : hours.subMap(begin, true, hour, true).values()) {
            LineCount lineCount = lines.get(line);
            if (lineCount != null) {
                Sum sum = lineCount.all();
                places += sum.places();
                delivered += sum.delivered();
            }
        }
        return new Count(places, delivered);
    }

    @Override
    public void answered(AnsweredDecision decision) {
        Instant at = decision.context().at();
        if (decision.answer().degraded() != null && decision.answer().degraded().modelOrder()) {
            int places = decision.settlement().places().size();
            add(
                    hour(at),
                    new Line(decision.placement(), "", ShareCount.DEGRADED, Window.LIST),
                    new Sum(1, places, 0, 0, Missing.NOTHING));
        }
        count(decision.placement(), at, decision.settlement().kept());
    }

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
            LineCount lineCount = add(
                    hour,
                    line,
                    new Sum(1, one.places(), one.share().value() * one.places(), one.delivered(), one.missing()));
            // adding what is there already would lock
            if (lineCount != null && !lineCount.rules.contains(one.rule()) && lineCount.rules.size() < RULES_MAX) {
                lineCount.rules.add(one.rule());
            }
        });
    }

    /** Null where the hour has no room for another line. */
    private LineCount add(Instant hour, Line line, Sum more) {
        LineCount lineCount = lineCount(hour, line);
        if (lineCount != null) {
            lineCount.own.accumulateAndGet(more, Sum::plus);
        }
        return lineCount;
    }

    /** Of several guarantees for the same group of one list the largest counts, of several caps the smallest. */
    private static Kept stricter(Kept one, Kept other) {
        boolean more = other.share().value() > one.share().value();
        return more == one.verb().equals(Kept.GUARANTEE) ? other : one;
    }

    /** Null where the hour has no room for another line. */
    private LineCount lineCount(Instant hour, Line line) {
        ConcurrentMap<Line, LineCount> lines = hours.computeIfAbsent(hour, begun -> new ConcurrentHashMap<>());
        LineCount lineCount = lines.get(line);
        if (lineCount == null && lines.size() >= LINES_AN_HOUR) {
            uncounted.increment();
            return null;
        }
        return lineCount == null ? lines.computeIfAbsent(line, unseen -> new LineCount()) : lineCount;
    }

    /** The full hour on the shop's clock. The hour that autumn repeats counts as two. */
    private Instant hour(Instant at) {
        return at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    Instant midnight(Instant at) {
        ZonedDateTime there = at.atZone(zone);
        return there.toLocalDate().atStartOfDay(zone).toInstant();
    }

    public List<ShareCount> counted() {
        return counts(lineCount -> lineCount.own.get());
    }

    /** The same, with the counts of the running day that earlier runs of the instance made. */
    public List<ShareCount> countedOfAllRuns() {
        return counts(LineCount::all);
    }

    List<ShareCount> unwritten() {
        return counts(
                lineCount -> lineCount.own.get().lists() == lineCount.written ? Sum.NOTHING : lineCount.own.get());
    }

    private interface Part {
        Sum of(LineCount lineCount);
    }

    private List<ShareCount> counts(Part part) {
        List<ShareCount> counts = new ArrayList<>();
        hours.forEach((hour, lines) -> lines.forEach((line, lineCount) -> {
            Sum sum = part.of(lineCount);
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
                        sum.delivered(),
                        sum.missing(),
                        lineCount.rules));
            }
        }));
        return counts;
    }

    void written(Collection<ShareCount> counts) {
        for (ShareCount count : counts) {
            Map<Line, LineCount> lines = hours.get(count.at());
            LineCount lineCount = lines == null ? null : lines.get(line(count));
            if (lineCount != null) {
                lineCount.written = count.lists();
            }
        }
    }

    void restore(Collection<ShareCount> counts) {
        for (ShareCount count : counts) {
            LineCount lineCount = lineCount(count.at(), line(count));
            if (lineCount != null) {
                lineCount.earlier =
                        new Sum(count.lists(), count.places(), count.promised(), count.delivered(), count.missing());
                lineCount.rules.addAll(count.rules());
            }
        }
    }

    private static Line line(ShareCount count) {
        return new Line(count.placement(), count.group(), count.verb(), count.over());
    }

    /** Forgets counts that no running share needs; returns how many of them the database does not have. */
    long forget(Instant now) {
        Instant oldest = now.minus(REMEMBERED);
        long lost = unwritten().stream()
                .filter(count -> count.at().isBefore(oldest))
                .count();
        hours.headMap(oldest).clear();
        return lost;
    }
}
