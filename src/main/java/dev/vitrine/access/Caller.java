package dev.vitrine.access;

import jakarta.enterprise.context.RequestScoped;

/** Who makes the call that is being answered. */
@RequestScoped
public class Caller {
    private Identity identity = Identity.nobody("");

    /** The name of the key, or of the person in a token; empty for a call without either. */
    public String name() {
        return identity.name();
    }

    public String address() {
        return identity.address();
    }

    /** Whether the answer may tell what is stored of a single shopper. */
    public boolean seesShoppers() {
        return identity.role() != null && identity.role().seesShoppers();
    }

    void is(Identity identity) {
        this.identity = identity;
    }
}
