package dev.vitrine.idempotency;

import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The {@code idempotency_key} table. */
@Singleton
class IdempotencyKeyRepository
        implements PanacheRepositoryBase<IdempotencyKeyEntity, IdempotencyKeyEntity.Id>, ExpiringRows {
    private final IdempotencyConfig config;

    IdempotencyKeyRepository(IdempotencyConfig config) {
        this.config = config;
    }

    Optional<IdempotencyKeyEntity> since(IdempotencyKeyEntity.Id id, Instant oldest) {
        return find("id = ?1 and createdAt >= ?2", id, oldest).firstResultOptional();
    }

    /** False when there is one with this key that is not older; waits for one that is being added. */
    boolean add(IdempotencyKeyEntity row, Instant oldest) {
        return getEntityManager()
                        .createNativeQuery(
                                """
                                insert into idempotency_key as old
                                    (call, caller, key, request, status, location, answer, created_at)
                                values (:call, :caller, :key, :request, :status, :location, :answer, :createdAt)
                                on conflict (call, caller, key) do update set request = excluded.request,
                                    status = excluded.status, location = excluded.location, answer = excluded.answer,
                                    created_at = excluded.created_at
                                where old.created_at < :oldest""")
                        .setParameter("call", row.id.call())
                        .setParameter("caller", row.id.caller())
                        .setParameter("key", row.id.key())
                        .setParameter("request", row.request)
                        .setParameter("status", row.status)
                        .setParameter("location", row.location)
                        .setParameter("answer", row.answer)
                        .setParameter("createdAt", row.createdAt)
                        .setParameter("oldest", oldest)
                        .executeUpdate()
                == 1;
    }

    @Override
    public String what() {
        return "answers to calls with an idempotency key";
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
                        delete from idempotency_key where ctid = any(array(
                            select ctid from idempotency_key where created_at < :oldest limit :most))""")
                .setParameter("oldest", oldest)
                .setParameter("most", most)
                .executeUpdate();
    }
}
