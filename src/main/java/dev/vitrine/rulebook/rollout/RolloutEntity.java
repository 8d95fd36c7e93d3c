package dev.vitrine.rulebook.rollout;

import static java.util.Objects.requireNonNull;

import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.Edit;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code staged}. */
@Entity
@Table(name = "staged")
class RolloutEntity {
    @Id
    int edition;

    int base;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Edit> edits;

    double share;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Rollout.Step> steps;

    @JdbcTypeCode(SqlTypes.JSON)
    Guardrails guardrails;

    Instant endedAt;
    String outcome;

    static RolloutEntity of(Rollout rollout) {
        RolloutEntity row = new RolloutEntity();
        row.edition = rollout.number();
        row.base = rollout.base();
        row.edits = rollout.edits();
        row.share = rollout.share();
        row.steps = rollout.steps();
        row.guardrails = rollout.guardrails();
        row.endedAt = rollout.endedAt();
        row.outcome = rollout.outcome();
        return row;
    }

    /** @throws NullPointerException when an edit is missing, or its path, or the steps or limits are */
    Rollout rollout(StoredEdition stored) {
        edits.forEach(edit -> requireNonNull(edit.path()));
        requireNonNull(guardrails);
        steps.forEach(step -> requireNonNull(step.at()));
        return new Rollout(stored, base, edits, share, steps, guardrails, endedAt, outcome);
    }
}
