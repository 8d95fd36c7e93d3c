package dev.vitrine.rulebook.schedule;

import static java.util.Objects.requireNonNull;

import dev.vitrine.rulebook.source.Edit;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code scheduled}. */
@Entity
@Table(name = "scheduled")
class ScheduledChangeEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Enumerated(EnumType.STRING)
    ScheduledChange.State state;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Edit> edits;

    Integer base;
    String author;
    String note;
    String origin;
    String accepted;
    Instant startsAt;
    Instant endsAt;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Edit> before;

    Integer edition;
    String outcome;

    static ScheduledChangeEntity of(ScheduledChange change) {
        ScheduledChangeEntity row = new ScheduledChangeEntity();
        row.state = change.state();
        row.edits = change.edits();
        row.base = change.base();
        row.author = change.author();
        row.note = change.note();
        row.origin = change.origin();
        row.accepted = change.accept();
        row.startsAt = change.from();
        row.endsAt = change.until();
        row.outcome = change.outcome();
        return row;
    }

    /** @throws NullPointerException when an edit is missing, or its path */
    ScheduledChange change() {
        edits.forEach(edit -> requireNonNull(edit.path()));
        return new ScheduledChange(
                id,
                state,
                edits,
                base,
                author,
                note,
                origin,
                accepted,
                startsAt,
                endsAt,
                before == null ? List.of() : before,
                edition,
                outcome);
    }
}
