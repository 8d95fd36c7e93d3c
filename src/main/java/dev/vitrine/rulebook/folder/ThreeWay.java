package dev.vitrine.rulebook.folder;

import java.util.Objects;

/**
 * What a file asks for when the folder and the editions are two editors of one truth: whoever changed it since both said
 * the same has their way, and when both did, neither.
 */
enum ThreeWay {
    /** Both say the same. */
    IN_STEP,
    /** The folder was changed: publish what it holds. */
    FOLDER_AHEAD,
    /** An edition was published: write what it holds into the folder. */
    EDITION_AHEAD,
    /** Both were changed, and not to the same. */
    CONFLICT;

    /**
     * Each a hash of the text, null where there is no file.
     *
     * @param base what both said when they were last in step
     * @param folder what the folder says now
     * @param edition what the edition published last says
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
