package dev.vitrine.access;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.inject.Singleton;
import java.util.List;

/** The {@code audit} table. */
@Singleton
class AuditRepository implements PanacheRepository<AuditEntity> {
    /** The newest entries before that one. */
    List<AuditEntity> before(long id, int limit) {
        return find("id < ?1 order by id desc", id).page(0, limit).list();
    }
}
