package dev.vitrine.problem;

/** Text of unknown origin as it can be shown on a terminal: it stays in its line, in its colour and in its direction. */
public final class Printable {
    private Printable() {}

    /** The text with all hidden characters but tabs and blanks written as escapes, such as {@code \n}. */
    public static String of(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean plain = c >= ' ' && c < 0x7F || c == '\t';
            if (!plain && TextKind.NAME.refuses(text, i, c)) {
                shown = shown == null ? new StringBuilder(text.substring(0, i)) : shown;
                shown.append(escape(c));
            } else if (shown != null) {
                shown.appendCodePoint(c);
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.format(Character.isBmpCodePoint(c) ? "\\u%04X" : "\\u{%X}", c);
        };
    }
}
