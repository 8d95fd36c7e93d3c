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
    /** Our choice: rules are pure computation, so more threads than this only wait for each other. */
    static final int COUNT = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    /**
     * Lost threads that others stand in for. Our choice: as many as one rule can take before it is noticed. Each of them may
     * keep a processor busy, so that more would leave shoppers none.
     */
    static final int STAND_INS_MAX = COUNT;
    /** More than this could not be answered within any sensible budget. */
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

    /** Has others stand in for so many threads that are lost, as far as there may be others. */
    void standInFor(int lost) {
        int size = COUNT + Math.min(lost, STAND_INS_MAX);
        if (size > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(size);
            threads.setCorePoolSize(size);
        } else if (size < threads.getMaximumPoolSize()) {
            threads.setCorePoolSize(size);
            threads.setMaximumPoolSize(size);
        }
    }
}
