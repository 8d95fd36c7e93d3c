package dev.vitrine.rulebook.edition;

/**
 * A share of the visits that an edition gets.
 *
 * @param share 0 to 1
 */
public record StagedShare(Edition edition, double share) {
    /**
     * Whether this visitor is in the share. The answer for a visitor is always the same, stays yes while the share grows, and
     * is independent between editions, so that it is not always the same shoppers who get new rules first.
     */
    public boolean takes(String visitor) {
        return StickyShare.place(visitor, edition.number()) < share;
    }
}
