package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Audit;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who publishes, why, and from where: an address, or {@code folder}. */
public record Publication(String author, String note, String origin) {
    public static final String FOLDER = Audit.FOLDER;

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Published(
            @JsonInclude(JsonInclude.Include.ALWAYS) int edition,
            boolean unchanged,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "What is odd about the files of this change")
                    List<RuleProblem> warnings,
            @JsonInclude(JsonInclude.Include.ALWAYS)
                    @Schema(description = "What is odd about other files, as it was before this change")
                    List<RuleProblem> known) {}

    /** An edition that is live but not stored yet, and its audit entry. */
    public record Unsaved(StoredEdition edition, Audit.Entry entry) {}
}
