package dev.vitrine.rulebook.publish;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A plain visit to many candidates, which differ in sku and price. */
public final class Crowd {
    private Crowd() {}

    public static Facts of(int candidates) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            all.add(new Candidate(
                    "sku-" + i,
                    null,
                    "one",
                    null,
                    "a/b",
                    null,
                    i,
                    i,
                    0.5,
                    1,
                    Set.of(),
                    1,
                    1,
                    1,
                    1,
                    false,
                    null,
                    null,
                    null,
                    1,
                    null,
                    null,
                    false,
                    0,
                    0,
                    false,
                    null,
                    null,
                    0,
                    null,
                    0,
                    null,
                    null));
        }
        return new Facts(
                new Shop(300, false, 12, Shop.THURSDAY),
                new Placement("home-page", 10, 2),
                new Page(null, null, null, null, null, 0),
                Shopper.NEWCOMER,
                Visit.JUST_BEGUN,
                Cart.WITHOUT_ITEMS,
                List.of(),
                all);
    }
}
