package dev.vitrine.merchandising;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedValuesTest {
    private static double number(String text) {
        return NamedValues.of(Map.of("key", text)).number("key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "-3.5|-3.5",
                "0.8 kg|0.8",
                "0,8 kg|0.8",
                "6 mm|6",
                "6mm|6",
                "20 %|20",
                "100 ml/h|100",
                "12 m²|12",
                "20er Pack|20",
                "000123|123"
            })
    void aNumberMayHaveAUnit(String text, double number) {
        assertThat(number(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steel",
                "42/43",
                "180 x 60 cm",
                "5-7 kg",
                "1,250",
                "1.250,50",
                "1e3",
                "2026-11-29",
                "M4",
                ".",
                "kg 7"
            })
    void whatCouldBeSeveralNumbersIsNone(String text) {
        assertThat(number(text)).isNaN();
        assertThat(NamedValues.of(Map.of("key", text)).text("key")).isEqualTo(text);
    }

    @Test
    void aBlankTextIsNoValue() {
        assertThat(NamedValues.of(Map.of("a", " "))).isSameAs(NamedValues.NONE);
        assertThat(NamedValues.of(Map.of("a", "", "b", "x"))).containsOnlyKeys("b");
    }

    @Test
    void nothingIsMadeOfNothingAndNothingIsCopiedTwice() {
        assertThat(NamedValues.of(null)).isSameAs(NamedValues.NONE);
        assertThat(NamedValues.of(Map.of())).isSameAs(NamedValues.NONE);
        NamedValues values = NamedValues.of(Map.of("a", "1"));
        assertThat(NamedValues.of(values)).isSameAs(values);
        assertThat(values.keysOfNumbers()).containsExactly("a");
    }
}
