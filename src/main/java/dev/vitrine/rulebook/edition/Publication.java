package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Audit;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;

/** Who publishes, why, and from where: an address, or {@code folder}. */
public record Publication(String author, String note, String origin) {
    public static final String FOLDER = Audit.FOLDER;

    public Publication withDefaultNote(String other) {
        return note.isEmpty() ? new Publication(author, other, origin) : this;
    }

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Published(
            @JsonInclude(JsonInclude.Include.ALWAYS) int edition,
            boolean unchanged,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<RuleProblem> warnings) {}

    /** An edition that is live but not stored yet, and its audit entry. */
    public record Unsaved(StoredEdition edition, Audit.Entry entry) {}
}
