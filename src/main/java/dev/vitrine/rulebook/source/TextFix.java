package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of the text that cures a problem. */
@Schema(description = "A change of the text that cures a problem")
public record TextFix(@Schema(examples = "Write 'price'") String title, List<TextEdit> edits) {
    /**
     * New text for a part of a file. Lines and columns are from 1 and count UTF-16 units; the end is not part of it.
     *
     * @param file null for the file of the problem
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "New text for a part of a file; lines and columns are from 1, and the end is not part of it")
    public record TextEdit(
            @Schema(description = "The file, where it is not that of the problem") String file,
            int line,
            int column,
            int endLine,
            int endColumn,
            String newText) {
        public static TextEdit at(int line, int column, int endColumn, String newText) {
            return new TextEdit(null, line, column, line, endColumn, newText);
        }
    }
}
