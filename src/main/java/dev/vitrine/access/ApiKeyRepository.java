package dev.vitrine.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;

/** The {@code access_key} table: hashes of keys. */
@Singleton
class ApiKeyRepository implements PanacheRepositoryBase<ApiKeyEntity, String> {
    /** The keys that are not revoked. */
    List<ApiKey> keys() {
        return find("revokedAt is null").stream().map(ApiKeyEntity::key).toList();
    }

    /** The keys of a role that are not revoked, locked, so that two cannot be revoked at once. */
    List<ApiKeyEntity> locked(Role role) {
        return find("role = ?1 and revokedAt is null", role)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    List<ApiKeyEntity> all() {
        return list("order by name");
    }

    /** False when there is, or was, a key of this name. */
    boolean add(ApiKey key, String createdBy, Instant now) {
        return getEntityManager()
                        .createNativeQuery(
                                """
                                insert into access_key (name, role, hash, created_at, created_by, expires_at)
                                values (:name, :role, :hash, :now, :by, :expires) on conflict (name) do nothing""")
                        .setParameter("name", key.name())
                        .setParameter("role", key.role().name())
                        .setParameter("hash", key.hash())
                        .setParameter("now", now)
                        .setParameter("by", createdBy)
                        .setParameter("expires", key.expiresAt())
                        .executeUpdate()
                == 1;
    }

    void used(String name, Instant at) {
        update("lastUsedAt = ?1 where name = ?2 and (lastUsedAt is null or lastUsedAt < ?1)", at, name);
    }
}
