package dev.vitrine.imports;

/** Ends an import because the file or the service cannot be used. The user sees its message. */
final class ImportFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImportFailure(String message) {
        super(message, null, false, false);
    }
}
