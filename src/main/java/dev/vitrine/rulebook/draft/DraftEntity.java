package dev.vitrine.rulebook.draft;

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

/** A row of {@code draft}. */
@Entity
@Table(name = "draft")
class DraftEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Enumerated(EnumType.STRING)
    StoredDraft.State state;

    int version;
    String name;
    String note;
    int base;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Edit> edits;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> paths;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> authors;

    Instant createdAt;
    Instant editedAt;
    String editedBy;
    String approvedBy;
    Instant approvedAt;
    Instant endedAt;
    Integer edition;

    void set(StoredDraft draft) {
        state = draft.state();
        version = draft.version();
        name = draft.content().name();
        note = draft.content().note();
        base = draft.content().base();
        edits = draft.content().edits();
        paths = draft.content().paths();
        authors = draft.authors();
        createdAt = draft.createdAt();
        editedAt = draft.editedAt();
        editedBy = draft.editedBy();
        approvedBy = draft.approval() == null ? null : draft.approval().by();
        approvedAt = draft.approval() == null ? null : draft.approval().at();
        endedAt = draft.endedAt();
        edition = draft.edition();
    }

    /** @throws NullPointerException when an edit is missing, or its path */
    StoredDraft draft() {
        edits.forEach(edit -> requireNonNull(edit.path()));
        return new StoredDraft(
                id,
                state,
                version,
                new StoredDraft.Content(name, note, base, edits),
                authors,
                createdAt,
                editedAt,
                editedBy,
                approvedBy == null ? null : new StoredDraft.Approval(approvedBy, approvedAt),
                endedAt,
                edition);
    }
}
