package dev.vitrine;

/** Proofs that take too long for each run are run in part, and in full with {@code LONG_PROOFS=true}. */
public final class LongProofs {
    public static final boolean ALL = "true".equals(System.getenv("LONG_PROOFS"));

    private LongProofs() {}

    public static int of(int all, int part) {
        return ALL ? all : part;
    }
}
