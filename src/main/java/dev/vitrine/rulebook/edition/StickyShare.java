package dev.vitrine.rulebook.edition;

/** Draws a share of visits or shoppers; the result for a key is always the same. */
public final class StickyShare {
    private static final double STEPS = 0x1p53;

    private StickyShare() {}

    /**
     * From 0 to 1: FNV-1a, then the finaliser of SplitMix64 (Steele, Lea and Flood 2014), so that like keys are far apart.
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
