package dev.vitrine.access;

/** What a key allows. */
public enum Role {
    /** Changes the shop's policy: publishes and restores editions of the rule book, reads the audit log. */
    MERCHANDISER,
    /** Asks for decisions and sends events. These calls need no key yet; a key of this role allows nothing else. */
    STOREFRONT
}
