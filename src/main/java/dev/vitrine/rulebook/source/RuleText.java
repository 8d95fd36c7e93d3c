package dev.vitrine.rulebook.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds rules and comments in the text of a file that need not parse. Possessive patterns cannot recurse or backtrack. */
public final class RuleText {
    static final String STRING = "\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"";
    /** An unclosed string ends with its line and an unclosed comment with the text, so that nothing is scanned twice. */
    private static final Pattern STRING_OR_COMMENT = Pattern.compile(STRING + "?+|//[^\\n]*+|(?s:/\\*.*?(?:\\*/|\\z))");

    private static final Pattern RULE =
            Pattern.compile("(?m)(?:^|(?<=\\bend\\b))[ \\t]*+rule\\s++(?:(" + STRING + ")|(\\w++))");

    /** @param text with the comment lines directly above the rule */
    public record NamedText(String name, String text) {}

    private RuleText() {}

    public static List<NamedText> rules(String text) {
        return pieces(text).stream()
                .skip(1)
                .map(piece -> new NamedText(piece.name(), piece.text().strip()))
                .toList();
    }

    /** The whole text: what stands before the first rule, without a name, and each rule with the comments directly above it. */
    static List<NamedText> pieces(String text) {
        String bare = withoutComments(text);
        BitSet inComment = insideComments(text);
        Matcher rule = RULE.matcher(bare);
        List<NamedText> pieces = new ArrayList<>();
        String name = "";
        int from = 0;
        while (rule.find()) {
            int begin = Math.max(from, commentsAbove(text, bare, inComment, from, rule.start()));
            pieces.add(new NamedText(name, text.substring(from, begin)));
            String found = rule.group(1);
            name = found == null ? rule.group(2) : found.substring(1, found.length() - 1);
            from = begin;
        }
        pieces.add(new NamedText(name, text.substring(from)));
        return pieces;
    }

    /** Comments become blanks, so that everything else keeps its place. */
    public static String withoutComments(String text) {
        return STRING_OR_COMMENT
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("\"")
                                ? found.group()
                                : found.group().replaceAll("[^\\n]", " ")));
    }

    /** The places where a cut would leave half a comment on either side. */
    private static BitSet insideComments(String text) {
        BitSet inside = new BitSet();
        Matcher found = STRING_OR_COMMENT.matcher(text);
        while (found.find()) {
            if (found.group().startsWith("/")) {
                inside.set(found.start() + 1, found.end());
            }
        }
        return inside;
    }

    /** Where the comment lines directly above a rule begin, after {@code earliest}; never in the middle of a comment. */
    private static int commentsAbove(String text, String bare, BitSet inComment, int earliest, int begin) {
        int from = begin;
        while (from > earliest && text.charAt(from - 1) == '\n') {
            int lineBefore = text.lastIndexOf('\n', from - 2) + 1;
            boolean blank = text.substring(lineBefore, from).isBlank() && !inComment.get(lineBefore);
            if (lineBefore < earliest
                    || blank
                    || !bare.substring(lineBefore, from).isBlank()) {
                break;
            }
            from = lineBefore;
        }
        return inComment.nextClearBit(from);
    }
}
