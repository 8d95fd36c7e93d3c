package dev.vitrine.rulebook.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/** What the rules folder held when it was last in step with the editions: hashes of texts by path, and conflicts. */
public record FolderState(Map<String, String> files, Map<String, Conflict> conflicts) {
    /** {@code mine} and {@code theirs} are hashes of the folder's and the edition's text, absent where it was deleted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Conflict(int edition, String mine, String theirs, boolean beside) {}

    public record Remembered(FolderState state, Instant at) {}
}
