package dev.vitrine.merchandising;

/**
 * Names what the shelf is kept diverse by: {@code shelf.atMost( 2, ofEachBrand() )}. No name here may be a word of a fact.
 */
public final class Variety {
    private Variety() {}

    /** Of each brand; what has none is not counted. */
    public static DiversityKey ofEachBrand() {
        return DiversityKey.BRAND;
    }

    /** Of each category, that is of each path as a whole; what has none is not counted. */
    public static DiversityKey ofEachCategory() {
        return DiversityKey.CATEGORY;
    }

    /** Of each family: of the variants of one thing. */
    public static DiversityKey ofEachFamily() {
        return DiversityKey.FAMILY;
    }
}
