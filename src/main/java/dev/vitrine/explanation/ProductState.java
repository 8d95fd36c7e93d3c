package dev.vitrine.explanation;

/** What became of a product at a decision. */
enum ProductState {
    SHOWN,
    /** A rule kept it off the shelf; or, without rules, it is what never is right to show. */
    HIDDEN,
    /** Others scored higher. */
    OUTRANKED,
    /** Its score would do, but a guarantee, a limit, a pin or a display took its place. */
    SQUEEZED_OUT,
    /**
     * A guarantee gives places to its group over an hour or a day, or by turns; others had them in this decision, or enough had
     * been shown by then.
     */
    NOT_ITS_TURN,
    /** It was no candidate. */
    NOT_PROPOSED,
    /** What was recorded does not say, or does not agree with what the rules say of it today. */
    UNKNOWN
}
