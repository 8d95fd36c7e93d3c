package dev.vitrine.rulebook.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * What the rules folder held when it was last in step with the editions.
 *
 * @param files hashes of texts by path
 * @param conflicts files that were changed on both sides, by path
 */
public record FolderState(Map<String, String> files, Map<String, Conflict> conflicts) {
    /**
     * A file that was changed in the folder and by a published edition.
     *
     * @param edition the edition whose text continues to serve
     * @param mine hash of the folder's text, absent where it was deleted there
     * @param theirs hash of the edition's text, absent where it was deleted there
     * @param beside whether the edition's text could be put beside the file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Conflict(int edition, String mine, String theirs, boolean beside) {}

    /** A state as it was stored at that time. */
    public record Remembered(FolderState state, Instant at) {}
}
