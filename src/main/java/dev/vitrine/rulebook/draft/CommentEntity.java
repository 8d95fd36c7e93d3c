package dev.vitrine.rulebook.draft;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code draft_comment}. */
@Entity
@Table(name = "draft_comment")
class CommentEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    long draft;
    Instant at;
    String who;
    String text;
    String file;
    Integer line;
    int version;

    static CommentEntity of(long draft, DraftComment comment) {
        CommentEntity row = new CommentEntity();
        row.draft = draft;
        row.at = comment.at();
        row.who = comment.who();
        row.text = comment.text();
        row.file = comment.file();
        row.line = comment.line();
        row.version = comment.version();
        return row;
    }

    DraftComment comment() {
        return new DraftComment(id, at, who, text, file, line, version);
    }
}
