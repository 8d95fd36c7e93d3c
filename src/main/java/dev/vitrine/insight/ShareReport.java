package dev.vitrine.insight;

import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.share.ShareCount;
import dev.vitrine.decision.share.ShareLedger;
import dev.vitrine.decision.share.ShareRepository;
import dev.vitrine.storage.DatabaseState;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Adds up what this instance has in memory and what all of them have stored. */
@Singleton
final class ShareReport {
    private static final Logger LOG = Logger.getLogger(ShareReport.class);

    static final Comparator<ShareCount> NEWEST_FIRST = Comparator.comparing(ShareCount::at)
            .reversed()
            .thenComparing(ShareCount::placement)
            .thenComparing(ShareCount::group)
            .thenComparing(ShareCount::verb)
            .thenComparing(count -> count.over().name());

    private final ShareLedger ledger;
    private final ShareRepository store;
    private final DatabaseState database;
    private final ZoneId zone;

    ShareReport(ShareLedger ledger, ShareRepository store, DatabaseState database, DecisionConfig config) {
        this.ledger = ledger;
        this.store = store;
        this.database = database;
        this.zone = config.zone();
    }

    /**
     * What is known.
     *
     * @param counts newest first
     * @param complete false when the database is away, so that only this instance's memory could be asked
     */
    record Told(List<ShareCount> counts, boolean complete) {}

    Told told(SharesQuestion question, int limit) {
        // before the database is asked, so that an hour that the memory forgets meanwhile is not told twice, or never
        List<ShareCount> own = ledger.counted();
        try {
            if (database.up()) {
                return new Told(sum(question, limit, own, store.told(stored(question, limit, own))), true);
            }
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Stored shares cannot be read: %s", e.getMessage());
        }
        return new Told(sum(question, limit, ledger.countedOfAllRuns(), List.of()), false);
    }

    private ShareRepository.Question stored(SharesQuestion question, int limit, List<ShareCount> own) {
        Instant ownSince =
                own.stream().map(ShareCount::at).min(Comparator.naturalOrder()).orElse(question.to());
        return new ShareRepository.Question(
                question.placement(),
                question.group(),
                question.from(),
                question.to(),
                question.by() == Span.DAY ? question.days(zone) : null,
                ledger.run(),
                ownSince,
                limit);
    }

    /** What is stored is cut at the limit already; the newest lines of both are among the newest of either. */
    private List<ShareCount> sum(
            SharesQuestion question, int limit, Collection<ShareCount> remembered, Collection<ShareCount> stored) {
        Map<ShareCount, ShareCount> sums = new HashMap<>();
        List<ShareCount> all = new ArrayList<>(stored);
        for (ShareCount count : remembered) {
            if (!count.at().isBefore(question.from())
                    && count.at().isBefore(question.to())
                    && (question.placement() == null || question.placement().equals(count.placement()))
                    && (question.group() == null || question.group().equals(count.group()))) {
                all.add(at(question.by().begin(count.at(), zone), count));
            }
        }
        for (ShareCount count : all) {
            sums.merge(key(count), count, ShareReport::plus);
        }
        return sums.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    private static ShareCount at(Instant at, ShareCount count) {
        return new ShareCount(
                at,
                count.placement(),
                count.group(),
                count.verb(),
                count.over(),
                count.lists(),
                count.places(),
                count.promised(),
                count.delivered());
    }

    private static ShareCount key(ShareCount count) {
        return new ShareCount(count.at(), count.placement(), count.group(), count.verb(), count.over(), 0, 0, 0, 0);
    }

    private static ShareCount plus(ShareCount one, ShareCount other) {
        return new ShareCount(
                one.at(),
                one.placement(),
                one.group(),
                one.verb(),
                one.over(),
                one.lists() + other.lists(),
                one.places() + other.places(),
                one.promised() + other.promised(),
                one.delivered() + other.delivered());
    }
}
