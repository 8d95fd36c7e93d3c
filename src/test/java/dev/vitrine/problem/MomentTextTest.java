package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTextTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T20:00, 2026-12-01T19:00:00Z",
        "2026-07-01T20:00:30, 2026-07-01T18:00:30Z",
        "2026-12-01T20:00Z, 2026-12-01T20:00:00Z",
        "2026-12-01T20:00+05:00, 2026-12-01T15:00:00Z",
        "2026-03-29T02:30, 2026-03-29T01:30:00Z",
        "2026-10-25T02:30, 2026-10-25T00:30:00Z"
    })
    void aTimeWithoutAnOffsetIsOneOfTheZone(String text, Instant meant) {
        assertThat(MomentText.read("at", text, BERLIN)).isEqualTo(meant);
        assertThat(MomentText.inAddress("at", text, BERLIN)).isEqualTo(meant);
        assertThat(MomentText.readLocal("at", text, BERLIN).toInstant()).isEqualTo(meant);
    }

    @Test
    void aPlusThatArrivesAsABlankIsOne() {
        assertThat(MomentText.inAddress("from", "2026-12-01T20:00 05:00", BERLIN))
                .isEqualTo(Instant.parse("2026-12-01T15:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"2026-12-01", "20:00", "2026-12-01 20:00", "2026-02-30T00:00", "tomorrow"})
    void whatIsNoTimeIsRefusedWithBothForms(String text) {
        assertThatThrownBy(() -> MomentText.inAddress("from", text, BERLIN))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("write one with offset, such as")
                .hasMessageContaining("or a local one, such as");
    }
}
