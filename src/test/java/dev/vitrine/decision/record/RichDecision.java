package dev.vitrine.decision.record;

import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.decision.context.DecisionAnswer.ReadingPart;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.settlement.Reason;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.decision.settlement.SettlementResult.Hidden;
import dev.vitrine.decision.settlement.SettlementResult.Limited;
import dev.vitrine.decision.settlement.SettlementResult.Shortfall;
import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Display;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A decision that uses every field; its sets have one element each, because sets have no order. */
final class RichDecision {
    static final String ID = "01931a3e-8c00-7abc-9def-0123456789ab";
    static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456Z");

    private RichDecision() {}

    /** What the catalog has of it. */
    static Product product() {
        return new Product(
                "mat-blue",
                Kind.PRODUCT,
                "mat",
                "Yoga mat, blue",
                "sport/yoga/mats",
                "Asana",
                30,
                40,
                10.0,
                "EUR",
                5,
                Set.of("core"),
                List.of(),
                Map.of("size", "L"),
                Instant.parse("2026-01-01T00:00:00Z"),
                null,
                0,
                null);
    }

    static AnsweredDecision answered() {
        return new AnsweredDecision(
                new DecisionContext(
                        "visit \t\\ \"1\" é€😀", "shopper", AT, facts(), List.of(new LeftOut("gone", "is not there"))),
                null,
                settlement(),
                List.of(),
                answer());
    }

    private static SettlementResult settlement() {
        return new SettlementResult(
                Display.RANKING,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Hidden("hidden", 7, List.of("What is \"sold out\"\nis hidden"))));
    }

    private static DecisionAnswer answer() {
        return new DecisionAnswer(
                ID,
                3,
                "rules",
                new DecisionModule.Comparison(
                        List.of("A rule"), "sport/yoga/mats", Map.of("size", Map.of("mat-blue", "L"))),
                List.of(
                        new Item("mat-blue", 1, 1.35, 1, 0, List.of(new Reason("model", "rank 1"))),
                        new Item("extra", 2, 0, null, null, List.of(new Reason("A rule", "pin 2")))),
                List.of(new ReadingPart("gift", "home", 0.8, "c:\\path\u0001", "A reading")),
                List.of(new Shortfall(List.of("A promise"), "core", 2, 1, "too few")),
                List.of(new Limited(List.of("A cap"), "sale", 1, 4)),
                List.of(new LeftOut("gone", "is not there")),
                new Degraded(Degraded.RULE_FAILED, "left out", List.of("A rule")),
                1234,
                new DecisionAnswer.CampaignPart("clearance-1", "Clearance", "half price"));
    }

    private static Facts facts() {
        return new Facts(
                new Shop(300, false, 12, Shop.SUNDAY),
                new Placement("product-page", 10, 2),
                new Page(PageType.PRODUCT, "mat-blue", "sport/yoga/mats", "mat", "Asana", 30, 0.625, true),
                new Shopper(
                        true,
                        6,
                        2,
                        420.5,
                        4,
                        20,
                        129,
                        "sport",
                        "shoe",
                        Set.of("sport"),
                        Map.of("sport", 0.25),
                        Map.of("home", 1e-9),
                        Map.of("mat", new Shopper.Bought(2, 3, 4.5)),
                        Set.of("vip"),
                        Set.of("sport")),
                new Visit(
                        "search",
                        9,
                        240.5,
                        30,
                        26.7,
                        7,
                        6,
                        2,
                        "home/bath",
                        2,
                        1,
                        "razor",
                        2,
                        3,
                        1,
                        Set.of("wörd"),
                        1,
                        1,
                        2,
                        3,
                        1,
                        1,
                        Set.of("gift-wrap"),
                        Set.of("mat-blue"),
                        Set.of("shown"),
                        Device.MOBILE,
                        "DE",
                        "de",
                        Map.of("weather", "rain")),
                new Cart(2, 78, 49, Set.of("razor-1"), Set.of("home/bath")),
                List.of(new Campaign(
                        "Clearance",
                        Theme.CLEARANCE,
                        Mode.PROMO,
                        2,
                        true,
                        24,
                        50,
                        12.5,
                        Set.of("clearance"),
                        Set.of("home"),
                        Set.of("mat-blue"),
                        "clearance-1",
                        "half price")),
                List.of(
                        new Candidate.Builder("mat-blue")
                                .family("mat")
                                .name("Yoga mat, blue")
                                .category("sport/yoga/mats")
                                .brand("Asana")
                                .price(30)
                                .listPrice(40)
                                .margin(2 / 3.0)
                                .stock(5)
                                .tags(Set.of("new", "core", "a \"quoted\" one"))
                                .daysSinceLaunch(325)
                                .score(0.9)
                                .rank(1)
                                .relevance(1)
                                .sellerRank(3)
                                .attributes(Map.of("size", "L"))
                                .build(),
                        new Candidate.Builder("set")
                                .kind(Kind.BUNDLE)
                                .family("sets")
                                .name("Set\u2028of two\\")
                                .brand("Föhn")
                                .category("sport")
                                .price(50)
                                .margin(-0.5)
                                .stock(1)
                                .daysSinceLaunch(0)
                                .score(1e-70)
                                .rank(2)
                                .relevance(0.125)
                                .complement(true)
                                .fitsTo(Set.of(Anchor.PAGE, Anchor.LAST_ORDER))
                                .priceLevel(0.75)
                                .parts(List.of("mat-blue", "other"))
                                .partFamilies(Set.of("mat", "other"))
                                .attributes(Map.of("weight", "0.8 kg"))
                                .rating(4.5)
                                .reviews(12)
                                .returnRate(0.02)
                                .secondsViewed(75)
                                .build(),
                        new Candidate.Builder("extra").price(9.99).extra(true).build()));
    }
}
