package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * What the shelf shows in place of a plain ranking. When rules ask for several, the first in the order of {@link Type} is
 * shown: a display with fewer products keeps a decided shopper's attention better.
 *
 * @param type what to show
 * @param count how many products, for a comparison; 0 otherwise
 * @param subject category path of a comparison; sku of a bundle, an article or of what is reinforced; "" otherwise
 */
public record Display(Type type, int count, String subject) {
    /** Kinds of display, in the order in which they win. */
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
}
