package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;

/** Words of the parser and of its classes, which no answer may have. */
final class ParserWords {
    private ParserWords() {}

    static void assertNotIn(String detail) {
        assertThat(detail)
                .doesNotContainIgnoringCase("jackson")
                .doesNotContainIgnoringCase("fasterxml")
                .doesNotContainIgnoringCase("deserializ")
                .doesNotContainIgnoringCase("coerc")
                .doesNotContainIgnoringCase("unexpected")
                .doesNotContain("java.")
                .doesNotContain("dev.vitrine")
                .doesNotContain("Exception")
                .doesNotContain("(code ")
                .doesNotContain("[Source")
                .doesNotContain("token")
                .doesNotContain("START_")
                .doesNotContain("`");
    }
}
