package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextKindTest {
    private static final int SOFT_HYPHEN = 0xAD;

    @ParameterizedTest
    @EnumSource
    void noTextHasACharacterThatUnicodeDoesNotShow(TextKind kind) {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                        .filter(c -> c != SOFT_HYPHEN || kind != TextKind.TEXT)
                        .filter(c -> kind.firstRefused("a" + Character.toString(c) + "b") != 1)
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noTextHasControlsOverridesOrHalvesOfCharacters(TextKind kind) {
        IntStream refused = IntStream.of(
                0, 7, '\n', '\t', 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x2028, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFF9, 0xFFFE,
                0xD800, 0xDC00, 0xFDD0, 0x10FFFF);
        assertThat(refused.boxed()).allSatisfy(c -> assertThat(kind.firstRefused("ab" + Character.toString(c)))
                .as("U+%04X", c)
                .isEqualTo(2));
    }

    @Test
    void aKeyHasNothingThatOnlySomeSystemsKnow() {
        assertThat(IntStream.of(0xE000, 0xF8FF, 0x378, 0x10FFFD, 0xA0, 0x3000, 0x2003, 0x200C, 0x200D, 0x600)
                        .boxed())
                .allSatisfy(c -> assertThat(TextKind.KEY.firstRefused(Character.toString(c)))
                        .isZero());
        assertThat(TextKind.KEY.firstRefused("Crème brûlée #7, 42 €/Stück 猫 \uD83D\uDE80"))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Familienset \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDE80",
                "\uD83E\uDDD4\u200D\u2642\uFE0F",
                "\uD83D\uDE42\u200D\u2194\uFE0F",
                "I \u2764\uFE0F Yoga",
                "1\uFE0F\u20E3 Platz",
                "Schal \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F rot",
                "\u0645\u06CC\u200C\u0634\u0648\u062F",
                "\u0915\u094D\u200D\u0937",
                "\u845B\uDB40\uDD00\u57CE",
                "\u3010\u9650\u5B9A\u3011\u3000\u30BB\u30FC\u30EB"
            })
    void joinersSelectorsAndFlagsStandWhereAScriptOrAnEmojiNeedsThem(String name) {
        assertThat(TextKind.NAME.firstRefused(name)).isEqualTo(-1);
        assertThat(TextKind.TEXT.firstRefused(name)).isEqualTo(-1);
    }

    @Test
    void joinersFollowTheViramasOfAllScriptsInUse() {
        assertThat(IntStream.rangeClosed(0, 0xFFFF)
                        .filter(c -> UCharacter.getCombiningClass(c) == 9)
                        .filter(c -> TextKind.NAME.firstRefused("\u0915" + Character.toString(c) + "\u200D\u0915") >= 0)
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sa\u200Dle",
                "sale\uFE0F",
                "1\uFE0F",
                "\u200D\uD83D\uDC69",
                "\uD83D\uDC69\u200D",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62",
                "\uD83C\uDFF4\uDB40\uDC7F",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC7F\uDB40\uDC67",
                "a\uDB40\uDC67\uDB40\uDC7F",
                "a\u200B",
                "a\u200Eb",
                "\u0645\u200C"
            })
    void elsewhereTheyAreRefused(String name) {
        assertThat(TextKind.NAME.firstRefused(name)).isGreaterThanOrEqualTo(0);
        assertThat(TextKind.TEXT.firstRefused(name)).isGreaterThanOrEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kaffee\u00ADmaschine",
                "\u05E9\u05D7\u05D5\u05E8 iPhone 15\u200F",
                "\u0642\u0647\u0648\u0629\u061C 250g",
                "\u0E01\u0E32\u0E41\u0E1F\u200B\u0E2A\u0E14",
                "\uF8FF Watch"
            })
    void whatTypesettersUseIsAllowedInTextsThatAreOnlyShown(String text) {
        assertThat(TextKind.TEXT.firstRefused(text)).isEqualTo(-1);
        assertThat(TextKind.NAME.firstRefused(text)).isGreaterThanOrEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource
    void aLetterCarriesThirtyMarksAtMost(TextKind kind) {
        assertThat(kind.firstRefused("a" + "\u0301".repeat(30) + "b")).isEqualTo(-1);
        assertThat(kind.firstRefused("a" + "\u0301".repeat(31))).isEqualTo(31);
    }

    @Test
    void theMessageNamesIndexAndCodePoint() {
        String flag = "ab\uDB40\uDC67";
        assertThat(TextKind.notAllowed(flag, TextKind.KEY.firstRefused(flag)))
                .isEqualTo("has a character that is not allowed at index 2 (U+E0067)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "\u200B", "\u2060 \u00AD", "\u2800", "\uFEFF\t"})
    void whatNobodySeesShowsNothing(String text) {
        assertThat(TextKind.showsNothing(text)).isTrue();
        assertThat(TextKind.showsNothing(text + "-")).isFalse();
    }
}
