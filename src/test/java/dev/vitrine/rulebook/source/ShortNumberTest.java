package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0.5200573065902578, 0.5201",
        "3.0, 3",
        "0.1, 0.1",
        "1234.5678, 1234.57",
        "19.99, 19.99",
        "0.00012345678, 0.0001235",
        "-0.33333333333, -0.3333",
        "1000000, 1000000",
        "1e20, 100000000000000000000",
        "0, 0"
    })
    void hasTheDigitsThatPeopleRead(double number, String text) {
        assertThat(ShortNumber.of(number)).isEqualTo(text);
        assertThat(ShortNumber.rounded(number)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void leavesWhatIsNoNumber(double number) {
        assertThat(ShortNumber.of(number)).isEqualTo(Double.toString(number));
        assertThat(ShortNumber.rounded(number)).isEqualTo(Double.valueOf(number));
    }
}
