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
    /** It was no candidate. */
    NOT_PROPOSED,
    /** What was recorded does not say. */
    UNKNOWN
}
