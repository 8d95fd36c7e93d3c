package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.TestClock;
import java.lang.management.MemoryUsage;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HeapReadinessTest {
    private static final long MAX = 400 << 20;

    private final TestClock clock = new TestClock();
    private long used;
    private int collections;

    private HealthCheckResponse health(HeapReadiness readiness, long usedNow) {
        used = usedNow;
        return readiness.call();
    }

    private HeapReadiness readiness() {
        return new HeapReadiness(() -> new MemoryUsage(0, used, MAX, MAX), () -> collections++, clock);
    }

    @Test
    void itFailsBeforeTheHeapIsFullAndSaysWhatToDo() {
        HeapReadiness readiness = readiness();
        assertThat(health(readiness, MAX / 2).getStatus()).isEqualTo(Status.UP);
        assertThat(collections).isZero();
        HealthCheckResponse full = health(readiness, MAX - (20 << 20));
        assertThat(full.getStatus()).isEqualTo(Status.DOWN);
        assertThat(full.getData().orElseThrow())
                .containsEntry("usedMegabytes", 380L)
                .containsEntry("megabytes", 400L)
                .containsKey("cure");
    }

    @Test
    void itLooksAgainOnceAMinuteWhetherMemoryWasFreed() {
        HeapReadiness readiness = readiness();
        health(readiness, MAX);
        health(readiness, MAX);
        assertThat(collections).isEqualTo(1);
        clock.pass(Duration.ofSeconds(61));
        health(readiness, MAX);
        assertThat(collections).isEqualTo(2);
        assertThat(health(readiness, MAX / 2).getStatus()).isEqualTo(Status.UP);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void thisMachineKeepsOldObjectsApart() {
        HealthCheckResponse now = new HeapReadiness(Clock.systemUTC()).call();
        assertThat(now.getStatus()).isEqualTo(Status.UP);
        assertThat(now.getData().orElseThrow()).containsKeys("usedMegabytes", "megabytes");
    }
}
