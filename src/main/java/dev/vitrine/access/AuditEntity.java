package dev.vitrine.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code audit}. */
@Entity
@Table(name = "audit")
class AuditEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    Instant at;
    String who;
    String origin;

    /** A text, as a newer version may know other actions. */
    String action;

    Integer edition;
    String detail;
    String thing;
    String before;
    String after;
    UUID entry;

    Audit.Line line() {
        Audit.Action known = Audit.Action.of(action).orElse(null);
        return new Audit.Line(
                id, action, new Audit.Entry(at, who, origin, known, edition, detail, thing, before, after));
    }
}
