package dev.vitrine.rulebook.draft;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.inject.Singleton;
import java.util.List;

/** The {@code draft_comment} table. */
@Singleton
class CommentRepository implements PanacheRepository<CommentEntity> {
    /** In the order in which they were made. */
    List<DraftComment> of(long draft) {
        return list("draft = ?1 order by id", draft).stream()
                .map(CommentEntity::comment)
                .toList();
    }

    long number(long draft) {
        return count("draft", draft);
    }

    DraftComment add(long draft, DraftComment comment) {
        CommentEntity row = CommentEntity.of(draft, comment);
        persistAndFlush(row);
        return row.comment();
    }
}
