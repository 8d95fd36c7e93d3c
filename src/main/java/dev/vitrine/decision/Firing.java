package dev.vitrine.decision;

import dev.vitrine.decision.Decider.Decided;
import dev.vitrine.rulebook.Edition;
import dev.vitrine.rulebook.Stop;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The rules of one decision, and the thread that fires them. */
final class Firing implements Callable<Decided> {
    private final Edition edition;
    private final Function<Stop, Decided> rules;
    private final Stop stop = new Stop();
    private volatile Thread thread;
    private int looks;

    /** @param rules what is to be done, unless it is told to stop */
    Firing(Edition edition, Function<Stop, Decided> rules) {
        this.edition = edition;
        this.rules = rules;
    }

    @Override
    public Decided call() {
        thread = Thread.currentThread();
        try {
            // whoever leaves asks first and looks for the thread then, so that none of the two misses the other
            return stop.asked() ? null : rules.apply(stop);
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
        stop.ask();
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
