package dev.vitrine.rulebook;

/** Lets the one who waits for a decision tell the rules that nobody waits any more. */
public class Stop {
    private volatile boolean asked;

    public void ask() {
        asked = true;
    }

    public boolean asked() {
        return asked;
    }

    /** Thrown out of the rules when they are to stop. */
    static final class Asked extends RuntimeException {
        private static final long serialVersionUID = 1;

        Asked() {
            super("stopped", null, false, false);
        }
    }
}
