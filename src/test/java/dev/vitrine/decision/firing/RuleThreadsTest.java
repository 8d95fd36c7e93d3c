package dev.vitrine.decision.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.Decider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hung threads are replaced. */
class RuleThreadsTest {
    private final RuleThreads threads = new RuleThreads();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Semaphore begun = new Semaphore(0);

    @AfterEach
    void releaseThreads() {
        release.countDown();
        threads.close(null);
    }

    private Future<Decider.Decided> hang() {
        return threads.submit(new Firing<Decider.Decided>(null, cancellation -> {
            begun.release();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }));
    }

    private void hangAll(int count) {
        for (int i = 0; i < count; i++) {
            hang();
        }
        begun.acquireUninterruptibly(count);
    }

    @Test
    void hungThreadsAreReplaced() throws Exception {
        hangAll(RuleThreads.COUNT);
        Future<Decider.Decided> waits = threads.submit(new Firing<Decider.Decided>(null, cancellation -> null));
        assertThat(waits.isDone()).isFalse();
        threads.replace(1);
        assertThat(waits.get()).isNull();
        assertThat(threads.submit(new Firing<Decider.Decided>(null, cancellation -> null))
                        .get())
                .isNull();
    }

    @Test
    void noMoreThanTheMaximumAreReplaced() {
        threads.replace(1000);
        hangAll(RuleThreads.COUNT + RuleThreads.REPLACEMENTS_MAX);
        Future<Decider.Decided> waits = hang();
        assertThat(begun.tryAcquire()).isFalse();
        assertThat(waits.isDone()).isFalse();
    }

    @Test
    void threadsThatComeBackReduceTheReplacements() throws Exception {
        threads.replace(1);
        hangAll(RuleThreads.COUNT + 1);
        threads.replace(0);
        Future<Decider.Decided> waits = threads.submit(new Firing<Decider.Decided>(null, cancellation -> null));
        release.countDown();
        assertThat(waits.get()).isNull();
    }

    @Test
    void abandonedRulesDoNotStart() throws Exception {
        hangAll(RuleThreads.COUNT);
        Firing<Decider.Decided> firing = new Firing<>(null, cancellation -> {
            throw new IllegalStateException("fired");
        });
        Future<Decider.Decided> waits = threads.submit(firing);
        assertThat(firing.abandon()).isFalse();
        release.countDown();
        assertThat(waits.get()).isNull();
    }
}
