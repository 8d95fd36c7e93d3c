package dev.vitrine.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThingNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Uno espresso machine            | Automatic coffee machine
                    Hand grinder                    | Burr grinder
                    Electric shaver with station    | Electric shaver
                    Wine glasses, six               | Wine glass
                    Fast charger 45 W               | Car charger
                    Tent for two                    | Light tent
                    Daily running shoe              | Strider running shoes (men)
                    Laufschuh mit Dämpfung          | Leichter Laufschuh für Damen
                    """)
    void thingsOfOneSortHaveOneName(String one, String other) {
        assertThat(ThingName.of(one, "").word())
                .isEqualTo(ThingName.of(other, "").word())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Uno espresso machine    | Burr grinder
                    Summer sleeping bag     | Sleeping pad
                    Razor with five blades  | Razor blades, 50
                    """)
    void thingsOfOtherSortsHaveOthers(String one, String other) {
        assertThat(ThingName.of(one, "").word())
                .isNotEqualTo(ThingName.of(other, "").word());
    }

    @ParameterizedTest
    @CsvSource({"''", "12", "'45 W, 28 cm'"})
    void aNameWithoutWordsHasNone(String name) {
        assertThat(ThingName.of(name, "").word()).isEmpty();
    }

    @Test
    void aModelsNameIsNotDescribedAndTheBrandDescribesNothing() {
        assertThat(ThingName.of("Nova 12", "")).isEqualTo(new ThingName("nova", false));
        assertThat(ThingName.of("Fruit iPhone 13", "Fruit").described()).isFalse();
        assertThat(ThingName.of("Hand grinder", "Brewster").described()).isTrue();
        assertThat(ThingName.of("Tent for two", "").described()).isFalse();
    }
}
