package dev.vitrine.decision;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.util.List;

/** Facts of a newcomer who has just come, for tests in which only placement and candidates matter. */
public final class PlainFacts {
    private PlainFacts() {}

    public static Facts of(String placement, List<Candidate> candidates) {
        return new Facts(
                new Shop(300, false, 12, Shop.THURSDAY),
                new Placement(placement, 10, 2),
                new Page(null, null, null, null, null, 0),
                Shopper.NEWCOMER,
                Visit.JUST_BEGUN,
                Cart.WITHOUT_ITEMS,
                List.of(),
                candidates);
    }
}
