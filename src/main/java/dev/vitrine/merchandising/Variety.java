package dev.vitrine.merchandising;

/**
 * Functions that name by what the shelf is kept diverse: {@code shelf.atMost( 2, ofEachBrand() )}. No name here may be a
 * word of a fact.
 */
public final class Variety {
    private Variety() {}

    /** Of each brand; a candidate without one is not counted. */
    public static DiversityKey ofEachBrand() {
        return DiversityKey.BRAND;
    }

    /** Of each category (the whole path); a candidate without one is not counted. */
    public static DiversityKey ofEachCategory() {
        return DiversityKey.CATEGORY;
    }

    /** Of each neighbourhood: of all categories that lie side by side, such as {@code sport/yoga/mats} and its sisters. */
    public static DiversityKey ofEachNeighbourhood() {
        return DiversityKey.NEIGHBOURHOOD;
    }

    /** Of each family: of the variants of one product. */
    public static DiversityKey ofEachFamily() {
        return DiversityKey.FAMILY;
    }
}
