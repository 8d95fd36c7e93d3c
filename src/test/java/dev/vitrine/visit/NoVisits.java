package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import java.time.Clock;

/** Where nothing is known of any visit or shopper, for tests of other rooms. */
public final class NoVisits {
    private NoVisits() {}

    public static Visits visits() {
        return new Visits(new Catalog(), null, Shop.config(1, 1), Clock.systemUTC());
    }
}
