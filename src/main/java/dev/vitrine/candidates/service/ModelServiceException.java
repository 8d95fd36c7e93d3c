package dev.vitrine.candidates.service;

import java.time.Duration;

/** The shop's service has no candidates for this decision. The message says why, and names no address. */
public final class ModelServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    ModelServiceException(Outcome outcome, String message) {
        // it is a result that is told and counted; a stack would say nothing, for each of many calls
        super(message, null, false, false);
        this.outcome = outcome;
    }

    static ModelServiceException late(Duration waited) {
        return new ModelServiceException(
                Outcome.TIME_OUT, "the model service did not answer within " + waited.toMillis() + " ms");
    }

    /** How a call ended. */
    enum Outcome {
        ANSWERED,
        TIME_OUT,
        UNREACHABLE,
        /** Status 5xx. */
        SERVER_ERROR,
        /** Another status that is not 2xx. */
        REFUSED,
        TOO_LARGE,
        UNREADABLE,
        TOO_MANY_CALLS,
        CIRCUIT_OPEN
    }

    Outcome outcome() {
        return outcome;
    }
}
