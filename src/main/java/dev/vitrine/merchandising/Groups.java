package dev.vitrine.merchandising;

/** Functions that name a group of candidates: {@code shelf.cap( 0.3, ofBrand( "Nova" ) )}. No name is a word of a fact. */
public final class Groups {
    private Groups() {}

    public static Group taggedWith(String tag) {
        return Group.of("", tag, candidate -> candidate.tagged(tag));
    }

    public static Group inCategory(String path) {
        return Group.of("category", path, candidate -> candidate.within(path));
    }

    /** Candidates that are not within the category path, such as the page's. */
    public static Group outside(String path) {
        return Group.of("outside", path, candidate -> !candidate.within(path));
    }

    public static Group ofBrand(String brand) {
        return Group.of("brand", brand, candidate -> candidate.brand().equals(brand));
    }

    /** Candidates launched fewer than this many days ago. */
    public static Group newerThan(int days) {
        return Group.of("newer than", days + " days", candidate -> candidate.daysSinceLaunch() < days);
    }

    /** Candidates that visitors looked at fewer than this many times, as far back as the model learns: not popular yet. */
    public static Group viewedLessThan(int times) {
        return Group.of("viewed less than", times + " times", candidate -> candidate.views() < times);
    }

    /** Candidates whose margin is at least this share of the price, 0 to 1. */
    public static Group withMarginFrom(double margin) {
        return Group.of("margin from", Double.toString(margin), candidate -> candidate.margin() >= margin);
    }

    /** Candidates whose margin is below this share of the price, 0 to 1. */
    public static Group withMarginBelow(double margin) {
        return Group.of("margin below", Double.toString(margin), candidate -> candidate.margin() < margin);
    }

    /** Candidates whose margin is at least the first share of the price and below the second. */
    public static Group withMarginBetween(double from, double below) {
        return Group.of(
                "margin", from + " to " + below, candidate -> candidate.margin() >= from && candidate.margin() < below);
    }

    public static Group coveredBy(Campaign campaign) {
        return Group.of("campaign", campaign.name(), campaign::covers);
    }

    /** Candidates that do not complement the focus product or what is in the cart. */
    public static Group unrelated() {
        return Group.of("unrelated", "to what is looked at", candidate -> !candidate.complement());
    }

    public static Group complementsOfPage() {
        return complementsOf("the page's product", Anchor.PAGE);
    }

    public static Group complementsOfCart() {
        return complementsOf("the cart", Anchor.CART);
    }

    public static Group complementsOfLastOrder() {
        return complementsOf("the last order", Anchor.LAST_ORDER);
    }

    private static Group complementsOf(String what, Anchor anchor) {
        return Group.of("complements of", what, candidate -> candidate.complementOf(anchor));
    }

    /** The group, whose members take turns from visit to visit in its guaranteed places. */
    public static Group rotating(Group group) {
        return group.inTurns();
    }
}
