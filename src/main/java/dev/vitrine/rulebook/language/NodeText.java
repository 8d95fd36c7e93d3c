package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.mvel.parser.printer.PrintUtil;

/** The text of a syntax tree's node, as messages quote it. */
final class NodeText {
    private static final int QUOTED_MAX = 60;

    private NodeText() {}

    static String of(Node node) {
        try {
            return PrintUtil.printNode(node);
        } catch (RuntimeException e) {
            // the printer does not know every kind of node
            return node.getClass().getSimpleName().replaceAll("(Literal)?(Expr(ession)?|Stmt)$", "");
        }
    }

    static String shortened(Node node) {
        return shortened(of(node));
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > QUOTED_MAX ? line.substring(0, QUOTED_MAX) + "…" : line;
    }

    /** Where the text stands in a source that may have other blanks, 0 if nowhere. */
    static int spaced(String text, String source, int from) {
        String form = Token.of(text).stream()
                .map(token -> Pattern.quote(token.text()))
                .collect(Collectors.joining("\\s*+"));
        Matcher found = Pattern.compile("(?<![\\w.])" + form).matcher(source);
        return found.find(from) ? found.start() : 0;
    }

    static String firstWord(Node node) {
        String text = of(node);
        int end = 0;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
