package dev.vitrine.campaign;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The {@code campaign} table. */
@Singleton
class CampaignRepository implements PanacheRepositoryBase<CampaignEntity, String> {
    private static final String TIMEOUT = "jakarta.persistence.query.timeout";
    private static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(10);

    /** The time by the database's clock, by which versions are given. */
    Instant now() {
        return (Instant) getEntityManager()
                .createNativeQuery("select clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    List<CampaignEntity> changedSince(Instant moment) {
        return list("updatedAt > ?1", moment);
    }

    /** The campaign of this id, which nobody else can change until the transaction ends. */
    Optional<CampaignEntity> locked(String id) {
        return find("id", id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .withHint(TIMEOUT, (int) LOCK_WAIT_MAX.toMillis())
                .singleResultOptional();
    }

    /** Writes a new campaign at once, and gives it a version. */
    void add(CampaignEntity row) {
        row.updatedAt = now();
        persistAndFlush(row);
    }

    /** Writes a changed campaign at once, and gives it a later version. */
    void update(CampaignEntity row) {
        Instant now = now();
        Instant next = row.updatedAt.plus(1, ChronoUnit.MICROS);
        row.updatedAt = now.isAfter(next) ? now : next;
        flush();
    }
}
