package dev.vitrine.campaign;

import dev.vitrine.storage.Watermark;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code campaign} table. */
@Singleton
class CampaignRepository implements PanacheRepositoryBase<CampaignEntity, String> {
    private static final String TIMEOUT = "jakarta.persistence.query.timeout";
    private static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(10);

    Watermark.Moment now() {
        return getSession()
                .createNativeQuery(Watermark.NOW, Watermark.Moment.class)
                .getSingleResult();
    }

    /** The time by the database's clock, by which versions are given; the transaction has its id before. */
    private Instant version() {
        return getSession()
                .createNativeQuery(
                        "select clock_timestamp() as version from (select pg_current_xact_id() as id offset 0) as this"
                                + " where id is not null",
                        Instant.class)
                .getSingleResult();
    }

    /** The versions of the campaigns that were written after this moment. */
    Map<String, Instant> versionsSince(Instant moment) {
        Map<String, Instant> versions = new HashMap<>();
        getSession()
                .createQuery("select id, updatedAt from CampaignEntity where updatedAt > :moment", Tuple.class)
                .setParameter("moment", moment)
                .getResultStream()
                .forEach(row -> versions.put(row.get(0, String.class), row.get(1, Instant.class)));
        return versions;
    }

    List<CampaignEntity> of(List<String> ids) {
        return list("id in ?1", ids);
    }

    /** The campaign of this id, which nobody else can change until the transaction ends. */
    Optional<CampaignEntity> locked(String id) {
        return find("id", id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .withHint(TIMEOUT, (int) LOCK_WAIT_MAX.toMillis())
                .singleResultOptional();
    }

    int deleteEndedBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        delete from campaign where id in (
                            select id from campaign where least(ends_at, ended_at) < :oldest limit :most)""")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }

    /** Writes a new campaign at once, and gives it a version. */
    void add(CampaignEntity row) {
        row.updatedAt = version();
        persistAndFlush(row);
    }

    /** Writes a changed campaign at once, and gives it a later version. */
    void update(CampaignEntity row) {
        Instant now = version();
        Instant next = row.updatedAt.plus(1, ChronoUnit.MICROS);
        row.updatedAt = now.isAfter(next) ? now : next;
        flush();
    }
}
