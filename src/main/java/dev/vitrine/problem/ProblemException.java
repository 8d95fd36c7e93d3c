package dev.vitrine.problem;

/** A request that is refused, with the field that is wrong. It is answered with 400 unless it has another status. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final int status;

    public ProblemException(String field, String message) {
        this(400, field, message);
    }

    public ProblemException(int status, String field, String message) {
        // no stack trace: this is the caller's mistake and never logged
        super(message, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** Path of the field, or null if no single field is wrong. */
    public String field() {
        return field;
    }

    public int status() {
        return status;
    }
}
