package dev.vitrine.rulebook.source;

import dev.vitrine.rulebook.source.RuleText.NamedText;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the text of an examples file: its syntax, and which lines are about which rule. */
public final class ExamplesText {
    private static final int ALIASES_MAX = 20;
    private static final int DEPTH_MAX = 12;

    /** A text in quotes, which is kept, or a comment with the blanks before it. */
    private static final Pattern COMMENT = Pattern.compile(
            "\"(?:[^\"\\\\\\n]|\\\\.)*+\"|(?<![\\w])'[^'\\n]*+'|(?<comment>(?:(?m:^)[ \\t]*+|[ \\t]++)#[^\\n]*+)");

    private ExamplesText() {}

    /** The tree of the text, null if it has none; throws what the YAML parser throws. */
    public static Node tree(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(ALIASES_MAX);
        limits.setNestingDepthLimit(DEPTH_MAX);
        limits.setAllowDuplicateKeys(false);
        return new Yaml(limits).compose(new StringReader(withoutTabs(text)));
    }

    /** Blanks for the tabs of comments, and of what is before them: YAML takes those of lines without a text for an indent. */
    private static String withoutTabs(String text) {
        if (text.indexOf('\t') < 0 || text.indexOf('#') < 0) {
            return text;
        }
        return COMMENT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? found.group() : found.group(1).replace('\t', ' ')));
    }

    /**
     * The whole text: what stands before the first rule, without a name, and the examples of each rule with the comments
     * directly above them. A text that is not written line by line, or cannot be read, is one piece without a name.
     */
    static List<NamedText> pieces(String text) {
        List<NamedText> whole = List.of(new NamedText("", text));
        try {
            return tree(text) instanceof MappingNode root ? pieces(text, root) : whole;
        } catch (RuntimeException unreadable) {
            return whole;
        }
    }

    private static List<NamedText> pieces(String text, MappingNode root) {
        List<NamedText> pieces = new ArrayList<>();
        String name = "";
        int from = 0;
        int line = 0;
        int lineStart = 0;
        for (NodeTuple rule : root.getValue()) {
            Node key = rule.getKeyNode();
            if (!(key instanceof ScalarNode named)
                    || key.getStartMark().getColumn() != 0
                    || key.getStartMark().getLine() < line) {
                return List.of(new NamedText("", text));
            }
            for (; line < key.getStartMark().getLine(); line++) {
                lineStart = nextLine(text, lineStart);
            }
            int begin = Math.max(from, commentsAbove(text, lineStart));
            pieces.add(new NamedText(name, text.substring(from, begin)));
            name = named.getValue();
            from = begin;
        }
        pieces.add(new NamedText(name, text.substring(from)));
        return pieces;
    }

    /** Lines end as YAML's do: with any line break that Java knows, too. */
    private static int nextLine(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                return i + 2;
            }
            if (c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                return i + 1;
            }
        }
        return text.length();
    }

    private static int commentsAbove(String text, int begin) {
        int from = begin;
        while (from > 0 && text.charAt(from - 1) == '\n') {
            int lineBefore = text.lastIndexOf('\n', from - 2) + 1;
            if (!text.substring(lineBefore, from).strip().startsWith("#")) {
                break;
            }
            from = lineBefore;
        }
        return from;
    }
}
