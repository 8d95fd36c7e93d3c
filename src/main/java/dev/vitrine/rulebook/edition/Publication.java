package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Audit;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who publishes, why, and from where: an address, or {@code folder}.
 *
 * @param accept why lists may become worse ({@link Reach.Harm}); null where nobody has said so
 */
public record Publication(String author, String note, String origin, String accept) {
    public static final String FOLDER = Audit.FOLDER;

    public Publication(String author, String note, String origin) {
        this(author, note, origin, null);
    }

    public Publication accepting(String reason) {
        return new Publication(author, note, origin, reason);
    }

    public Publication withDefaultNote(String other) {
        return note.isEmpty() ? new Publication(author, other, origin, accept) : this;
    }

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Published(
            @JsonInclude(JsonInclude.Include.ALWAYS) int edition,
            boolean unchanged,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "What is odd about the files of this change")
                    List<RuleProblem> warnings,
            @JsonInclude(JsonInclude.Include.ALWAYS)
                    @Schema(description = "What is odd about other files, as it was before this change")
                    List<RuleProblem> known,
            @Schema(
                            description =
                                    "What each new, changed or deleted rule does to recent lists; absent where no rule was")
                    Reach reach) {}

    /** An edition that is live but not stored yet, and its audit entry. */
    public record Unsaved(StoredEdition edition, Audit.Entry entry) {}
}
