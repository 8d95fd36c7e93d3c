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

/** What the model learns from: views and purchases, and of the last visits the pages and what was put into the cart, too. */
@Singleton
class TrainingEventRepository {
    /** Rows fetched at a time: enough to keep the database busy, and a few hundred kilobytes of memory. */
    private static final int FETCH = 2000;
    /** Five million events are sorted on the database's disk. */
    private static final Duration READ_MAX = Duration.ofMinutes(15);

    /** Chances are learned from the last fifth of the views, by a model that knows the others. */
    private static final int HELD_OUT = 5;

    private static final String NEWEST =
            "select max(at) from event where type in ('view', 'purchase') and sku is not null";

    private static final String COUNT =
            "select count(*) from event where type in ('view', 'purchase') and sku is not null and at >= :since";

    private static final String SPLIT =
            """
            select at from event where type in ('view', 'purchase') and sku is not null and at >= :since
            order by at desc offset :later limit 1""";

    /**
     * By shopper and visit, so that only one visit at a time has to be remembered here: the database sorts on its disk. Somebody
     * who signs in amidst a visit is known from its beginning.
     */
    private static final String EVENTS =
            """
            select type, visit, sku, at, quantity, order_id, text, who
            from (
                select *, max(shopper) over of_visit as who, min(at) over of_visit as began
                from (
                    (select type, visit, shopper, sku, at, quantity, order_id, null as text, id
                    from event
                    where type in ('view', 'purchase') and sku is not null and at >= :since
                    order by at desc
                    limit :max)
                    union all
                    (select type, visit, shopper, sku, at, quantity, order_id, coalesce(query, category) as text, id
                    from event
                    where at >= :split
                        and (type = 'add-to-cart' and sku is not null
                            or type = 'search' and query is not null
                            or type = 'category' and category is not null)
                    order by at desc
                    limit :max)) recent
                window of_visit as (partition by visit)) of_visits
            order by coalesce(who, visit), began, visit, at, id""";

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
                return new History(0, 0);
            }
            Instant since = newest.minus(length);
            long count = session.createNativeQuery(COUNT, Long.class)
                    .setParameter("since", since)
                    .getSingleResult();
            long known = Math.min(max, count);
            expected.accept(known);
            Instant split = session.createNativeQuery(SPLIT, Instant.class)
                    .setParameter("since", since)
                    .setParameter("later", known / HELD_OUT)
                    .getSingleResult();
            History history = new History(newest.toEpochMilli(), split.toEpochMilli());
            read(since, split, max, history, progress);
            return history;
        });
    }

    private void read(Instant since, Instant split, int max, History history, LongConsumer progress) {
        try (ScrollableResults<Tuple> rows = session.createNativeQuery(EVENTS, Tuple.class)
                .setParameter("since", since)
                .setParameter("split", split)
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
        history.of(row.get(7, String.class));
        switch (row.get(0, String.class)) {
            case "view" -> history.view(visit, sku, at);
            case "category" -> history.category(visit, row.get(6, String.class), at);
            case "search" -> history.search(visit, row.get(6, String.class), at);
            case "add-to-cart" -> history.addToCart(visit, sku, at);
            default -> {
                Integer units = row.get(4, Integer.class);
                history.purchase(visit, row.get(5, String.class), sku, at, units == null ? 0 : units);
            }
        }
    }
}
