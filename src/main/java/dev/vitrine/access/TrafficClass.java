package dev.vitrine.access;

/** Calls that share limits, so that a flood of one kind leaves room for the others. */
enum TrafficClass {
    DECISIONS,
    EVENTS,
    /** Everything that people and their tools ask for: rules, campaigns, reports, products. */
    MANAGEMENT,
    /** What needs no key: health and the API's description. */
    PUBLIC
}
