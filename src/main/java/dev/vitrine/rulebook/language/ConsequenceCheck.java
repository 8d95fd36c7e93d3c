package dev.vitrine.rulebook.language;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.vitrine.rulebook.source.RuleText;
import java.util.List;
import java.util.Map;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * What may stand after {@code then}: verbs of the shelf, given what {@link RuleGrammar} lists. It is Java that runs on the order
 * path, so everything else is refused before it is compiled.
 */
final class ConsequenceCheck {
    private static final String CURE = "Write a verb of the shelf, such as: shelf.hide( $c );";

    /** Told of each thing that may not stand there: its line in the file, and why. */
    interface Complaint {
        void about(int line, String message, String cure);
    }

    private final int firstLine;
    private final Map<String, Class<?>> bound;
    private final Complaint complaint;

    private ConsequenceCheck(int firstLine, Map<String, Class<?>> bound, Complaint complaint) {
        this.firstLine = firstLine;
        this.bound = bound;
        this.complaint = complaint;
    }

    /**
     * @param line that the first thing after {@code then} stands in
     * @param bound names that the conditions bind, and their types
     */
    static void of(RuleDescr rule, int line, Map<String, Class<?>> bound, Complaint complaint) {
        String text = String.valueOf(rule.getConsequence());
        ConsequenceCheck check = new ConsequenceCheck(Math.max(1, line - blankLines(text)), bound, complaint);
        if (text.length() > RuleGrammar.EXPRESSION_MAX) {
            complaint.about(check.firstLine, "What stands after 'then' is too long.", "Write several rules.");
            return;
        }
        ParserConfiguration java17 =
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        ParseResult<BlockStmt> parsed = new JavaParser(java17).parseBlock("{" + text + "}");
        if (!parsed.isSuccessful() || parsed.getResult().isEmpty()) {
            int at = parsed.getProblems().stream()
                    .flatMap(problem -> problem.getLocation().stream())
                    .flatMap(location -> location.toRange().stream())
                    .mapToInt(range -> range.begin.line)
                    .findFirst()
                    .orElse(1);
            // the parser complains of the closing brace that we added when something before it is missing
            int last = (int) text.stripTrailing().lines().count();
            complaint.about(
                    check.firstLine + Math.min(at, Math.max(1, last)) - 1,
                    "What stands after 'then' is not complete.",
                    "Look for a missing bracket, quote or semicolon: shelf.boost( $c, 1.5 );");
            return;
        }
        check.block(parsed.getResult().get());
    }

    /** Lines before the first that says something: not all that stand in the file are in the text. */
    private static int blankLines(String text) {
        return (int) RuleText.withoutComments(text)
                .lines()
                .takeWhile(String::isBlank)
                .count();
    }

    private void block(BlockStmt block) {
        if (block.isEmpty()) {
            complaint.about(firstLine, "The rule does nothing.", CURE);
        }
        if (block.getStatements().size() > RuleGrammar.STATEMENTS_MAX) {
            complaint.about(
                    firstLine,
                    "The rule says more than " + RuleGrammar.STATEMENTS_MAX + " things.",
                    "Write several rules.");
            return;
        }
        for (Statement statement : block.getStatements()) {
            if (statement.isExpressionStmt()
                    && statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call
                    && call.getTypeArguments().isEmpty()
                    && call.getScope().filter(ConsequenceCheck::isShelf).isPresent()) {
                verb(call);
            } else {
                complain(statement, "'" + ExpressionCheck.shortened(statement) + "' is not a verb of the shelf.", CURE);
            }
        }
    }

    private void verb(MethodCallExpr call) {
        String verb = call.getNameAsString();
        if (!Vocabulary.verbs().contains(verb)) {
            complain(
                    call, "Shelf has no '" + verb + "'.", CompilerMessages.cure(verb, List.copyOf(Vocabulary.verbs())));
        }
        ExpressionCheck check =
                ExpressionCheck.ofConsequence(bound, CURE, (word, message, cure) -> complain(call, message, cure));
        call.getArguments().forEach(check::check);
    }

    private static boolean isShelf(Node node) {
        return node instanceof NameExpr name && name.getNameAsString().equals("shelf");
    }

    private void complain(Node node, String message, String cure) {
        complaint.about(firstLine + node.getBegin().map(at -> at.line).orElse(1) - 1, message, cure);
    }
}
