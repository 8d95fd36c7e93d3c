package dev.vitrine.merchandising;

/** Functions that name a display. No name here may be a word of a fact, because rules use both without an import. */
public final class Displays {
    private Displays() {}

    /** The best sellers of a category side by side. */
    public static Display comparison(int count, String category) {
        return new Display(Display.Type.COMPARISON, count, category);
    }

    /** This bundle: its parts, the total price, and the saving. */
    public static Display bundle(Candidate bundle) {
        return new Display(Display.Type.BUNDLE, 0, bundle.sku());
    }

    public static Display article(Candidate article) {
        return new Display(Display.Type.ARTICLE, 0, article.sku());
    }

    /** Only a stronger "add to cart" for this product. */
    public static Display reinforce(String sku) {
        return new Display(Display.Type.REINFORCE, 0, sku);
    }

    public static Display nothing() {
        return new Display(Display.Type.NONE, 0, "");
    }
}
