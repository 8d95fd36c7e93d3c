package dev.vitrine.decision.firing;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The rules of one decision, and the thread that fires them. */
public final class Firing<T> implements Callable<T> {
    private final Edition edition;
    private final Function<Cancellation, T> rules;
    private final Cancellation stop = new Cancellation();
    private volatile Thread thread;
    private int looks;

    /** @param rules what is to be done, unless it is told to stop */
    public Firing(Edition edition, Function<Cancellation, T> rules) {
        this.edition = edition;
        this.rules = rules;
    }

    @Override
    public T call() {
        thread = Thread.currentThread();
        try {
            // whoever leaves asks first and looks for the thread then, so that none of the two misses the other
            return stop.isCancelled() ? null : rules.apply(stop);
        } finally {
            thread = null;
        }
    }

    /**
     * Nobody waits any more.
     *
     * @return whether the rules are still at it
     */
    boolean leave() {
        stop.cancel();
        return thread != null;
    }

    Edition edition() {
        return edition;
    }

    /** What fires the rules now, null where nothing does. */
    Thread thread() {
        return thread;
    }

    /** How often it was looked at, this time included; only for the one who watches. */
    int lookedAt() {
        looks++;
        return looks;
    }
}
