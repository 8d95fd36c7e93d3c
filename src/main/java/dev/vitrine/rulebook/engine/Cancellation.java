package dev.vitrine.rulebook.engine;

import java.time.Duration;

/** Tells running rules that nobody waits for their result any more. */
public class Cancellation {
    private volatile boolean cancelled;

    /** Cancels itself after this time. It reads the clock on every question, which is too slow for decisions. */
    public static Cancellation after(Duration time) {
        return new Timed(time);
    }

    /** A part of the work: cancelled after this time, and when the whole is. */
    public Cancellation within(Duration time) {
        Cancellation whole = this;
        return new Timed(time) {
            @Override
            public boolean isCancelled() {
                return whole.isCancelled() || super.isCancelled();
            }
        };
    }

    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private static class Timed extends Cancellation {
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

    /** Ends a firing that was cancelled. */
    public static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String rule;

        CancelledException(String rule) {
            super("cancelled", null, false, false);
            this.rule = rule;
        }

        public String rule() {
            return rule;
        }
    }
}
