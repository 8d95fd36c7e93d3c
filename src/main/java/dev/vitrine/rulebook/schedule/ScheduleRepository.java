package dev.vitrine.rulebook.schedule;

import dev.vitrine.rulebook.schedule.ScheduledChange.State;
import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.query.Query;

/** The {@code scheduled} table. */
@Singleton
class ScheduleRepository implements PanacheRepository<ScheduledChangeEntity>, ExpiringRows {
    /**
     * At the same moment, ends come before beginnings. Spans nest: the longer one begins first, and the one that began last
     * ends first.
     */
    private static final String DUE =
            """
            select id from scheduled
            where (state = 'PLANNED' and starts_at <= :now) or (state = 'RUNNING' and ends_at <= :now)
            order by case state when 'PLANNED' then starts_at else ends_at end, state = 'PLANNED',
                case state when 'PLANNED' then null else starts_at end desc, ends_at desc nulls first,
                case state when 'PLANNED' then id else -id end""";

    private final ScheduleConfig config;

    ScheduleRepository(ScheduleConfig config) {
        this.config = config;
    }

    /** Planned and running changes, in the order in which they begin. */
    List<Long> open() {
        return ids("where state in (PLANNED, RUNNING) order by startsAt, id").getResultList();
    }

    List<Long> newest(int limit) {
        return ids("order by startsAt desc, id desc").setMaxResults(limit).getResultList();
    }

    List<Long> running() {
        return ids("where state = RUNNING order by id").getResultList();
    }

    private Query<Long> ids(String which) {
        return getSession().createQuery("select id from ScheduledChangeEntity " + which, Long.class);
    }

    /** The changes with these numbers, in their order. */
    List<ScheduledChange> changes(List<Long> ids) {
        Map<Long, ScheduledChange> changes = new HashMap<>();
        list("id in ?1", ids).forEach(row -> changes.put(row.id, row.change()));
        return ids.stream().map(changes::get).filter(Objects::nonNull).toList();
    }

    Optional<ScheduledChange> change(long id) {
        return findByIdOptional(id).map(ScheduledChangeEntity::change);
    }

    /** The changes whose turn it is, the next one first. */
    List<Long> due(Instant now) {
        return getSession()
                .createNativeQuery(DUE, Long.class)
                .setParameter("now", now)
                .getResultList();
    }

    /** @return its number */
    long add(ScheduledChange planned) {
        ScheduledChangeEntity row = ScheduledChangeEntity.of(planned);
        persistAndFlush(row);
        return row.id;
    }

    /** @return false when it is not planned any more */
    boolean cancel(long id, String why) {
        return update("state = ?1, outcome = ?2 where id = ?3 and state = ?4", State.CANCELLED, why, id, State.PLANNED)
                == 1;
    }

    void endAt(long id, Instant at) {
        update("endsAt = ?1 where id = ?2 and state = ?3", at, id, State.RUNNING);
    }

    /** Stores what became of a change; false, and nothing stored, when its state is not {@code was} any more. */
    boolean advance(ScheduledChange change, State was) {
        ScheduledChangeEntity row = findById(change.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.state != was) {
            return false;
        }
        row.state = change.state();
        row.before = change.before();
        row.edition = change.edition();
        row.outcome = change.outcome();
        return true;
    }

    @Override
    public String what() {
        return "scheduled changes";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        delete from scheduled where id in (
                            select id from scheduled
                            where state not in ('PLANNED', 'RUNNING') and greatest(starts_at, ends_at) < :oldest
                            limit :most)""")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
