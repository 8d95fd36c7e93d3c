package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;

/** Files, or rules of them, that somebody else has changed since the edition that an editor began with. */
public final class EditConflictException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Change> changes;

    /**
     * What both changed: a file, or one rule of it. {@code base} and {@code live} are absent where the edition has no such file or
     * rule. {@code before} is what an undo would have brought back.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String path, String rule, int edition, String author, String base, String live, String before) {
        public Change(String path, int edition, String author, String base, String live) {
            this(path, null, edition, author, base, live, null);
        }

        private String named() {
            return (rule == null ? "" : "\"" + rule + "\" in ") + "'" + path + "'";
        }
    }

    public EditConflictException(int base, List<Change> changes) {
        super(changes.stream()
                .map(change ->
                        change.named() + " was changed by edition " + change.edition() + " (" + change.author() + ")")
                .collect(Collectors.joining(", ", "", " since edition " + base + "; nothing was published")));
        this.changes = List.copyOf(changes);
    }

    public List<Change> changes() {
        return changes;
    }
}
