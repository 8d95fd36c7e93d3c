package dev.vitrine.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The {@code access_key} table: hashes of keys. */
@Singleton
class ApiKeyRepository implements PanacheRepositoryBase<ApiKeyEntity, String> {
    List<ApiKey> keys() {
        return streamAll().map(ApiKeyEntity::key).toList();
    }

    /** False when somebody of this name has a key already. */
    boolean add(ApiKey key, Instant now) {
        return getEntityManager()
                        .createNativeQuery(
                                """
                                insert into access_key (name, role, hash, created_at)
                                values (:name, :role, :hash, :now) on conflict (name) do nothing""")
                        .setParameter("name", key.name())
                        .setParameter("role", key.role().name())
                        .setParameter("hash", key.hash())
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }
}
