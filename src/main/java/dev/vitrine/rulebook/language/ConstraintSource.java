package dev.vitrine.rulebook.language;

import com.github.javaparser.ParseProblemException;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/** A constraint as it is written in the file, and the place of its first character, from 1; column 0 if unknown. */
record ConstraintSource(String text, int line, int column) {
    /** @param patternLine where the fact is asked for: the constraint's line if the parser does not tell it */
    static ConstraintSource of(BaseDescr constraint, int patternLine) {
        boolean placed = constraint.getLine() > 0;
        return new ConstraintSource(
                constraint.toString(),
                placed ? constraint.getLine() : patternLine,
                placed ? constraint.getColumn() + 1 : 0);
    }

    /** The syntax tree, null if the text is not one expression. The parser stops silently before what it cannot read. */
    DrlxExpression parsed() {
        try {
            DrlxExpression parsed = DrlxParseUtil.parseExpression(text);
            return bare(NodeText.of(parsed)).equals(bare(withoutComments(text))) ? parsed : null;
        } catch (ParseProblemException | ClassCastException | StackOverflowError e) {
            return null;
        }
    }

    private static String bare(String text) {
        return text.replaceAll("[\\s()]", "");
    }

    int line(String word) {
        return line
                + (int) text.substring(0, indexOf(word))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    int column(String word) {
        int at = indexOf(word);
        int lineBreak = text.lastIndexOf('\n', at - 1);
        if (column == 0) {
            return 0;
        }
        return lineBreak < 0 ? column + at : at - lineBreak;
    }

    private int indexOf(String word) {
        for (int at = text.indexOf(word); at > 0; at = text.indexOf(word, at + 1)) {
            if (word.isEmpty() || !Character.isJavaIdentifierPart(text.charAt(at - 1))) {
                return at;
            }
        }
        return text.startsWith(word) ? 0 : NodeText.spaced(word, text, 0);
    }

    static String withoutComments(String text) {
        StringBuilder code = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!quoted && text.startsWith("//", i)) {
                i = text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i);
            } else if (!quoted && text.startsWith("/*", i)) {
                i = text.indexOf("*/", i + 2) < 0 ? text.length() : text.indexOf("*/", i + 2) + 1;
            } else {
                quoted ^= c == '"';
                code.append(c);
                if (quoted && c == '\\' && i + 1 < text.length()) {
                    code.append(text.charAt(++i));
                }
            }
        }
        return code.toString();
    }
}
