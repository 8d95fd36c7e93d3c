package dev.vitrine.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesQuestionTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** The evening of the day with 25 hours. */
    private static final Instant NOW = Instant.parse("2026-10-25T20:10:00Z");

    private static SharesQuestion asked(String placement, String group, String from, String to, String by) {
        return SharesQuestion.of(placement, group, from, to, by, List.of("home-page", "cart"), BERLIN, NOW);
    }

    @Test
    void theDefaultIsTheLastDayByTheHour() {
        SharesQuestion question = asked(null, null, null, null, null);
        assertThat(question.by()).isEqualTo(Span.HOUR);
        assertThat(question.from()).isEqualTo("2026-10-24T20:00:00Z");
        assertThat(question.to()).isEqualTo("2026-10-25T21:00:00Z");
    }

    @Test
    void daysAreWholeEvenWhenClocksChange() {
        SharesQuestion question = asked(null, null, "2026-10-25T12:00:00+01:00", "2026-10-26T00:30:00+01:00", "day");
        assertThat(question.from()).isEqualTo("2026-10-24T22:00:00Z");
        assertThat(question.to()).isEqualTo("2026-10-26T23:00:00Z");
        assertThat(question.days(BERLIN))
                .containsExactly(Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z"));
    }

    @Test
    void anEndOnTheHourIsNotWidened() {
        SharesQuestion question = asked(null, null, "2026-10-25T10:00:00Z", "2026-10-25T12:00:00Z", "hour");
        assertThat(question.to()).isEqualTo("2026-10-25T12:00:00Z");
    }

    @Test
    void anUnescapedPlusIsAccepted() {
        assertThat(asked(null, null, "2026-10-25T12:00:00 01:00", null, null).from())
                .isEqualTo("2026-10-25T11:00:00Z");
    }

    @Test
    void aTimeWithoutAnOffsetIsOfTheShopsZone() {
        assertThat(asked(null, null, "2026-10-25T12:00:00", null, null).from()).isEqualTo("2026-10-25T11:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            placement | homepage | -         | -                         | -                    | -
            group     | -        | '%LONG%'  | -                         | -                    | -
            by        | -        | -         | -                         | -                    | week
            by        | -        | -         | -                         | -                    | HOUR
            from      | -        | -         | yesterday                 | -                    | -
            from      | -        | -         | 2026-10-25                | -                    | -
            from      | -        | -         | 2026-10-25 12:00:00       | -                    | -
            from      | -        | -         | -999999999-01-01T00:00:00Z | -                   | -
            to        | -        | -         | -                         | 3000-01-01T00:00:00Z | -
            from      | -        | -         | 2026-10-25T20:10:00Z      | -                    | -
            from      | -        | -         | 2026-10-25T12:00:00Z      | 2026-10-25T12:00:00Z | day
            from      | -        | -         | 2025-09-01T00:00:00Z      | -                    | day
            """)
    void badInputNamesTheParameter(String field, String placement, String group, String from, String to, String by) {
        String text = group == null ? null : group.replace("%LONG%", "x".repeat(501));
        assertThatThrownBy(() -> asked(placement, text, from, to, by))
                .isInstanceOfSatisfying(
                        ProblemException.class, bad -> assertThat(bad.field()).isEqualTo(field));
    }
}
