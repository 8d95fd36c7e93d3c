package dev.vitrine.evaluation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code model_comparison}. */
@Entity
@Table(name = "model_comparison")
class ModelComparisonEntity {
    @Id
    String decision;

    Instant at;
    String visit;
    String shopper;
    String page;
    String served;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> known;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> service;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> builtIn;

    ProposedByBoth proposed() {
        return new ProposedByBoth(decision, at, visit, shopper, page, served, known, service, builtIn);
    }
}
