package dev.vitrine.merchandising;

/**
 * Names what the shelf is kept diverse by: {@code shelf.atMost( 2, ofEachBrand() )}. No name here may be a word of a fact.
 */
public final class Variety {
    private Variety() {}

    /** Of each brand; what has none is not counted. */
    public static Each ofEachBrand() {
        return Each.BRAND;
    }

    /** Of each category, that is of each path as a whole; what has none is not counted. */
    public static Each ofEachCategory() {
        return Each.CATEGORY;
    }

    /** Of each family: of the variants of one thing. */
    public static Each ofEachFamily() {
        return Each.FAMILY;
    }
}
