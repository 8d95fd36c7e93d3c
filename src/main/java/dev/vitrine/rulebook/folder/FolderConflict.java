package dev.vitrine.rulebook.folder;

/** A file changed in the folder and by an edition. Nothing is lost; the edition's text serves until somebody decides. */
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
