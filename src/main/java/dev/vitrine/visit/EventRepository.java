package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.ExpiringRows;
import dev.vitrine.storage.UnreadableRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;

/** The {@code event} table. Events come and go by the thousand, so each statement handles a set of rows. */
@Singleton
class EventRepository implements PanacheRepositoryBase<EventEntity, String>, ExpiringRows {
    /** A visit without a break of half an hour does not last longer, so older events belong to no current visit. */
    private static final Duration VISIT_MAX = Duration.ofDays(1);

    private static final int FETCH = 1000;

    private static final String INSERT =
            """
            insert into event (id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                decision_id, position, order_id, tags)
            select id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                "decisionId", "position", "order", tags
            from jsonb_to_recordset(cast(:events as jsonb)) as x(id text, type text, shopper text, visit text,
                at timestamptz, sku text, category text, query text, sort text, sale boolean, price double precision,
                quantity integer, source text, "decisionId" text, "position" integer, "order" text, tags jsonb)
            order by id
            on conflict (id) do nothing
            returning id""";

    private static final String CURRENT =
            """
            select id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                decision_id, position, order_id, cast(tags as text) as tags
            from event
            where visit in
                    (select visit from event where at >= :since group by visit order by max(at) desc limit :visits)
                and at >= :oldest
            order by at, received_at, id""";

    // a log of years ago that was imported today must not be gone tomorrow
    private static final String DELETE =
            """
            delete from event where id in
                (select id from event where at < :oldest and received_at < :oldest limit :most)""";

    private static final String OF_SHOPPER =
            """
            select id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                decision_id, position, order_id, cast(tags as text) as tags
            from event
            where shopper = :shopper or shopper is null
                and visit in (select visit from event where shopper = :shopper)
            order by at, received_at, id""";

    private static final String OF_ERASED =
            " from event where (shopper = :shopper or shopper is null and visit = any(:visits))";

    private static final String LATE = OF_ERASED + " and at <= :until";

    private final StatelessSession session;
    private final UnreadableRows unreadable;
    private final VisitConfig config;

    EventRepository(StatelessSession session, UnreadableRows unreadable, VisitConfig config) {
        this.config = config;
        this.session = session;
        this.unreadable = unreadable;
    }

    /** Stores those events that are not stored yet, and returns their ids. */
    Set<String> insert(Collection<Event> events) {
        return new HashSet<>(session.createNativeQuery(INSERT, String.class)
                .setParameter("events", Json.text(events))
                .getResultList());
    }

    void ofCurrentVisits(Instant since, int visitsMax, Consumer<Event> each) {
        try (Stream<Tuple> rows = session.createNativeQuery(CURRENT, Tuple.class)
                .setParameter("since", since)
                .setParameter("visits", visitsMax)
                .setParameter("oldest", since.minus(VISIT_MAX))
                .setFetchSize(FETCH)
                .getResultStream()) {
            rows.forEach(row -> {
                try {
                    each.accept(event(row));
                } catch (RuntimeException e) {
                    unreadable.add("event", row.get(0, String.class), e);
                }
            });
        }
    }

    private static Event event(Tuple row) {
        return new Event(
                row.get(0, String.class),
                Json.MAPPER.convertValue(row.get(1, String.class), EventType.class),
                row.get(2, String.class),
                row.get(3, String.class),
                row.get(4, Instant.class),
                row.get(5, String.class),
                row.get(6, String.class),
                row.get(7, String.class),
                row.get(8, String.class),
                Boolean.TRUE.equals(row.get(9, Boolean.class)),
                row.get(10, Double.class),
                row.get(11, Integer.class),
                row.get(12, String.class),
                row.get(13, String.class),
                row.get(14, Integer.class),
                row.get(15, String.class),
                tags(row.get(16, String.class)));
    }

    private static Set<String> tags(String json) {
        try {
            return json == null ? Set.of() : Set.copyOf(List.of(Json.MAPPER.readValue(json, String[].class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The event table holds tags that cannot be read", e);
        }
    }

    @Override
    public String what() {
        return "events";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return session.createNativeMutationQuery(DELETE)
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }

    Set<String> visitsOf(String shopper) {
        return Set.copyOf(
                session.createNativeQuery("select distinct visit from event where shopper = :shopper", String.class)
                        .setParameter("shopper", shopper)
                        .getResultList());
    }

    /** The events of a shopper and, of their visits, those of nobody known; the oldest first. */
    void ofShopper(String shopper, Consumer<Event> each) {
        try (Stream<Tuple> rows = session.createNativeQuery(OF_SHOPPER, Tuple.class)
                .setParameter("shopper", shopper)
                .setFetchSize(FETCH)
                .getResultStream()) {
            rows.map(EventRepository::event).forEach(each);
        }
    }

    void erase(Erasure erasure) {
        session.createNativeMutationQuery("delete" + OF_ERASED)
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .executeUpdate();
    }

    /** Whether there are events of before the erasure. */
    boolean anyLate(Erasure erasure) {
        return session.createNativeQuery("select exists (select" + LATE + ")", Boolean.class)
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .setParameter("until", erasure.at())
                .getSingleResult();
    }

    void eraseLate(Erasure erasure) {
        session.createNativeMutationQuery("delete" + LATE)
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", erasure.visits().toArray(String[]::new))
                .setParameter("until", erasure.at())
                .executeUpdate();
    }
}
