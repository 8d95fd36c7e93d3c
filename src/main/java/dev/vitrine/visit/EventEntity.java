package dev.vitrine.visit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "event")
class EventEntity {
    @Id
    String id;

    /** {@link EventType} as JSON has it. */
    String type;

    String shopper;
    String visit;
    Instant at;
    String sku;
    String category;
    String query;
    String sort;
    Boolean sale;
    Double price;
    Integer quantity;
    String source;
    String decisionId;
    Integer position;

    @Column(name = "order_id")
    String order;

    @Generated
    Instant receivedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    Set<String> tags;
}
