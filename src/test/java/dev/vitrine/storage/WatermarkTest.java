package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.Watermark.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final Watermark mark = new Watermark();

    private static Moment second(int seconds, String running) {
        return new Moment(NOON.plusSeconds(seconds), running);
    }

    @Test
    void whileNothingIsOpenItFollowsTheLastReadButOne() {
        assertThat(mark.isSet()).isFalse();
        mark.advance(second(0, ""));
        assertThat(mark.isSet()).isTrue();
        assertThat(mark.since()).isEqualTo(NOON.minus(OVERLAP));
        mark.advance(second(1, ""));
        mark.advance(second(2, "7"));
        assertThat(mark.since()).isEqualTo(NOON.plusSeconds(1).minus(OVERLAP));
    }

    @Test
    void itPassesNoTransactionThatIsOpen() {
        mark.advance(second(0, ""));
        mark.advance(second(10, "7,8"));
        for (int i = 11; i < 1000; i++) {
            mark.advance(second(i, "8," + (i + 100)));
        }
        assertThat(mark.since()).isEqualTo(NOON.minus(OVERLAP));
        mark.advance(second(1000, "1099"));
        assertThat(mark.since()).isEqualTo(NOON.plusSeconds(10).minus(OVERLAP));
        mark.advance(second(1001, ""));
        assertThat(mark.since()).isEqualTo(NOON.plusSeconds(1000).minus(OVERLAP));
    }

    @Test
    void whatWasOpenAtTheFirstReadIsNotMissed() {
        mark.advance(second(0, "3"));
        mark.advance(second(1, "3,4"));
        assertThat(mark.since()).isBefore(NOON.minusSeconds(3000));
        mark.advance(second(2, "4"));
        assertThat(mark.since()).isEqualTo(NOON.minus(OVERLAP));
    }
}
