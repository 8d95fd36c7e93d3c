package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
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

    static String firstWord(Node node) {
        String text = of(node);
        int end = 0;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
