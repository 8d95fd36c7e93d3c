package dev.vitrine.rulebook.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeWayTest {
    /** A dash is no file. */
    @ParameterizedTest(name = "both said {0}; the folder says {1}, the edition {2}: {3}")
    @CsvSource({
        "a, a, a, IN_STEP",
        "a, b, b, IN_STEP",
        "-, b, b, IN_STEP",
        "a, -, -, IN_STEP",
        "-, -, -, IN_STEP",
        "a, b, a, FOLDER_AHEAD",
        "-, b, -, FOLDER_AHEAD",
        "a, -, a, FOLDER_AHEAD",
        "a, a, b, EDITION_AHEAD",
        "-, -, b, EDITION_AHEAD",
        "a, a, -, EDITION_AHEAD",
        "a, b, c, CONFLICT",
        "-, b, c, CONFLICT",
        "a, -, c, CONFLICT",
        "a, b, -, CONFLICT",
    })
    void whoeverChangedItAloneHasTheirWay(String base, String folder, String edition, ThreeWay expected) {
        assertThat(ThreeWay.of(text(base), text(folder), text(edition))).isEqualTo(expected);
    }

    private static String text(String said) {
        return said.equals("-") ? null : said;
    }
}
