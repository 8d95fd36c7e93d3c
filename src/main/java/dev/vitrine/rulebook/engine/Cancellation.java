package dev.vitrine.rulebook.engine;

import java.time.Duration;

/** Lets the one who waits for a decision tell the rules that nobody waits any more. */
public class Cancellation {
    private volatile boolean cancelled;

    /**
     * One that asks by itself when so much time has passed. It looks at the time whenever it is asked, which costs more than
     * a decision of the shop is to pay.
     */
    public static Cancellation after(Duration time) {
        return new Timed(time);
    }

    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private static final class Timed extends Cancellation {
        private final long begin = System.nanoTime();
        private final long length;

        Timed(Duration time) {
            this.length = time.toNanos();
        }

        @Override
        public boolean isCancelled() {
            return super.isCancelled() || System.nanoTime() - begin >= length;
        }
    }

    /** Thrown out of the rules when they are to stop. */
    public static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String rule;

        /** @param rule the one that was about to fire, or to be weighed */
        CancelledException(String rule) {
            super("stopped", null, false, false);
            this.rule = rule;
        }

        public String rule() {
            return rule;
        }
    }
}
