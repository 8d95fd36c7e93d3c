package dev.vitrine.merchandising;

/**
 * Names groups of candidates, for {@code guarantee} and {@code cap}: {@code shelf.cap( 0.3, ofBrand( "Nova" ) )}. No name
 * here may be a word of a fact: rules use both, without an import.
 */
public final class Groups {
    private Groups() {}

    /** Candidates that carry the tag. */
    public static Group taggedWith(String tag) {
        return new Group(Group.By.TAG, tag);
    }

    /** Candidates within the category path. */
    public static Group inCategory(String path) {
        return new Group(Group.By.CATEGORY, path);
    }

    /** Candidates of the brand. */
    public static Group ofBrand(String brand) {
        return new Group(Group.By.BRAND, brand);
    }

    /** Candidates launched fewer than this many days ago. */
    public static Group newerThan(int days) {
        return new Group(Group.By.NEWER_THAN_DAYS, Integer.toString(days));
    }

    /** Candidates whose margin is at least this share of the price, 0 to 1. */
    public static Group withMarginFrom(double margin) {
        return new Group(Group.By.MARGIN_FROM, Double.toString(margin));
    }
}
