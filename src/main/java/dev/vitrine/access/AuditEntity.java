package dev.vitrine.access;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

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

    @Enumerated(EnumType.STRING)
    Audit.Action action;

    Integer edition;
    String detail;
    String thing;
    String before;
    String after;

    static AuditEntity of(Audit.Entry entry) {
        AuditEntity row = new AuditEntity();
        row.at = entry.at();
        row.who = entry.who();
        row.origin = entry.origin();
        row.action = entry.action();
        row.edition = entry.edition();
        row.detail = entry.detail();
        row.thing = entry.thing();
        row.before = entry.before();
        row.after = entry.after();
        return row;
    }

    Audit.Line line() {
        return new Audit.Line(id, new Audit.Entry(at, who, origin, action, edition, detail, thing, before, after));
    }
}
