package dev.vitrine.rulebook.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token of a rule file, which need not parse, and its place, from 1. Comments are left out.
 *
 * @param first whether only blanks and comments stand before it in its line
 */
public record Token(Kind kind, String text, int line, int column, boolean first) {
    public enum Kind {
        WORD,
        NUMBER,
        /** In double or single quotes. */
        TEXT,
        /** A text or comment that never closes, up to the end of its line or of the file. */
        UNCLOSED,
        SIGN
    }

    /** Possessive, so that no text can make it backtrack. */
    private static final Pattern NEXT = Pattern.compile("(?<comment>//[^\\n]*+|(?s:/\\*.*?\\*/))"
            + "|(?<text>\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+')"
            + "|(?<unclosed>/\\*(?s:.*+)|[\"'][^\\n]*+)"
            + "|(?<word>(?:date-effective|date-expires|no-loop|agenda-group|lock-on-active|ruleflow-group|activation-group"
            + "|auto-focus|[\\p{L}_$][\\p{L}\\p{N}_$]*+))"
            + "|(?<number>\\p{N}++(?:\\.\\p{N}++)?+)"
            + "|(?<sign>===|!==|==|!=|<=|>=|=<|=>|<>|&&|\\|\\||[^\\s])");

    public static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher next = NEXT.matcher(text);
        int line = 1;
        int lineBegin = 0;
        int counted = 0;
        int lastLine = 0;
        while (next.find()) {
            for (; counted < next.start(); counted++) {
                if (text.charAt(counted) == '\n') {
                    line++;
                    lineBegin = counted + 1;
                }
            }
            if (next.group("comment") == null) {
                tokens.add(new Token(kind(next), next.group(), line, next.start() - lineBegin + 1, line != lastLine));
                lastLine = line;
            }
        }
        return tokens;
    }

    private static Kind kind(Matcher found) {
        if (found.group("word") != null) {
            return Kind.WORD;
        } else if (found.group("number") != null) {
            return Kind.NUMBER;
        } else if (found.group("text") != null) {
            return Kind.TEXT;
        }
        return found.group("unclosed") != null ? Kind.UNCLOSED : Kind.SIGN;
    }

    public boolean is(String what) {
        return text.equals(what);
    }

    public boolean word() {
        return kind == Kind.WORD;
    }

    /** Whether it can be one side of a comparison. */
    public boolean value() {
        return kind == Kind.WORD || kind == Kind.NUMBER || kind == Kind.TEXT;
    }
}
