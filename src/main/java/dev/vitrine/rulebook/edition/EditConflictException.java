package dev.vitrine.rulebook.edition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;

/** Files that somebody else has changed since the edition that an editor began with. */
public final class EditConflictException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Change> changes;

    /** A file that both changed; {@code base} and {@code live} are absent where the edition has no such file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(String path, int edition, String author, String base, String live) {}

    public EditConflictException(int base, List<Change> changes) {
        super(changes.stream()
                .map(change -> "'" + change.path() + "' was changed by edition " + change.edition() + " ("
                        + change.author() + ")")
                .collect(Collectors.joining(", ", "", " since edition " + base + "; nothing was published")));
        this.changes = List.copyOf(changes);
    }

    public List<Change> changes() {
        return changes;
    }
}
