package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.ExpiringRows;
import dev.vitrine.storage.UnreadableRows;
import dev.vitrine.storage.Watermark;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;

/** The {@code shopper} table. It is written with every batch of events, so each statement handles a set of rows. */
@Singleton
class ShopperRepository implements PanacheRepositoryBase<ShopperEntity, String>, ExpiringRows {
    private static final int FETCH = 1000;
    private static final String TABLE = "shopper";
    /** The history of a shopper who has just been added. */
    private static final String NONE = "null";

    private static final String LOCK =
            "select id, cast(history as text) from shopper where id = any(:ids) order by id for update";

    private static final String INSERT =
            """
            insert into shopper (id, last_seen, history)
            select id, to_timestamp(0), 'null' from unnest(:ids) as id order by id
            on conflict (id) do nothing""";

    private static final String UPDATE =
            """
            update shopper set last_seen = x."lastSeen", history = x.history
            from jsonb_to_recordset(cast(:rows as jsonb)) as x(id text, "lastSeen" timestamptz, history jsonb)
            where shopper.id = x.id""";

    private static final String DELETE =
            """
            delete from shopper where id in
                (select id from shopper where last_seen < :oldest
                    and not exists (select from event where event.shopper = shopper.id) limit :most)""";

    private static final String SEGMENT_NAMES =
            """
            select distinct jsonb_array_elements_text(history -> 'segments' -> 'names') from
                (select history from shopper where segments_at is not null order by segments_at desc limit :most) as last""";

    private record Row(String id, Instant lastSeen, ShopperHistory history) {}

    private final StatelessSession session;
    private final UnreadableRows unreadable;
    private final VisitConfig config;

    ShopperRepository(StatelessSession session, UnreadableRows unreadable, VisitConfig config) {
        this.config = config;
        this.session = session;
        this.unreadable = unreadable;
    }

    /**
     * Locks the shoppers, and adds blank ones for the missing: in the order of ids, so that no two transactions block. One
     * whose history cannot be read is left out, so that nothing overwrites it.
     */
    Map<String, ShopperHistory> lock(SortedSet<String> ids) {
        Map<String, ShopperHistory> histories = new TreeMap<>();
        ids.forEach(id -> histories.put(id, ShopperHistory.blank(id)));
        // one that was just added may be deleted again before it is locked
        while (readLocked(ids, histories) < ids.size()) {
            session.createNativeMutationQuery(INSERT)
                    .setParameter("ids", array(ids))
                    .executeUpdate();
        }
        return histories;
    }

    private int readLocked(SortedSet<String> ids, Map<String, ShopperHistory> histories) {
        List<Tuple> rows = session.createNativeQuery(LOCK, Tuple.class)
                .setParameter("ids", array(ids))
                .getResultList();
        for (Tuple row : rows) {
            String id = row.get(0, String.class);
            Optional<ShopperHistory> history = history(row);
            if (history.isPresent()) {
                histories.put(id, history.get());
            } else if (!row.get(1, String.class).equals(NONE)) {
                histories.remove(id);
            }
        }
        return rows.size();
    }

    void update(Collection<ShopperHistory> histories) {
        List<Row> rows = histories.stream()
                .map(history -> new Row(history.id(), history.lastSeen(), history))
                .toList();
        session.createNativeMutationQuery(UPDATE)
                .setParameter("rows", Json.text(rows))
                .executeUpdate();
    }

    List<ShopperHistory> of(Collection<String> ids) {
        return session
                .createNativeQuery("select id, cast(history as text) from shopper where id = any(:ids)", Tuple.class)
                .setParameter("ids", array(ids))
                .getResultList()
                .stream()
                .flatMap(row -> history(row).stream())
                .toList();
    }

    /** Says that the segments of these shoppers were changed, by the clock of the database. */
    void markSegments(Collection<String> ids) {
        session.createNativeMutationQuery("update shopper set segments_at = clock_timestamp() where id = any(:ids)")
                .setParameter("ids", array(ids))
                .executeUpdate();
    }

    Watermark.Moment now() {
        return session.createNativeQuery(Watermark.NOW, Watermark.Moment.class).getSingleResult();
    }

    /** The shoppers whose segments were changed after this moment. */
    List<String> segmentsSince(Instant moment) {
        return session.createNativeQuery("select id from shopper where segments_at > :moment", String.class)
                .setParameter("moment", moment)
                .getResultList();
    }

    /** The segments of the shoppers whose segments were changed last. */
    List<String> segmentNames(int shoppers) {
        return session.createNativeQuery(SEGMENT_NAMES, String.class)
                .setParameter("most", shoppers)
                .getResultList();
    }

    /** Those seen last, one fetch after another; the caller closes it. */
    Stream<ShopperHistory> mostRecent(int max) {
        return session.createNativeQuery(
                        "select id, cast(history as text) from shopper order by last_seen desc limit :max", Tuple.class)
                .setParameter("max", max)
                .setFetchSize(FETCH)
                .getResultStream()
                .flatMap(row -> history(row).stream());
    }

    @Override
    public String what() {
        return "shoppers";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    /** Shoppers who still have events stay. */
    @Override
    public int deleteBefore(Instant oldest, int most) {
        return session.createNativeMutationQuery(DELETE)
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }

    void erase(String shopper) {
        session.createNativeMutationQuery("delete from shopper where id = :id")
                .setParameter("id", shopper)
                .executeUpdate();
        unreadable.remove(TABLE, List.of(shopper));
    }

    private static String[] array(Collection<String> ids) {
        return ids.toArray(String[]::new);
    }

    /** Empty for a new shopper, and for one whose history cannot be read. */
    private Optional<ShopperHistory> history(Tuple row) {
        String id = row.get(0, String.class);
        try {
            Optional<ShopperHistory> history =
                    Optional.ofNullable(Json.STORED.readValue(row.get(1, String.class), ShopperHistory.class));
            unreadable.remove(TABLE, List.of(id));
            return history;
        } catch (JsonProcessingException | RuntimeException e) {
            unreadable.add(TABLE, id, e);
            return Optional.empty();
        }
    }
}
