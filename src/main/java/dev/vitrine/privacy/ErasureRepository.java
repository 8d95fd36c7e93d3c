package dev.vitrine.privacy;

import dev.vitrine.problem.Json;
import dev.vitrine.storage.Watermark;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The {@code erasure} table. Its rows are as old as the database's clock says, whichever instance wrote them. */
@Singleton
class ErasureRepository implements PanacheRepositoryBase<ErasureEntity, String> {
    Watermark.Moment now() {
        return getSession()
                .createNativeQuery(Watermark.NOW, Watermark.Moment.class)
                .getSingleResult();
    }

    /** Adds an erasure, or takes a later one of the same shopper into account. */
    void add(Erasure erasure) {
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into erasure (shopper, visits, at) values (:shopper, cast(:visits as jsonb), :at)
                        on conflict (shopper) do update set visits = erasure.visits || excluded.visits, at = excluded.at,
                            updated_at = excluded.updated_at""")
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", Json.text(erasure.visits()))
                .setParameter("at", erasure.at())
                .executeUpdate();
    }

    List<Erasure> since(Instant written) {
        return find("updatedAt >= ?1", written).stream()
                .map(ErasureEntity::erasure)
                .toList();
    }

    List<Erasure> youngerThan(Duration age) {
        return since(now().at().minus(age));
    }

    void deleteOlderThan(Duration age) {
        delete("updatedAt < ?1", now().at().minus(age));
    }
}
