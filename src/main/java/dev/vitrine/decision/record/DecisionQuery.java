package dev.vitrine.decision.record;

import java.time.Instant;

/**
 * What a search looks for; what is null is no matter.
 *
 * @param shopper as the storefront knows it
 * @param sku a product that was shown
 * @param rule a rule that had an effect, by its exact name
 * @param from the earliest moment
 * @param to the first moment that is too late
 * @param before where a page ended; the next one begins there
 */
public record DecisionQuery(
        String visit,
        String shopper,
        String sku,
        String placement,
        String rule,
        Instant from,
        Instant to,
        Cursor before,
        int limit) {
    /** The place of a decision among all. */
    public record Cursor(Instant at, String id) {
        private static final char BETWEEN = '~';

        /** @throws IllegalArgumentException where it is none */
        public static Cursor of(String text) {
            int between = text.indexOf(BETWEEN);
            if (between < 0) {
                throw new IllegalArgumentException("no cursor");
            }
            return new Cursor(Instant.parse(text.substring(0, between)), text.substring(between + 1));
        }

        @Override
        public String toString() {
            return at + String.valueOf(BETWEEN) + id;
        }
    }

    boolean ofSomebody() {
        return visit != null || shopper != null;
    }
}
