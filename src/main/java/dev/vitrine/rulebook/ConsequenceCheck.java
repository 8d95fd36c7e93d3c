package dev.vitrine.rulebook;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.ClassExpr;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.SwitchExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * What may stand after {@code then}: verbs of the shelf, given values, bound names and the vocabulary's functions. It is
 * Java that runs on the order path, so everything else is refused before it is compiled.
 */
final class ConsequenceCheck {
    private static final String CURE = "Write a verb of the shelf, such as: shelf.hide( $c );";
    private static final Set<Class<? extends Node>> REFUSED = Set.of(
            LambdaExpr.class,
            MethodReferenceExpr.class,
            ObjectCreationExpr.class,
            ArrayCreationExpr.class,
            AssignExpr.class,
            ClassExpr.class,
            CastExpr.class,
            SwitchExpr.class);

    /** What every object can do is not for rules; a misspelt verb is told, with the nearest one, by the compiler. */
    private static final Set<String> NO_VERBS =
            Arrays.stream(Object.class.getMethods()).map(Method::getName).collect(Collectors.toSet());

    /** Told of each thing that may not stand there: its line in the file, and why. */
    interface Complaint {
        void about(int line, String message, String cure);
    }

    private final int firstLine;
    private final Complaint complaint;

    private ConsequenceCheck(int firstLine, Complaint complaint) {
        this.firstLine = firstLine;
        this.complaint = complaint;
    }

    static void of(RuleDescr rule, Complaint complaint) {
        String text = String.valueOf(rule.getConsequence());
        ParserConfiguration java17 =
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        ParseResult<BlockStmt> parsed = new JavaParser(java17).parseBlock("{" + text + "}");
        ConsequenceCheck check = new ConsequenceCheck(Math.max(1, rule.getConsequenceLine()), complaint);
        if (!parsed.isSuccessful() || parsed.getResult().isEmpty()) {
            int line = parsed.getProblems().stream()
                    .flatMap(problem -> problem.getLocation().stream())
                    .flatMap(location -> location.toRange().stream())
                    .mapToInt(range -> range.begin.line)
                    .findFirst()
                    .orElse(1);
            // the parser complains of the closing brace that we added when something before it is missing
            int last = (int) text.stripTrailing().lines().count();
            complaint.about(
                    check.firstLine + Math.min(line, Math.max(1, last)) - 1,
                    "What stands after 'then' is not complete.",
                    "Look for a missing bracket, quote or semicolon: shelf.boost( $c, 1.5 );");
            return;
        }
        check.block(parsed.getResult().get());
    }

    private void block(BlockStmt block) {
        if (block.isEmpty()) {
            complaint.about(firstLine, "The rule does nothing.", CURE);
        }
        for (Statement statement : block.getStatements()) {
            if (statement.isExpressionStmt()
                    && statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call
                    && !NO_VERBS.contains(call.getNameAsString())
                    && call.getScope().filter(ConsequenceCheck::isShelf).isPresent()) {
                call.getArguments().forEach(this::argument);
            } else {
                complain(statement, "'" + shortened(statement) + "' is not a verb of the shelf.");
            }
        }
    }

    private static boolean isShelf(Node node) {
        return node instanceof NameExpr name && name.getNameAsString().equals("shelf");
    }

    private void argument(Node argument) {
        argument.walk(node -> {
            if (REFUSED.contains(node.getClass())
                    || (node instanceof UnaryExpr unary && unary.getOperator().isPostfix())
                    || (node instanceof UnaryExpr prefix && prefix.getOperator().isPrefix() && changes(prefix))
                    || (node instanceof MethodCallExpr call && !known(call))
                    || (node instanceof FieldAccessExpr access && !isMood(access))
                    || isShelf(node)) {
                complain(node, "'" + shortened(node) + "' may not stand in a rule.");
            }
        });
    }

    private static boolean changes(UnaryExpr prefix) {
        return prefix.getOperator() == UnaryExpr.Operator.PREFIX_INCREMENT
                || prefix.getOperator() == UnaryExpr.Operator.PREFIX_DECREMENT;
    }

    /** A function of the vocabulary, or a question to a bound fact. */
    private static boolean known(MethodCallExpr call) {
        return !NO_VERBS.contains(call.getNameAsString())
                && call.getScope()
                        .map(scope -> scope instanceof NameExpr name
                                && name.getNameAsString().startsWith("$"))
                        .orElse(true);
    }

    private static boolean isMood(FieldAccessExpr access) {
        return access.getScope() instanceof NameExpr name
                && name.getNameAsString().equals("Mood");
    }

    private void complain(Node node, String message) {
        complaint.about(firstLine + node.getBegin().map(at -> at.line).orElse(1) - 1, message, CURE);
    }

    private static String shortened(Node node) {
        String text = node.toString().replaceAll("\\s+", " ");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
