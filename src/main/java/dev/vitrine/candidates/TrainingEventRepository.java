package dev.vitrine.candidates;

import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.StatelessSession;

/** The views and purchases of the {@code event} table, from which the model learns. */
@Singleton
class TrainingEventRepository {
    /** Rows fetched at a time: enough to keep the database busy, and a few hundred kilobytes of memory. */
    private static final int FETCH = 2000;
    /** Five million events are sorted on the database's disk. */
    private static final Duration READ_MAX = Duration.ofMinutes(15);

    private static final String NEWEST =
            "select max(at) from event where type in ('view', 'purchase') and sku is not null";

    private static final String COUNT =
            "select count(*) from event where type in ('view', 'purchase') and sku is not null and at >= :since";

    /** By visit, so that only one visit at a time has to be remembered here: the database sorts on its disk. */
    private static final String EVENTS =
            """
            select type, visit, sku, at, quantity, order_id
            from (
                select type, visit, sku, at, quantity, order_id, id
                from event
                where type in ('view', 'purchase') and sku is not null and at >= :since
                order by at desc
                limit :max) recent
            order by visit, at, id""";

    private final StatelessSession session;
    private final Transactions transactions;

    TrainingEventRepository(StatelessSession session, Transactions transactions) {
        this.session = session;
        this.transactions = transactions;
    }

    /** Passes the number of events to {@code expected} first, that of events read to {@code progress} now and then. */
    History read(Duration length, int max, LongConsumer expected, LongConsumer progress) {
        return transactions.call(READ_MAX, () -> {
            Instant newest = session.createNativeQuery(NEWEST, Instant.class).getSingleResult();
            if (newest == null) {
                return new History(0);
            }
            Instant since = newest.minus(length);
            long count = session.createNativeQuery(COUNT, Long.class)
                    .setParameter("since", since)
                    .getSingleResult();
            expected.accept(Math.min(max, count));
            History history = new History(newest.toEpochMilli());
            read(since, max, history, progress);
            return history;
        });
    }

    private void read(Instant since, int max, History history, LongConsumer progress) {
        try (ScrollableResults<Tuple> rows = session.createNativeQuery(EVENTS, Tuple.class)
                .setParameter("since", since)
                .setParameter("max", max)
                .setFetchSize(FETCH)
                .scroll(ScrollMode.FORWARD_ONLY)) {
            long count = 0;
            while (rows.next()) {
                add(rows.get(), history);
                if (++count % FETCH == 0) {
                    progress.accept(count);
                }
            }
            progress.accept(count);
        }
    }

    private static void add(Tuple row, History history) {
        String visit = row.get(1, String.class);
        String sku = row.get(2, String.class);
        long at = row.get(3, Instant.class).toEpochMilli();
        if (row.get(0, String.class).equals("view")) {
            history.view(visit, sku, at);
        } else {
            Integer units = row.get(4, Integer.class);
            history.purchase(visit, row.get(5, String.class), sku, at, units == null ? 0 : units);
        }
    }
}
