package dev.vitrine.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeFormatTest {
    @ParameterizedTest
    @CsvSource({
        "iso, UTC, 2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "iso, Europe/Berlin, 2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "iso, UTC, 2026-03-01T12:00:00.25+02:00, 2026-03-01T10:00:00.250Z",
        "iso, UTC, 2026-03-01 12:00:00+0200, 2026-03-01T10:00:00Z",
        "iso, Europe/Berlin, 2026-03-01T12:00, 2026-03-01T11:00:00Z",
        "iso, Europe/Berlin, 2026-03-01, 2026-02-28T23:00:00Z",
        "dd/MM/yyyy HH:mm, UTC, 01/03/2026 12:00, 2026-03-01T12:00:00Z",
        "dd/MM/yyyy, UTC, 01/03/2026, 2026-03-01T00:00:00Z",
        "epoch, UTC, 1772366400.5, 2026-03-01T12:00:00.500Z",
        "epoch-millis, UTC, 1772366400500, 2026-03-01T12:00:00.500Z"
    })
    void timesAreReadInTheirFormatAndZone(String format, String zone, String text, String time) {
        assertThat(new TimeFormat(format, ZoneId.of(zone)).read(text)).hasToString(time);
    }

    @Test
    void textThatIsNotATimeIsRefused() {
        assertThatThrownBy(() -> new TimeFormat("iso", ZoneId.of("UTC")).read("yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'yesterday' is not a time in --time-format iso");
        assertThatThrownBy(() -> new TimeFormat("epoch", ZoneId.of("UTC")).read("1e999999999"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
