package dev.vitrine.decision.firing;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The rules of one decision, and the thread that fires them. */
public final class Firing<T> implements Callable<T> {
    private final Edition edition;
    private final Function<Cancellation, T> rules;
    private final Cancellation cancellation = new Cancellation();
    private volatile Thread thread;
    private int inspections;

    public Firing(Edition edition, Function<Cancellation, T> rules) {
        this.edition = edition;
        this.rules = rules;
    }

    @Override
    public T call() {
        thread = Thread.currentThread();
        try {
            // abandon() cancels first and reads the thread second, so that neither side misses the other
            return cancellation.isCancelled() ? null : rules.apply(cancellation);
        } finally {
            thread = null;
        }
    }

    /** Cancels the rules, because nobody waits for them any more; returns whether they are still running. */
    boolean abandon() {
        cancellation.cancel();
        return thread != null;
    }

    Edition edition() {
        return edition;
    }

    /** The thread that fires the rules now, or null. */
    Thread thread() {
        return thread;
    }

    int countInspection() {
        inspections++;
        return inspections;
    }
}
