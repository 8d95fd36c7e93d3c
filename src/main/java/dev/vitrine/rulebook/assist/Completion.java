package dev.vitrine.rulebook.assist;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What can be written at a place. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "What can be written at the place")
public record Completion(
        String label,
        Kind kind,
        @Schema(description = "In a word or two, such as a type or a number of products") String detail,
        @Schema(description = "What it means, in Markdown") String documentation,
        TextEdit edit) {
    /** What it is. */
    public enum Kind {
        KEYWORD,
        FACT,
        WORD,
        OPERATOR,
        VALUE,
        VERB,
        FUNCTION,
        NAME,
        RULE
    }
}
