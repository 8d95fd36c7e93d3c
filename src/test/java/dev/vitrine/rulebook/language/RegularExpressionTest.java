package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*yoga.*",
                "(?i)mat",
                "[A-Z]{2,3}-\\d+",
                "a|b|c",
                "(mat|rug) blue",
                "x?y?",
                "\\bmat\\b",
                ".*a.*b.*"
            })
    void acceptsPatternsThatEndSoon(String pattern) {
        assertThat(RegularExpression.objection(pattern)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a|aa)*",
                "(a?){50}",
                "(a*)?",
                "((a)+)*",
                ".*.*.*.*",
                ".?.?.?.?ZQ",
                ".{0,50}.{0,50}.{0,50}.{0,50}ZQ",
                "(.|.)(.|.)(.|.)(.|.)ZQ",
                "a|b|c|d|e|f|g|h|i|j|k|l",
                "(a)\\1",
                "(?=a)",
                "a{99}",
                "a++",
                "a{2}{3}",
                "[[a]]",
                "[a",
                "(a",
                "a)",
                "\\",
                "*",
                "a{",
                "\\p{L}",
                "(?<n>a)"
            })
    void refusesPatternsThatCouldTakeTooLong(String pattern) {
        assertThat(RegularExpression.objection(pattern)).isPresent();
    }
}
