package dev.vitrine.rulebook.edition;

/**
 * A share of the visits that an edition gets.
 *
 * @param share 0 to 1
 */
public record StagedShare(Edition edition, double share) {
    /**
     * Whether this visitor is in the share: the same visitor always is or is not, one who is stays so while the share
     * grows, and each edition draws anew, so that it is not always the same shoppers who are tried on.
     */
    public boolean takes(String visitor) {
        return StickyShare.place(visitor, edition.number()) < share;
    }
}
