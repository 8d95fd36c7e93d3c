package dev.vitrine.rulebook.folder;

/**
 * A file that was changed in the rules folder and by a published edition: nothing is lost, and the edition's text serves
 * until somebody decides.
 *
 * @param path the file, as the folder's editor left it
 * @param edition the edition whose text continues to serve
 * @param beside the file beside it that holds the edition's text
 * @param message what happened, and how to end it
 */
public record FolderConflict(String path, int edition, String beside, String message) {
    static FolderConflict of(String path, int edition, String beside) {
        return new FolderConflict(
                path,
                edition,
                beside,
                "'" + path + "' was changed in the rules folder and by edition " + edition + "; edition " + edition
                        + "'s text continues to serve and stands in '" + beside + "'. To publish the folder's, save '"
                        + path
                        + "' again or delete '" + beside + "'; to keep the edition's, copy it over '" + path + "'.");
    }
}
