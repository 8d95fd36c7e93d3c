package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * What the shelf shows in place of a plain ranking. When rules ask for several, the first in the order of {@link Type}
 * is shown (our choice: what shows less to a decided shopper comes first).
 *
 * @param type what to show
 * @param count how many products, for a comparison; 0 otherwise
 * @param subject category path of a comparison; sku of a bundle, an article or of what is reinforced; "" otherwise
 */
public record Display(Type type, int count, String subject) {
    /** Kinds of display, the one that wins first. */
    public enum Type {
        NONE,
        REINFORCE,
        BUNDLE,
        COMPARISON,
        ARTICLE,
        RANKING
    }

    /** What is shown when no rule asks for anything else. */
    public static final Display RANKING = new Display(Type.RANKING, 0, "");

    public Display {
        subject = requireNonNullElse(subject, "");
        if (type == Type.COMPARISON && (count < 2 || count > 10)) {
            throw new IllegalArgumentException("a comparison shows 2 to 10 products, not " + count);
        }
    }

    /** The best sellers of a category side by side. */
    public static Display comparison(int count, String category) {
        return new Display(Type.COMPARISON, count, category);
    }

    /** This bundle: its parts, the price of all, and what is saved. */
    public static Display bundle(Candidate bundle) {
        return new Display(Type.BUNDLE, 0, bundle.sku());
    }

    /** This review or guide. */
    public static Display article(Candidate article) {
        return new Display(Type.ARTICLE, 0, article.sku());
    }

    /** Nothing but a stronger "add to cart" for this product. */
    public static Display reinforce(String sku) {
        return new Display(Type.REINFORCE, 0, sku);
    }

    /** Nothing at all. */
    public static Display nothing() {
        return new Display(Type.NONE, 0, "");
    }
}
