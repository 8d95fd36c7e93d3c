package dev.vitrine.privacy;

import dev.vitrine.problem.Json;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The {@code erasure} table. */
@Singleton
class ErasureRepository implements PanacheRepositoryBase<ErasureEntity, String> {
    /** Adds an erasure, or takes a later one of the same shopper into account. */
    void add(Erasure erasure) {
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into erasure (shopper, visits, at) values (:shopper, cast(:visits as jsonb), :at)
                        on conflict (shopper) do update set visits = erasure.visits || excluded.visits, at = excluded.at""")
                .setParameter("shopper", erasure.shopper())
                .setParameter("visits", Json.text(erasure.visits()))
                .setParameter("at", erasure.at())
                .executeUpdate();
    }

    List<Erasure> since(Instant at) {
        return find("at >= ?1 order by at", at).stream()
                .map(ErasureEntity::erasure)
                .toList();
    }

    void deleteBefore(Instant oldest) {
        delete("at < ?1", oldest);
    }
}
