package dev.vitrine.decision.firing;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that fire rules for shoppers. */
@Singleton
public final class RuleThreads {
    /** Rules are pure computation. More threads than this would only wait for each other. */
    static final int COUNT = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    /** As many as one rule can block before it is detected; more could keep every processor from the shoppers. */
    static final int REPLACEMENTS_MAX = COUNT;
    /** A longer queue could not be answered within any sensible budget. */
    private static final int WAITING_MAX = 256;

    private final AtomicInteger named = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(COUNT, COUNT, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                Thread thread = new Thread(task, "rules-" + named.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    void close(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    /** @throws RejectedExecutionException when too many wait already */
    public <T> Future<T> submit(Firing<T> firing) {
        return threads.submit(firing);
    }

    void replace(int hung) {
        int size = COUNT + Math.min(hung, REPLACEMENTS_MAX);
        if (size > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(size);
            threads.setCorePoolSize(size);
        } else if (size < threads.getMaximumPoolSize()) {
            threads.setCorePoolSize(size);
            threads.setMaximumPoolSize(size);
        }
    }
}
