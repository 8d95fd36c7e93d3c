package dev.vitrine.insight;

import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.decision.share.ShareCount;
import dev.vitrine.decision.share.ShareLedger;
import dev.vitrine.decision.share.ShareRepository;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sums up the counts that this instance has in memory and those that all instances have stored. */
@Singleton
final class ShareReport {
    static final Comparator<ShareCount> NEWEST_FIRST = Comparator.comparing(ShareCount::at)
            .reversed()
            .thenComparing(ShareCount::placement)
            .thenComparing(ShareCount::group)
            .thenComparing(ShareCount::verb)
            .thenComparing(count -> count.over().name());

    private final ShareLedger ledger;
    private final ShareRepository repository;
    private final Transactions transactions;
    private final ZoneId zone;

    ShareReport(ShareLedger ledger, ShareRepository repository, Transactions transactions, ShopConfig shop) {
        this.ledger = ledger;
        this.repository = repository;
        this.transactions = transactions;
        this.zone = shop.zone();
    }

    /** Sums by hour or day; not complete when only the memory of this instance could be read. */
    record Sums(List<ShareCount> counts, boolean complete) {}

    Sums sums(SharesQuestion question, int limit) {
        // read first: an hour that the memory forgets meanwhile must not be counted twice or not at all
        List<ShareCount> own = ledger.counted();
        ShareRepository.Selection selection = selection(question, limit, own);
        try {
            List<ShareCount> stored = transactions.call(() -> repository.sums(selection));
            return new Sums(sum(question, limit, own, stored), true);
        } catch (DatabaseUnavailableException e) {
            return new Sums(sum(question, limit, ledger.countedOfAllRuns(), List.of()), false);
        }
    }

    private ShareRepository.Selection selection(SharesQuestion question, int limit, List<ShareCount> own) {
        Instant ownSince =
                own.stream().map(ShareCount::at).min(Comparator.naturalOrder()).orElse(question.to());
        return new ShareRepository.Selection(
                question.placement(),
                question.group(),
                question.from(),
                question.to(),
                question.by() == Span.DAY ? question.days(zone) : null,
                ledger.run(),
                ownSince,
                limit);
    }

    /** Stored counts are cut at the limit already. The newest lines of both are among the newest lines of either. */
    private List<ShareCount> sum(
            SharesQuestion question, int limit, Collection<ShareCount> remembered, Collection<ShareCount> stored) {
        Map<ShareCount, ShareCount> sums = new HashMap<>();
        List<ShareCount> all = new ArrayList<>(stored);
        for (ShareCount count : remembered) {
            if (!count.at().isBefore(question.from())
                    && count.at().isBefore(question.to())
                    && (question.placement() == null || question.placement().equals(count.placement()))
                    && (question.group() == null
                            || question.group().equals(count.group())
                            || count.group().isEmpty())) {
                all.add(count.from(question.by().begin(count.at(), zone)));
            }
        }
        for (ShareCount count : all) {
            sums.merge(key(count), count, ShareReport::plus);
        }
        return sums.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    private static ShareCount key(ShareCount count) {
        return new ShareCount(
                count.at(),
                count.placement(),
                count.group(),
                count.verb(),
                count.over(),
                0,
                0,
                0,
                0,
                Missing.NOTHING,
                Set.of());
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
                one.delivered() + other.delivered(),
                one.missing().plus(other.missing()),
                Stream.concat(one.rules().stream(), other.rules().stream()).collect(Collectors.toSet()));
    }
}
