package dev.vitrine.rulebook.language;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.vitrine.rulebook.source.RuleText;
import org.drools.drl.ast.descr.RuleDescr;

/** Refuses what stands after {@code then} and is not listed: it is Java that runs while a shopper waits. */
final class ConsequenceCheck {
    private static final String CURE = "Write a verb of the shelf, such as: shelf.hide( $c );";

    interface Report {
        /** @param word the word to look for in the line, "" for the whole line */
        void fault(int line, String word, String message, String cure);
    }

    private final int firstLine;
    private final ConditionCheck.Names names;
    private final Report report;

    private ConsequenceCheck(int firstLine, ConditionCheck.Names names, Report report) {
        this.firstLine = firstLine;
        this.names = names;
        this.report = report;
    }

    /** @param line of the first token after {@code then} */
    static void check(RuleDescr rule, int line, ConditionCheck.Names names, Report report) {
        String text = String.valueOf(rule.getConsequence());
        ConsequenceCheck check = new ConsequenceCheck(Math.max(1, line - blankLines(text)), names, report);
        if (text.length() > RuleGrammar.EXPRESSION_MAX) {
            report.fault(check.firstLine, "", "The part after 'then' is too long.", "Write several rules.");
            return;
        }
        ParseResult<BlockStmt> parsed = parsed(text);
        if (parsed.isSuccessful() && parsed.getResult().isPresent()) {
            check.block(parsed.getResult().get());
        } else {
            report.fault(
                    check.firstLine + incompleteLine(text, parsed) - 1,
                    "",
                    "The part after 'then' is incomplete.",
                    "Look for a missing bracket, quote or semicolon: shelf.boost( $c, 1.5 );");
        }
    }

    static ParseResult<BlockStmt> parsed(String consequence) {
        ParserConfiguration java17 =
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        return new JavaParser(java17).parseBlock("{" + consequence + "}");
    }

    private static int incompleteLine(String text, ParseResult<BlockStmt> parsed) {
        int at = parsed.getProblems().stream()
                .flatMap(problem -> problem.getLocation().stream())
                .flatMap(location -> location.toRange().stream())
                .mapToInt(range -> range.begin.line)
                .findFirst()
                .orElse(1);
        // if something before it is missing, the parser reports the closing brace, which is not in the file
        int last = (int) text.stripTrailing().lines().count();
        return Math.min(at, Math.max(1, last));
    }

    /** Lines before the first statement: the text of the consequence need not begin where it begins in the file. */
    private static int blankLines(String text) {
        return (int) RuleText.withoutComments(text)
                .lines()
                .takeWhile(String::isBlank)
                .count();
    }

    private void block(BlockStmt block) {
        if (block.isEmpty()) {
            report.fault(firstLine, "", "The rule does nothing.", CURE);
        }
        if (block.getStatements().size() > RuleGrammar.STATEMENTS_MAX) {
            report.fault(
                    firstLine,
                    "",
                    "The rule has more than " + RuleGrammar.STATEMENTS_MAX + " statements.",
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
                fault(statement, "'" + NodeText.shortened(statement) + "' is not a verb of the shelf.", CURE);
            }
        }
    }

    private void verb(MethodCallExpr call) {
        String verb = call.getNameAsString();
        if (!Vocabulary.verbs().contains(verb)) {
            fault(call, "Shelf has no '" + verb + "'.", Suggestion.of(verb, Vocabulary.verbs()));
        }
        ExpressionCheck check =
                ExpressionCheck.ofConsequence(names.types(), CURE, (word, message, cure) -> fault(call, message, cure));
        for (int i = 0; i < call.getArguments().size(); i++) {
            Expression argument = call.getArgument(i);
            check.check(argument);
            names.ofShopper().quoted(verb, i, argument).ifPresent(this::ofShopper);
        }
    }

    private void ofShopper(Node quoted) {
        report.fault(
                line(quoted),
                NodeText.firstWord(quoted),
                "'" + NodeText.shortened(quoted)
                        + "' is of the shopper's history, which whoever reads an explanation must not see.",
                "Ask for it in a condition, and say what it means in words of your own: \"bought before\".");
    }

    private static boolean isShelf(Node node) {
        return node instanceof NameExpr name && name.getNameAsString().equals("shelf");
    }

    private void fault(Node node, String message, String cure) {
        report.fault(line(node), "", message, cure);
    }

    private int line(Node node) {
        return firstLine + node.getBegin().map(at -> at.line).orElse(1) - 1;
    }
}
