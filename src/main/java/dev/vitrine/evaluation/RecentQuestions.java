package dev.vitrine.evaluation;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.privacy.ShopperRecords;
import dev.vitrine.rulebook.check.ExampleSituation;
import dev.vitrine.rulebook.check.RecentVisits;
import dev.vitrine.storage.DatabaseUnavailableException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Recent decisions, on which drafts are tried. Each has the place that the hash of its visit and placement gives it, and
 * replaces the one that was there. So a visit with many decisions fills only one place for each placement, most of them
 * are new, and adding one takes no lock. After a start it is filled from the recorded decisions.
 */
@Singleton
final class RecentQuestions implements DecisionListener, RecentVisits, ShopperRecords {
    private static final Logger LOG = Logger.getLogger(RecentQuestions.class);

    /** Enough to show what happens in one visit in eighty, and few enough to try the shipped rules on all of them. */
    static final int PLACES_BITS = 8;
    /** For all of them. With two hundred candidates each, all from the catalog, they take some 10 MB. */
    static final int BYTES_MAX = 96 << 20;
    /** After so many of different visits, nine places in ten are taken. */
    private static final int RECORDED = 600;

    private static final int AFTER_THE_WARM_UP = 5001;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A candidate without its texts, a text without its characters, and the longest tag and part. */
    private static final int CANDIDATE_BYTES = 120;

    private static final int TEXT_BYTES = 56;
    private static final int TAG_BYTES = TEXT_BYTES + 2 * 64;
    private static final int PART_BYTES = TEXT_BYTES + 2 * 128;

    private final DryRuns dryRuns;
    private final Catalog catalog;
    private final AtomicReferenceArray<RecentDecision> places = new AtomicReferenceArray<>(1 << PLACES_BITS);
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread = new Thread(this::fillOnceTheDatabaseIsThere, "recent-decisions");
    private volatile boolean closed;

    RecentQuestions(DryRuns dryRuns, Catalog catalog) {
        this.dryRuns = dryRuns;
        this.catalog = catalog;
    }

    private record RecentDecision(String visit, Instant at, Facts facts, int bytes) {
        int place() {
            int hash = 31 * visit.hashCode() + facts.placement().name().hashCode();
            // Fibonacci hashing: the upper bits depend on all of them
            return hash * 0x9E3779B9 >>> Integer.SIZE - PLACES_BITS;
        }
    }

    @Override
    public void answered(AnsweredDecision decision) {
        add(decision.context());
    }

    void add(DecisionContext context) {
        RecentDecision recent = recent(context);
        int place = recent.place();
        long held = count(recent, places.getAndSet(place, recent));
        // places are hashes, so the neighbours that make room are as good as drawn by lot
        for (int next = 1; held > BYTES_MAX && next < places.length(); next++) {
            held = count(null, places.getAndSet(place + next & places.length() - 1, null));
        }
    }

    @Override
    public void forget(Erasure erasure) {
        for (int place = 0; place < places.length(); place++) {
            RecentDecision recent = places.get(place);
            if (recent != null
                    && erasure.visits().contains(recent.visit())
                    && places.compareAndSet(place, recent, null)) {
                count(null, recent);
            }
        }
    }

    private long count(RecentDecision added, RecentDecision removed) {
        return bytes.addAndGet((added == null ? 0 : added.bytes()) - (removed == null ? 0 : removed.bytes()));
    }

    @Override
    public Stream<ExampleSituation> newestFirst(Set<String> namedSkus) {
        return sorted().stream()
                .map(recent -> new ExampleSituation(
                        recent.visit(),
                        dryRuns.withNamed(namedSkus, recent.facts(), recent.at()),
                        List.of(),
                        recent.at()));
    }

    /** The newest first. */
    List<DecisionContext> newestFirst() {
        return sorted().stream()
                .map(recent -> new DecisionContext(recent.visit(), null, recent.at(), recent.facts(), List.of()))
                .toList();
    }

    private List<RecentDecision> sorted() {
        List<RecentDecision> decisions = new ArrayList<>(places.length());
        for (int place = 0; place < places.length(); place++) {
            RecentDecision recent = places.get(place);
            if (recent != null) {
                decisions.add(recent);
            }
        }
        decisions.sort(Comparator.comparing(RecentDecision::at).reversed());
        return decisions;
    }

    void start(@Observes @Priority(AFTER_THE_WARM_UP) StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void close(@Observes ShutdownEvent stopping) {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** The database may come after the start. Until then drafts are tried on new decisions only. */
    private void fillOnceTheDatabaseIsThere() {
        try {
            while (!closed && !fill()) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "Drafts are tried on new decisions only, because the recorded ones cannot be read");
        }
    }

    /** Fills empty places from the recorded decisions; false when the database went away before the end. */
    boolean fill() {
        try {
            RecordedDecisions recorded = dryRuns.last(RECORDED, null);
            while (recorded.hasMore() && !closed) {
                long begun = System.nanoTime();
                recorded.next().forEach(this::addRecorded);
                // rests as long as it works, to take no more than half a processor
                LockSupport.parkNanos(System.nanoTime() - begun);
            }
            return true;
        } catch (DatabaseUnavailableException e) {
            return false;
        }
    }

    private void addRecorded(ReplayInput input) {
        RecentDecision recent = recent(input.context());
        if (bytes.get() + recent.bytes() <= BYTES_MAX && places.compareAndSet(recent.place(), null, recent)) {
            count(recent, null);
        }
    }

    private RecentDecision recent(DecisionContext context) {
        return new RecentDecision(context.visit(), context.at(), context.facts(), bytesOf(context.facts()));
    }

    /**
     * An upper bound, as if no candidate shared its texts with the catalog, but for attributes, which would outweigh the rest.
     * Everything but candidates and the context is small. It is an estimate because a storefront waits for it.
     */
    private int bytesOf(Facts facts) {
        int bytes = bytesOf(facts.visit().context());
        for (Candidate candidate : facts.candidates()) {
            bytes += CANDIDATE_BYTES
                    + 5 * TEXT_BYTES
                    + 2
                            * (candidate.sku().length()
                                    + candidate.family().length()
                                    + candidate.name().length()
                                    + candidate.category().length()
                                    + candidate.brand().length())
                    + TAG_BYTES * candidate.tags().size()
                    + PART_BYTES
                            * (candidate.parts().size()
                                    + candidate.partFamilies().size());
            Product product = catalog.product(candidate.sku());
            if (product == null || !product.attributes().equals(candidate.attributes())) {
                bytes += bytesOf(candidate.attributes());
            }
        }
        return bytes;
    }

    private static int bytesOf(Map<String, String> values) {
        int bytes = 0;
        for (Map.Entry<String, String> value : values.entrySet()) {
            bytes += 3 * TEXT_BYTES
                    + 2 * (value.getKey().length() + value.getValue().length());
        }
        return bytes;
    }
}
