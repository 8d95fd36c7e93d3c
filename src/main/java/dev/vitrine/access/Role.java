package dev.vitrine.access;

/** What a key is good for. */
public enum Role {
    /** Changes the shop's policy: publishes and restores editions of the rule book, reads the audit log. */
    MERCHANDISER,
    /** Asks for decisions and tells of events. Such calls ask for no key yet; a key of this role opens nothing else. */
    STOREFRONT
}
