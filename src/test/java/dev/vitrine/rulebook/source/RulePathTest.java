package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CON.drl",
                "aux/a.drl",
                "nul.examples.yaml",
                "shelf/Com1.drl",
                "LPT9.x.drl",
                "prn.drl",
                "conin$/a.drl"
            })
    void aDeviceOfWindowsIsNoName(String path) {
        assertThat(RulePath.objection(path))
                .hasValueSatisfying(why -> assertThat(why).contains("which is a device on Windows"));
    }

    @ParameterizedTest
    @CsvSource({
        "shelf./a.drl, ends with a point",
        "shelf /a.drl, without blanks around them",
        "shelf/ a.drl, without blanks around them",
        "a:b.drl, some file systems do not allow",
        "a\u0085.drl, at index 1 (U+0085)",
        "a\u202Elrd.drl, at index 1 (U+202E)",
        "a\u2060.drl, at index 1 (U+2060)",
        "a\u200D.drl, at index 1 (U+200D)",
        "a\u00A0b.drl, at index 1 (U+00A0)",
        "../a.drl, must be a path below the rules folder",
        "a.txt, must end in .drl or .examples.yaml"
    })
    void aPathThatSomeFileSystemOrPersonCannotReadIsRefused(String path, String why) {
        assertThat(RulePath.objection(path))
                .hasValueSatisfying(found -> assertThat(found).contains(why));
    }

    @Test
    void lengthsAreNamed() {
        assertThat(RulePath.objection("a".repeat(197) + ".drl"))
                .contains("has 201 characters; at most 200 are allowed");
        assertThat(RulePath.objection("猫".repeat(80) + ".drl")).contains("has a name of more than 230 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "console.drl",
                "shelf/común.drl",
                "shelf/auxiliary.drl",
                "com.drl",
                "COM10.drl",
                "a b.drl",
                "猫.drl"
            })
    void otherNamesAreFine(String path) {
        assertThat(RulePath.objection(path)).isEmpty();
    }
}
