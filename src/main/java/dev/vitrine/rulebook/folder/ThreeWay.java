package dev.vitrine.rulebook.folder;

import java.util.Objects;

/**
 * The result of comparing a file in the folder, in the latest edition, and as it was when both were last the same. The side
 * that changed it wins; if both did, it is a conflict.
 */
enum ThreeWay {
    /** Both are the same. */
    IN_STEP,
    /** The folder was changed: publish what it holds. */
    FOLDER_AHEAD,
    /** An edition was published: write what it holds into the folder. */
    EDITION_AHEAD,
    /** Both were changed, to different texts. */
    CONFLICT;

    /**
     * All three are hashes of texts, or null for a missing file.
     *
     * @param base the text when both were last in step
     * @param folder the text in the folder now
     * @param edition the text in the edition published last
     */
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
