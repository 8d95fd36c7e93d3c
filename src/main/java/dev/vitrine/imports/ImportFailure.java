package dev.vitrine.imports;

/** Something that ends an import: the file or the service cannot be used. Its message is all that the user needs. */
final class ImportFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImportFailure(String message) {
        super(message, null, false, false);
    }
}
