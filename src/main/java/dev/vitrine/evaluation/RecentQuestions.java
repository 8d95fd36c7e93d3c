package dev.vitrine.evaluation;

import dev.vitrine.decision.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.rulebook.check.ExampleSituation;
import dev.vitrine.rulebook.check.RecentVisits;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.storage.DatabaseState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Questions of late, on which drafts are tried. A hash of visit and placement tells the place of each, and what comes later
 * takes it from what was there: so a visit that asks and asks fills no more than one place for each placement, what is there
 * is mostly new, and the one who was answered just now waits for nobody. After a restart it is filled from what was recorded.
 */
@Singleton
final class RecentQuestions implements DecisionListener, RecentVisits {
    private static final Logger LOG = Logger.getLogger(RecentQuestions.class);

    /** Our choice: they show what happens on one visit in eighty, and a trial of the shipped rules has time for them. */
    static final int PLACES_BITS = 8;
    /** Our choice: what all of them take at most. With two hundred candidates of the catalog each they take some 10 MB. */
    static final int BYTES_MAX = 96 << 20;
    /** Our choice: nine places in ten are taken after so many, where all are of different visits. */
    private static final int RECORDED = 600;

    private static final int AFTER_THE_WARM_UP = 5001;

    /** What a candidate takes without its texts, a text without its characters, a tag and a part at their longest. */
    private static final int CANDIDATE_BYTES = 120;

    private static final int TEXT_BYTES = 56;
    private static final int TAG_BYTES = TEXT_BYTES + 2 * 64;
    private static final int PART_BYTES = TEXT_BYTES + 2 * 128;

    private final DryRuns trials;
    private final DatabaseState database;
    private final AtomicReferenceArray<Kept> places = new AtomicReferenceArray<>(1 << PLACES_BITS);
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;

    RecentQuestions(DryRuns trials, DatabaseState database) {
        this.trials = trials;
        this.database = database;
    }

    private record Kept(String visit, Instant at, Facts facts, int bytes) {
        static Kept of(ReplayInput question) {
            return new Kept(question.visit(), question.at(), question.facts(), bytesOf(question.facts()));
        }

        int place() {
            int hash = 31 * visit.hashCode() + facts.placement().name().hashCode();
            // Fibonacci hashing: the upper bits depend on all of them
            return hash * 0x9E3779B9 >>> Integer.SIZE - PLACES_BITS;
        }
    }

    @Override
    public boolean wants(String visit) {
        return true;
    }

    @Override
    public void answered(ReplayInput question, Edition edition) {
        Kept kept = Kept.of(question);
        int place = kept.place();
        long held = count(kept, places.getAndSet(place, kept));
        // whose turn it is to go for want of room is as good as drawn by lot, since places are
        for (int next = 1; held > BYTES_MAX && next < places.length(); next++) {
            held = count(null, places.getAndSet(place + next & places.length() - 1, null));
        }
    }

    private long count(Kept come, Kept gone) {
        return bytes.addAndGet((come == null ? 0 : come.bytes()) - (gone == null ? 0 : gone.bytes()));
    }

    @Override
    public Stream<ExampleSituation> newestFirst(Set<String> namedSkus) {
        List<Kept> kept = new ArrayList<>(places.length());
        for (int place = 0; place < places.length(); place++) {
            Kept one = places.get(place);
            if (one != null) {
                kept.add(one);
            }
        }
        kept.sort(Comparator.comparing(Kept::at).reversed());
        return kept.stream()
                .map(one -> new ExampleSituation(
                        one.visit(), trials.naming(namedSkus, one.facts(), one.at()), List.of(), one.at()));
    }

    void start(@Observes @Priority(AFTER_THE_WARM_UP) StartupEvent started) {
        Thread thread = new Thread(this::fill, "recent-visits");
        thread.setDaemon(true);
        thread.start();
    }

    void close(@Observes ShutdownEvent stopping) {
        closed = true;
    }

    /** Takes in what was recorded before the start, where nothing newer is there. */
    void fill() {
        try {
            RecordedDecisions past = trials.last(RECORDED, null);
            while (past.more() && !closed) {
                long begun = System.nanoTime();
                past.next().forEach(this::remember);
                // our choice: it rests as long as it works, and so takes no more than half a processor
                LockSupport.parkNanos(System.nanoTime() - begun);
            }
        } catch (SQLException e) {
            if (!closed) {
                database.failed(e);
                LOG.warnf("Drafts are tried on new visits only, for now: %s", e.getMessage());
            }
        }
    }

    private void remember(ReplayInput question) {
        Kept kept = Kept.of(question);
        if (bytes.get() + kept.bytes() <= BYTES_MAX && places.compareAndSet(kept.place(), null, kept)) {
            count(kept, null);
        }
    }

    /**
     * What the candidates take at most, as if none shared its texts with the catalog; what else there is, is small. A storefront
     * waits for this, so that it is reckoned and not counted.
     */
    private static int bytesOf(Facts facts) {
        int bytes = 0;
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
        }
        return bytes;
    }
}
