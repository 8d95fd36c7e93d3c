package dev.vitrine.rulebook.edition;

/** Draws a share of visits or shoppers, the same ones whenever it is asked. */
public final class StickyShare {
    private static final double STEPS = 0x1p53;

    private StickyShare() {}

    /**
     * Where a key stands between 0 and 1: those that stand below a share are in it. Each salt draws anew. FNV-1a, then the
     * finaliser of SplitMix64 (Steele, Lea and Flood 2014): keys that differ in their last digit must fall far from each other.
     */
    public static double place(String key, long salt) {
        long hash = 0xcbf29ce484222325L ^ salt;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> 11) / STEPS;
    }
}
