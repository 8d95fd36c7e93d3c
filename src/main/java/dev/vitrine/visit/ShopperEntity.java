package dev.vitrine.visit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "shopper")
class ShopperEntity {
    @Id
    String id;

    Instant lastSeen;
    Instant segmentsAt;

    @JdbcTypeCode(SqlTypes.JSON)
    ShopperHistory history;
}
