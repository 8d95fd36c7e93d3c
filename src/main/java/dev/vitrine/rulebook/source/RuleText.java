package dev.vitrine.rulebook.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds rules and comments in the text of a file that need not parse. Possessive patterns cannot recurse or backtrack. */
public final class RuleText {
    private static final String STRING = "\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"";
    /** An unclosed string ends with its line and an unclosed comment with the text, so that nothing is scanned twice. */
    private static final Pattern STRING_OR_COMMENT = Pattern.compile(STRING + "?+|//[^\\n]*+|(?s:/\\*.*?(?:\\*/|\\z))");

    private static final Pattern RULE =
            Pattern.compile("(?m)(?:^|(?<=\\bend\\b))[ \\t]*+rule\\s++(?:(" + STRING + ")|(\\w++))");

    /** @param text with the comment lines directly above the rule */
    public record NamedText(String name, String text) {}

    private RuleText() {}

    public static List<NamedText> rules(String text) {
        List<NamedText> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(withoutComments(text));
        String name = null;
        int from = 0;
        while (rule.find()) {
            int begin = commentsAbove(text, rule.start());
            if (name != null) {
                rules.add(new NamedText(
                        name, text.substring(from, Math.max(from, begin)).strip()));
            }
            String found = rule.group(1);
            name = found == null ? rule.group(2) : found.substring(1, found.length() - 1);
            from = Math.max(from, begin);
        }
        if (name != null) {
            rules.add(new NamedText(name, text.substring(from).strip()));
        }
        return rules;
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

    private static int commentsAbove(String text, int begin) {
        int from = begin;
        while (from > 0) {
            int lineBefore = text.lastIndexOf('\n', from - 2) + 1;
            if (text.charAt(from - 1) != '\n'
                    || !text.substring(lineBefore, from).strip().startsWith("//")) {
                break;
            }
            from = lineBefore;
        }
        return from;
    }
}
