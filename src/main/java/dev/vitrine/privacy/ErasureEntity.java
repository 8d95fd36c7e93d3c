package dev.vitrine.privacy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code erasure}. */
@Entity
@Table(name = "erasure")
class ErasureEntity {
    @Id
    String shopper;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> visits;

    Instant at;
    Instant updatedAt;

    Erasure erasure() {
        return new Erasure(shopper, Set.copyOf(visits), at);
    }
}
