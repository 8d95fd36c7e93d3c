package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.problem.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers never wait longer than the limit. */
class CheckExecutorTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    private Void never() throws InterruptedException {
        release.await();
        return null;
    }

    @Test
    void returnsTheResult() throws Exception {
        assertThat(new CheckExecutor(LONG).<Integer>run(cancellation -> 42)).isEqualTo(42);
    }

    @Test
    void anExceptionReachesTheCaller() {
        assertThatThrownBy(() -> new CheckExecutor(LONG).run(cancellation -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> new CheckExecutor(LONG).run(cancellation -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aTimeoutHasTheStackOfTheAbandonedThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CheckExecutor.TimedOutException late = catchThrowableOfType(
                CheckExecutor.TimedOutException.class,
                () -> new CheckExecutor(Duration.ofMillis(500)).run(cancellation -> {
                    begun.countDown();
                    return stubborn();
                }));
        begun.await();
        assertThat(late.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("never");
    }

    @Test
    void tooManyAbandonedChecksRefuseFurtherOnesUntilTheyEnd() throws Exception {
        CheckExecutor executor = new CheckExecutor(SHORT);
        for (int i = 0; i < CheckExecutor.ABANDONED_MAX; i++) {
            assertThatThrownBy(() -> executor.run(cancellation -> stubborn()))
                    .isInstanceOf(CheckExecutor.TimedOutException.class);
        }
        assertThatThrownBy(() -> executor.run(cancellation -> 42))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("3 earlier checks timed out and still run");
        release.countDown();
        while (!hasRoom(executor)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatAskersAbandonKeepsNobodyFromPublishing() throws Exception {
        CheckExecutor executor = new CheckExecutor(SHORT);
        for (int i = 0; i < CheckExecutor.ABANDONED_MAX; i++) {
            assertThatThrownBy(() -> executor.runInTurn(cancellation -> stubborn()))
                    .isInstanceOf(CheckExecutor.TimedOutException.class);
        }
        assertThatThrownBy(() -> executor.runInTurn(cancellation -> 42)).isInstanceOf(UnavailableException.class);
        assertThat(executor.stillRunning()).isEqualTo(CheckExecutor.ABANDONED_MAX);
        assertThat(hasRoom(executor)).isTrue();
    }

    @Test
    void whatIsLateIsToldAndLeavesNothingBehind() {
        CheckExecutor executor = new CheckExecutor(SHORT);
        for (int i = 0; i <= CheckExecutor.ABANDONED_MAX; i++) {
            assertThatThrownBy(() -> executor.runInTurn(cancellation -> {
                        while (!cancellation.isCancelled()) {
                            Thread.onSpinWait();
                        }
                        return 42;
                    }))
                    .isInstanceOf(CheckExecutor.TimedOutException.class);
        }
        assertThat(executor.stillRunning()).isZero();
    }

    private Void stubborn() {
        try {
            return never();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasRoom(CheckExecutor executor) {
        try {
            executor.run(cancellation -> 42);
            return true;
        } catch (CheckExecutor.TimedOutException slow) {
            return true;
        } catch (UnavailableException full) {
            return false;
        }
    }

    @Test
    void checksInTurnWaitAndPublishingDoesNot() throws Exception {
        CheckExecutor executor = new CheckExecutor(LONG, SHORT);
        CountDownLatch begun = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            new Thread(() -> runInTurn(executor, begun)).start();
        }
        begun.await();
        assertThatThrownBy(() -> executor.runInTurn(cancellation -> 42))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Too many drafts");
        assertThat(executor.<Integer>run(cancellation -> 42)).isEqualTo(42);
    }

    private void runInTurn(CheckExecutor executor, CountDownLatch begun) {
        try {
            executor.runInTurn(cancellation -> {
                begun.countDown();
                return stubborn();
            });
        } catch (CheckExecutor.TimedOutException late) {
            throw new IllegalStateException(late);
        }
    }
}
