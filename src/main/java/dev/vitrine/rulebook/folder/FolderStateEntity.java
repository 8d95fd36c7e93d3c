package dev.vitrine.rulebook.folder;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code rules_folder}. */
@Entity
@Table(name = "rules_folder")
class FolderStateEntity {
    /** @param instance empty in rows of versions that did not store it */
    @Embeddable
    record Key(String instance, String folder) {}

    @EmbeddedId
    Key key;

    @JdbcTypeCode(SqlTypes.JSON)
    FolderState state;

    Instant at;
}
