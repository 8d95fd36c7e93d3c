package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.problem.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever waits for work on rules goes on, whatever becomes of it. */
class CheckExecutorTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        release.countDown();
    }

    private Void never() throws InterruptedException {
        release.await();
        return null;
    }

    @Test
    void whatIsDoneIsHandedOver() throws Exception {
        assertThat(new CheckExecutor(LONG).work(() -> 42)).isEqualTo(42);
    }

    @Test
    void whatBreaksBreaksForTheOneWhoWaits() {
        assertThatThrownBy(() -> new CheckExecutor(LONG).work(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> new CheckExecutor(LONG).work(() -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void whatDoesNotComeBackIsGivenUpAndItIsToldWhereItWas() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CheckExecutor.GivenUp late = catchThrowableOfType(
                CheckExecutor.GivenUp.class, () -> new CheckExecutor(Duration.ofMillis(500)).work(() -> {
                    begun.countDown();
                    return never();
                }));
        begun.await();
        assertThat(late.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("never");
    }

    @Test
    void someThatWereGivenUpLeaveNoRoomUntilTheyComeBack() throws Exception {
        CheckExecutor bench = new CheckExecutor(SHORT);
        for (int i = 0; i < CheckExecutor.GIVEN_UP_MAX; i++) {
            assertThatThrownBy(() -> bench.work(this::never)).isInstanceOf(CheckExecutor.GivenUp.class);
        }
        assertThatThrownBy(() -> bench.work(() -> 42))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("3 earlier checks were given up and still run");
        release.countDown();
        while (!hasRoom(bench)) {
            Thread.onSpinWait();
        }
    }

    private static boolean hasRoom(CheckExecutor bench) {
        try {
            bench.work(() -> 42);
            return true;
        } catch (CheckExecutor.GivenUp slow) {
            return true;
        } catch (UnavailableException full) {
            return false;
        }
    }

    @Test
    void thoseWhoAskTakeTurnsAndThoseWhoPublishDoNotWaitForThem() throws Exception {
        CheckExecutor bench = new CheckExecutor(LONG, SHORT);
        CountDownLatch asked = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            new Thread(() -> ask(bench, asked)).start();
        }
        asked.await();
        assertThatThrownBy(() -> bench.workInTurn(() -> 42))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Too many drafts");
        assertThat(bench.work(() -> 42)).isEqualTo(42);
    }

    private void ask(CheckExecutor bench, CountDownLatch asked) {
        try {
            bench.workInTurn(() -> {
                asked.countDown();
                return never();
            });
        } catch (CheckExecutor.GivenUp late) {
            throw new IllegalStateException(late);
        }
    }
}
