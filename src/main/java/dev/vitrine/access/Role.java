package dev.vitrine.access;

import java.util.Arrays;
import java.util.Optional;

/** What a key allows, the least first. The calls of each role are in {@link Permissions}. */
public enum Role {
    /** The shop's own pages: asks for decisions and sends events. */
    STOREFRONT,
    /** Reads reports and explanations. Changes nothing, and sees no shopper's history. */
    ANALYST,
    /** Changes the shop's policy: rules and campaigns. Sees decisions and what explains them, but no shopper's history. */
    MERCHANDISER,
    /** May do everything: products, the model, keys, shoppers and the whole audit log, too. */
    OPERATOR;

    /** Empty for what a newer version may have stored. */
    static Optional<Role> of(String name) {
        return Arrays.stream(values()).filter(role -> role.name().equals(name)).findFirst();
    }

    /** Whether this role may see what is stored of a single shopper. */
    public boolean seesShoppers() {
        return this == OPERATOR;
    }
}
