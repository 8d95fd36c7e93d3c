package dev.vitrine.storage;

/**
 * The connection was lost while a transaction was committed, and nobody could tell since whether it was. What it changed may
 * be in the database; the refreshes bring it into memory then.
 */
public final class OutcomeUnknownException extends DatabaseUnavailableException {
    private static final long serialVersionUID = 1;

    OutcomeUnknownException(Throwable cause) {
        this(
                "The database did not say whether it made the change; it may have. Read it back before you send it again",
                cause);
    }

    private OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same for who knows what was to be stored, and how to find out: {@code GET /rulebook/editions/7}. */
    public OutcomeUnknownException about(String what, String howToFindOut) {
        return new OutcomeUnknownException(
                "The database did not say whether it stored " + what + "; it may have. " + howToFindOut, this);
    }
}
