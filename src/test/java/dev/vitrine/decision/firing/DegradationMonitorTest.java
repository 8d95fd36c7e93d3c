package dev.vitrine.decision.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.storage.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** An edition that fails often is reported, and one that seldom fails is not. */
class DegradationMonitorTest {
    private static final Degraded BROKE = new Degraded(Degraded.RULE_FAILED, "left out 'Gifts'", List.of("Gifts"));
    private static final Degraded LATE = new Degraded(Degraded.TIME_BUDGET, "too slow", List.of());

    private final TestClock clock = new TestClock();
    private final DegradationMonitor monitor = new DegradationMonitor(clock);

    private void decided(int edition, int well, int degraded, Degraded reason) {
        for (int i = 0; i < well; i++) {
            monitor.count(edition, null);
        }
        for (int i = 0; i < degraded; i++) {
            monitor.count(edition, reason);
        }
    }

    private HealthCheckResponse health() {
        return new DegradationHealth(monitor).call();
    }

    @Test
    void anEditionThatOftenFailsIsReportedWithItsMostFrequentCause() {
        decided(7, 70, 0, null);
        decided(7, 0, 10, LATE);
        decided(7, 0, 20, BROKE);
        assertThat(monitor.failing())
                .containsExactly(new DegradationMonitor.FailingEdition(7, 100, 0.3, "rule-failed", List.of("Gifts")));
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getData().orElseThrow())
                .containsEntry(
                        "problems",
                        "30 % of the 100 decisions that edition 7 made in the last minute were degraded, mostly by"
                                + " rule-failed: \"Gifts\"");
    }

    @Test
    void aTenthMayFail() {
        decided(7, 90, 10, LATE);
        assertThat(monitor.failing()).isEmpty();
        decided(7, 0, 1, LATE);
        assertThat(monitor.failing()).hasSize(1);
    }

    @Test
    void fewDecisionsAreNotReported() {
        decided(7, 0, DegradationMonitor.DECISIONS_MIN - 1, BROKE);
        assertThat(monitor.failing()).isEmpty();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void theLogHasOneLineWhenItBeginsAndOneWhenItEnds() {
        List<String> lines = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(DegradationMonitor.class.getName());
        log.addHandler(listener);
        try {
            monitor.report();
            decided(7, 0, 30, BROKE);
            monitor.report();
            monitor.report();
            clock.pass(Duration.ofSeconds(70));
            monitor.report();
            monitor.report();
        } finally {
            log.removeHandler(listener);
        }
        assertThat(lines)
                .containsExactly(
                        "ERROR 100 % of the 30 decisions that edition 7 made in the last minute were degraded, mostly by"
                                + " rule-failed: \"Gifts\"",
                        "INFO Decisions of edition 7 are seldom degraded again");
    }

    @Test
    void editionsAreCountedSeparately() {
        decided(7, 1000, 0, null);
        decided(8, 0, 30, BROKE);
        assertThat(monitor.failing())
                .extracting(DegradationMonitor.FailingEdition::edition)
                .containsExactly(8);
    }

    @Test
    void decisionsOlderThanAMinuteDoNotCount() {
        decided(7, 0, 30, BROKE);
        clock.pass(Duration.ofSeconds(40));
        assertThat(monitor.failing()).hasSize(1);
        clock.pass(Duration.ofSeconds(25));
        assertThat(monitor.failing()).isEmpty();
        decided(7, 30, 0, null);
        assertThat(monitor.failing()).isEmpty();
    }
}
