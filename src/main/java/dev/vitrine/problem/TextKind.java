package dev.vitrine.problem;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * What a text is for, and so which characters it may have; docs/storefront.md shows it as a table. Letters, marks, digits and
 * symbols of all scripts are allowed in each kind. They differ in characters that nobody sees: these are refused, or allowed only
 * where a script or an emoji needs them.
 */
public enum TextKind {
    /** Compared by machines, such as the sku or the id of a visit: no hidden character has a meaning. */
    KEY,
    /** Told apart by people and compared by rules, such as a tag, the name of a rule or a campaign. */
    NAME,
    /** Only shown, such as the name of a product or a note: real feeds hold what typesetters use. */
    TEXT;

    /** As many marks on one letter as the Stream-Safe Text Format (UAX #15) allows; sorting more of them takes quadratic time. */
    static final int MARKS_MAX = 30;

    /**
     * Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt), and separators and format characters that are not
     * shown either: pairs of first and last.
     */
    private static final int[] HIDDEN = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
        0x2028, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB,
        0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    private static final int SOFT_HYPHEN = 0x00AD;
    private static final int ARABIC_MARK = 0x061C;
    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int LEFT_TO_RIGHT_MARK = 0x200E;
    private static final int RIGHT_TO_LEFT_MARK = 0x200F;
    private static final int BRAILLE_BLANK = 0x2800;
    private static final int NO_OBJECT = 0xFFFC;
    private static final int KEYCAP = 0x20E3;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int TAG_FIRST = 0xE0020;
    private static final int TAG_END = 0xE007F;
    /** A black flag, a region of up to six tags, and the end. */
    private static final int FLAG_TAGS_MAX = 7;

    /** Marks of combining class 9 in scripts that are in use: they take a vowel away, and joiners choose the form that is left. */
    private static final String VIRAMAS =
            "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84"
                    + "\u1039\u103A\u1714\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\uA806\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED\u1715\u2D7F";

    private static final Set<UnicodeScript> CURSIVE = Set.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MANDAIC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.PHAGS_PA,
            UnicodeScript.ADLAM,
            UnicodeScript.HANIFI_ROHINGYA);

    /** Scripts in which words are not separated by spaces. */
    private static final Set<UnicodeScript> UNSPACED = Set.of(
            UnicodeScript.THAI, UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR, UnicodeScript.TIBETAN);

    /** The index of the first character that such a text must not have, -1 if there is none. */
    public int firstRefused(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= ' ' && unit < 0x7F) {
                marks = 0;
                continue;
            }
            int c = text.codePointAt(i);
            marks = isMark(c) ? marks + 1 : 0;
            if (marks > MARKS_MAX || refuses(text, i, c)) {
                return i;
            }
            i += Character.charCount(c) - 1;
        }
        return -1;
    }

    /**
     * The index of the first character of a name that looks like a space and is none, -1 if there is none: with it, two names
     * that differ would be shown alike.
     */
    public static int firstOddBlank(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != ' ' && isBlank(c)) {
                return i;
            }
        }
        return -1;
    }

    /** Spaces of all widths, the empty braille pattern, and the place of an object that is not there. */
    static boolean isBlank(int c) {
        return Character.isSpaceChar(c) || Character.isWhitespace(c) || c == BRAILLE_BLANK || c == NO_OBJECT;
    }

    /** Whether nobody sees anything of it: it is empty, or all blanks and hidden characters. */
    public static boolean showsNothing(String text) {
        return text.codePoints().allMatch(c -> isBlank(c) || isHidden(c) || Character.getType(c) == Character.FORMAT);
    }

    /** Says where the blank is, in words that go on from the field. */
    public static String oddBlank(String name, int at) {
        return String.format("has a blank that is not a plain space at index %d (U+%04X)", at, (int) name.charAt(at));
    }

    /** Names the character and its place, in words that go on from the field. */
    public static String notAllowed(String text, int at) {
        return String.format("has a character that is not allowed at index %d (U+%04X)", at, text.codePointAt(at));
    }

    static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    boolean refuses(String text, int at, int c) {
        int type = Character.getType(c);
        if (type == Character.CONTROL || type == Character.SURROGATE || isNoncharacter(c)) {
            return true;
        }
        if (this == KEY) {
            return isHidden(c)
                    || type == Character.FORMAT
                    || type == Character.PRIVATE_USE
                    || type == Character.UNASSIGNED
                    || type == Character.SPACE_SEPARATOR && c != ' ';
        }
        return type == Character.PRIVATE_USE && this == NAME || isHidden(c) && !needed(text, at, c);
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
    }

    private static boolean isHidden(int c) {
        for (int i = 0; i < HIDDEN.length && HIDDEN[i] <= c; i += 2) {
            if (c <= HIDDEN[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Whether what stands beside a hidden character needs it. */
    private boolean needed(String text, int at, int c) {
        int before = at == 0 ? -1 : text.codePointBefore(at);
        int behind = at + Character.charCount(c);
        int after = behind < text.length() ? text.codePointAt(behind) : -1;
        switch (c) {
            case JOINER, NON_JOINER -> {
                return isVirama(before)
                        || cursive(before) && cursive(after)
                        || c == JOINER && emoji(before) && emoji(after);
            }
            case SOFT_HYPHEN -> {
                return this == TEXT && Character.isLetter(before) && Character.isLetter(after);
            }
            case LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, ARABIC_MARK -> {
                return this == TEXT && text.codePoints().anyMatch(TextKind::rightToLeft);
            }
            case ZERO_WIDTH_SPACE -> {
                return this == TEXT && before >= 0 && UNSPACED.contains(UnicodeScript.of(before));
            }
            default -> {
                return isSelector(c) ? selects(before, c, after) : isTag(c) && inFlag(text, at);
            }
        }
    }

    private static boolean isVirama(int c) {
        return c >= 0 && VIRAMAS.indexOf(c) >= 0;
    }

    /** A letter of a script that joins its letters, or a mark on one. */
    private static boolean cursive(int c) {
        return c >= 0
                && (Character.isLetter(c) || isMark(c))
                && (CURSIVE.contains(UnicodeScript.of(c)) || arabicMark(c));
    }

    /** Vowel signs of Arabic belong to several scripts. */
    private static boolean arabicMark(int c) {
        return c >= 0x064B && c <= 0x065F || c == 0x0670;
    }

    /** What an emoji may consist of beside joiners; newer ones than this Java knows are unassigned. */
    private static boolean emoji(int c) {
        if (c < 0) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.OTHER_SYMBOL
                || type == Character.MODIFIER_SYMBOL
                || type == Character.MATH_SYMBOL && c >= 0x2190
                || c == 0xFE0F
                || c >= 0x1F000 && c <= 0x1FAFF;
    }

    private static boolean rightToLeft(int letter) {
        byte direction = Character.getDirectionality(letter);
        return Character.isLetter(letter)
                && (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    }

    private static boolean isSelector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180F;
    }

    /** Selectors choose how a symbol, an ideograph or a Mongolian letter looks. */
    private static boolean selects(int before, int selector, int after) {
        if (before < 0 || isHidden(before)) {
            return false;
        }
        if (before < 0x80) {
            return selector == 0xFE0F && after == KEYCAP;
        }
        if (selector >= 0x180B && selector <= 0x180F) {
            return UnicodeScript.of(before) == UnicodeScript.MONGOLIAN;
        }
        return Character.isIdeographic(before) || !Character.isLetterOrDigit(before) || before == 0x2139;
    }

    private static boolean isTag(int c) {
        return c >= TAG_FIRST && c <= TAG_END;
    }

    /** Whether the tag belongs to a flag such as that of Scotland: a black flag, letters and digits, and an end. */
    private static boolean inFlag(String text, int at) {
        int first = at;
        for (int count = 0; first > 0 && isTag(text.codePointBefore(first)); count++) {
            first -= 2;
            if (count > FLAG_TAGS_MAX) {
                return false;
            }
        }
        if (first == 0 || text.codePointBefore(first) != BLACK_FLAG) {
            return false;
        }
        for (int count = 0; count <= FLAG_TAGS_MAX && first < text.length(); count++, first += 2) {
            int c = text.codePointAt(first);
            if (!isTag(c)) {
                return false;
            }
            if (c == TAG_END) {
                return count > 0 && first >= at;
            }
        }
        return false;
    }
}
