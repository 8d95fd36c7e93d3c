package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.merchandising.Visit;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A busy visit to a shop that does not exist, for warming up a new edition. */
public final class SyntheticVisit {
    private static final int CANDIDATES = 50;
    /** The highest limit of a decision. */
    private static final int PLACES_MAX = 100;

    private SyntheticVisit() {}

    public static Facts facts() {
        return facts(CANDIDATES, 10);
    }

    /** With as many candidates and places as a decision can have. */
    static Facts largest() {
        return facts(Facts.CANDIDATES_MAX, PLACES_MAX);
    }

    private static Facts facts(int count, int places) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String sku = "synthetic-" + i;
            boolean bundle = i % 10 == 0;
            candidates.add(new Candidate(
                    sku,
                    bundle ? Kind.BUNDLE : Kind.PRODUCT,
                    "family-" + i / 3,
                    "Synthetic " + i,
                    "synthetic/category/" + i % 4,
                    "brand-" + i % 5,
                    5 * i,
                    i % 3 == 0 ? 6 * i : 5 * i,
                    0.1 * (i % 7),
                    i % 8,
                    i % 2 == 0 ? Set.of("core") : Set.of("clearance"),
                    i,
                    1.0 / i,
                    i,
                    1.0 / i,
                    i % 5 == 0,
                    i % 6 == 0 ? Set.of(Anchor.CART) : Set.of(),
                    i % 5 == 1 ? Set.of(Anchor.PAGE) : Set.of(),
                    i % 5 == 0 ? Set.of(Anchor.PAGE, Anchor.LAST_ORDER) : Set.of(),
                    i,
                    bundle ? List.of("synthetic-1", "synthetic-2") : List.of(),
                    bundle ? Set.of("family-0") : Set.of(),
                    i % 7 == 0,
                    i,
                    0.01 * i,
                    false,
                    Map.of("material", i % 2 == 0 ? "steel" : "wood", "weight", i + " kg"),
                    i % 5 + 0.5,
                    i,
                    0.1 * (i % 5),
                    i % 7 * 20,
                    null,
                    null));
        }
        return new Facts(
                new Shop(50, true, 10, DayOfWeek.SATURDAY),
                new Placement("product-page", places, 2),
                new Page(PageType.PRODUCT, "synthetic-1", "synthetic/category/1", "family-0", "brand-1", 50),
                new Shopper(
                        true,
                        5,
                        2,
                        900,
                        3,
                        3,
                        700,
                        "synthetic/category/2",
                        "synthetic-7",
                        Set.of("synthetic/category/2"),
                        Map.of("synthetic/category/2", 0.8),
                        Map.of("synthetic/category/3", 0.5),
                        Map.of("family-1", new Shopper.Bought(3, 40, 30)),
                        Set.of("vip"),
                        Set.of("synthetic/category/2")),
                new Visit(
                        "search-ads",
                        9,
                        240,
                        40,
                        30,
                        7,
                        6,
                        2,
                        "synthetic/category/1",
                        4,
                        2,
                        "family-0",
                        3,
                        2,
                        1,
                        Set.of("gift"),
                        1,
                        1,
                        1,
                        2,
                        1,
                        1,
                        Set.of("gift-wrap"),
                        Set.of("synthetic-2"),
                        Set.of("synthetic-3"),
                        Device.MOBILE,
                        "DE",
                        "de",
                        Map.of("weather", "rain", "temperature", "4")),
                new Cart(1, 40, 40, Set.of("synthetic-4"), Set.of("synthetic/category/0")),
                List.of(new Campaign(
                        "synthetic",
                        Theme.SPEND_AND_SAVE,
                        Mode.PROMO,
                        1,
                        true,
                        9,
                        100,
                        60,
                        Set.of("clearance"),
                        Set.of(),
                        Set.of(),
                        "synthetic",
                        "free shipping")),
                candidates);
    }
}
