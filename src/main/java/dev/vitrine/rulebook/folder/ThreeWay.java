package dev.vitrine.rulebook.folder;

import java.util.Objects;

/** Compares a file in the folder, in the latest edition, and as both last agreed. The side that changed it wins. */
enum ThreeWay {
    IN_STEP,
    /** The folder was changed: publish what it holds. */
    FOLDER_AHEAD,
    /** An edition was published: write what it holds into the folder. */
    EDITION_AHEAD,
    CONFLICT;

    /** All three are hashes of texts, or null for a missing file; {@code base} is when both were last in step. */
    static ThreeWay of(String base, String folder, String edition) {
        if (Objects.equals(folder, edition)) {
            return IN_STEP;
        }
        if (Objects.equals(edition, base)) {
            return FOLDER_AHEAD;
        }
        return Objects.equals(folder, base) ? EDITION_AHEAD : CONFLICT;
    }
}
