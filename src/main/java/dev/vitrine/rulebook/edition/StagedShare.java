package dev.vitrine.rulebook.edition;

/** A share, 0 to 1, of the visits that an edition gets. */
public record StagedShare(Edition edition, double share) {
    /** Stays yes while the share grows. Independent between editions, so that others get new rules first each time. */
    public boolean takes(String visitor) {
        return StickyShare.place(visitor, edition.number()) < share;
    }
}
