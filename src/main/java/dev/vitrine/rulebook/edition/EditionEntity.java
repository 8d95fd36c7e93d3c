package dev.vitrine.rulebook.edition;

import static java.util.Objects.requireNonNull;

import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code edition}. */
@Entity
@Table(name = "edition")
class EditionEntity {
    @Id
    int number;

    Instant publishedAt;
    String author;
    String note;
    String hash;

    @JdbcTypeCode(SqlTypes.JSON)
    List<RuleFile> files;

    @JdbcTypeCode(SqlTypes.JSON)
    List<RuleChange> changes;

    @JdbcTypeCode(SqlTypes.JSON)
    List<RuleProblem> warnings;

    @Enumerated(EnumType.STRING)
    StoredEdition.State state;

    /** @throws NullPointerException when a file is missing, or its path or text */
    StoredEdition edition() {
        files.forEach(file -> {
            requireNonNull(file.path());
            requireNonNull(file.text());
        });
        return new StoredEdition(number, publishedAt, author, note, hash, files, changes, warnings, state);
    }
}
