package dev.vitrine.access;

import dev.vitrine.storage.ExpiringRows;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The {@code access_key} table: hashes of keys. */
@Singleton
class ApiKeyRepository implements PanacheRepositoryBase<ApiKeyEntity, String>, ExpiringRows {
    private static final Logger LOG = Logger.getLogger(ApiKeyRepository.class);

    private final AccessConfig config;
    private final Set<String> withoutRole = ConcurrentHashMap.newKeySet();

    ApiKeyRepository(AccessConfig config) {
        this.config = config;
    }

    /** The keys that are not revoked and have a role. */
    List<ApiKey> keys() {
        List<ApiKeyEntity> valid = list("revokedAt is null");
        valid.stream()
                .filter(row -> row.key().isEmpty() && withoutRole.add(row.name))
                .forEach(row -> LOG.warnf(
                        "The key of '%s' opens nothing: its role '%s' is of another version", row.name, row.role));
        return valid.stream().flatMap(row -> row.key().stream()).toList();
    }

    /** The keys of a role that are not revoked, locked, so that two cannot be revoked at once. */
    List<ApiKeyEntity> locked(Role role) {
        return find("role = ?1 and revokedAt is null", role.name())
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

    @Override
    public String what() {
        return "ended keys";
    }

    /** The audit log names them. */
    @Override
    public Duration keep() {
        return config.keepAudit();
    }

    /** Those of the first start stay, as the next start would make them again. */
    @Override
    public int deleteBefore(Instant oldest, int most) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        delete from access_key where name in (
                            select name from access_key
                            where (revoked_at < :oldest or expires_at < :oldest) and not name = any(:first)
                            limit :most)""")
                .setParameter("oldest", oldest)
                .setParameter(
                        "first",
                        Arrays.stream(Role.values()).map(Keyring::nameOf).toArray(String[]::new))
                .setParameter("most", most)
                .executeUpdate();
    }
}
