package dev.vitrine.rulebook;

/**
 * A share of the visits that an edition gets.
 *
 * @param share 0 to 1
 */
record StagedShare(Edition edition, double share) {
    private static final double STEPS = 0x1p53;

    /**
     * Whether this visitor is in the share: the same visitor always is or is not, one who is stays so while the share
     * grows, and each edition draws anew, so that it is not always the same shoppers who are tried on.
     */
    boolean takes(String visitor) {
        return place(visitor, edition.number()) < share;
    }

    /** FNV-1a, then the last step of splitmix64: keys that differ in their last digit must fall far from each other. */
    static double place(String visitor, int salt) {
        long hash = 0xcbf29ce484222325L ^ salt;
        for (int i = 0; i < visitor.length(); i++) {
            hash = (hash ^ visitor.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> 11) / STEPS;
    }
}
