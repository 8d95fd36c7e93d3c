package dev.vitrine.decision.record;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code decision}. */
@Entity
@Immutable
@Table(name = "decision")
class DecisionEntity {
    @Id
    String id;

    Instant at;
    String placement;
    String visit;
    String shopper;
    int edition;
    String arm;
    String module;
    boolean degraded;
    int tookMicros;

    /** {@link CompressedJson}, with what rules kept off the shelf as {@code hidden}. */
    byte[] facts;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode answer;
}
