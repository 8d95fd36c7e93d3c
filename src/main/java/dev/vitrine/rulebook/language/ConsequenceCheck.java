package dev.vitrine.rulebook.language;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.source.RuleText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;

/** Refuses what stands after {@code then} and is not listed: it is Java that runs while a shopper waits. */
final class ConsequenceCheck {
    private static final String CURE = "Write a verb of the shelf, such as: shelf.hide( $c );";

    private static final Pattern VERB_WITHOUT_BRACKETS = Pattern.compile("(?:shelf\\.)?(\\w+) (\\$\\w+);");

    private final int firstLine;
    private final List<String> lines;
    private final List<String> fileLines;
    private final ConditionCheck.Names names;
    private final RuleReport report;

    private ConsequenceCheck(
            String text, int firstLine, List<String> fileLines, ConditionCheck.Names names, RuleReport report) {
        this.lines = text.lines().toList();
        this.firstLine = firstLine;
        this.fileLines = fileLines;
        this.names = names;
        this.report = report;
    }

    /**
     * @param line of the first token after {@code then}
     * @param tokens those after {@code then} and before {@code end}
     */
    static void check(
            RuleDescr rule,
            int line,
            List<Token> tokens,
            List<String> fileLines,
            ConditionCheck.Names names,
            RuleReport report) {
        String text = String.valueOf(rule.getConsequence());
        ConsequenceCheck check =
                new ConsequenceCheck(text, Math.max(1, line - blankLines(text)), fileLines, names, report);
        if (text.length() > RuleGrammar.EXPRESSION_MAX) {
            report.fault(check.firstLine, 0, "The part after 'then' is too long.", "Write several rules.");
            return;
        }
        ParseResult<BlockStmt> parsed = parsed(text);
        if (parsed.isSuccessful() && parsed.getResult().isPresent()) {
            check.block(parsed.getResult().get());
        } else {
            SyntaxDiagnosis found = ConsequenceDiagnosis.of(tokens)
                    .orElseGet(() -> new SyntaxDiagnosis(
                            check.firstLine + incompleteLine(text, parsed) - 1,
                            0,
                            "The part after 'then' is incomplete.",
                            "Look for a missing bracket, quote or semicolon: shelf.boost( $c, 1.5 );"));
            report.fault(found.line(), found.column(), found.message(), found.cure());
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
            report.fault(firstLine, 0, "The rule does nothing.", CURE);
        }
        if (block.getStatements().size() > RuleGrammar.STATEMENTS_MAX) {
            report.fault(
                    firstLine,
                    0,
                    "The rule has more than " + RuleGrammar.STATEMENTS_MAX + " statements.",
                    "Write several rules.");
            return;
        }
        Set<String> said = new HashSet<>();
        for (Statement statement : block.getStatements()) {
            if (!said.add(NodeText.of(statement))) {
                Place at = place(statement, "");
                report.slip(
                        at.line(),
                        at.column(),
                        "'" + NodeText.shortened(statement) + "' is there twice, and counts once.",
                        "Delete one of them.");
                continue;
            }
            if (statement.isExpressionStmt()
                    && statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call
                    && call.getTypeArguments().isEmpty()
                    && call.getScope().filter(ConsequenceCheck::isShelf).isPresent()) {
                verb(call);
            } else {
                notAVerb(statement);
            }
        }
    }

    /** What was meant: a verb without the shelf, of a candidate, or without brackets. */
    private void notAVerb(Statement statement) {
        String text = NodeText.shortened(statement);
        if (statement.isExpressionStmt()
                && statement.asExpressionStmt().getExpression() instanceof VariableDeclarationExpr declared) {
            // the names that it declares are no second fault
            declared.getVariables().forEach(one -> names.types().putIfAbsent(one.getNameAsString(), Object.class));
            Matcher verb = VERB_WITHOUT_BRACKETS.matcher(text);
            if (verb.matches() && Vocabulary.verbs().contains(verb.group(1))) {
                fault(
                        statement,
                        "'" + verb.group(1) + "' has no brackets.",
                        "Write: shelf." + verb.group(1) + "( " + verb.group(2) + " );");
                return;
            }
        }
        if (statement.isExpressionStmt()
                && statement.asExpressionStmt().getExpression() instanceof MethodCallExpr call) {
            Optional<String> verb = Nearest.to(call.getNameAsString(), Vocabulary.verbs())
                    .filter(near -> call.getTypeArguments().isEmpty());
            if (verb.isPresent()) {
                fault(
                        statement,
                        "A verb begins with 'shelf.'.",
                        "Write: shelf." + CallCheck.call(verb.get(), spoken(call)) + ";");
                return;
            }
        }
        if (statement.isReturnStmt()
                && statement.asReturnStmt().getExpression().orElse(null) instanceof MethodCallExpr call) {
            fault(statement, "A verb stands without 'return'.", "Write: " + CallCheck.text(call) + ";");
        } else if (statement.isIfStmt()
                || statement.isForStmt()
                || statement.isForEachStmt()
                || statement.isWhileStmt()) {
            fault(
                    statement,
                    "A rule has no '" + text.replaceFirst("\\W.*", "") + "'.",
                    "It fires for each fact that meets its conditions, so ask for them above 'then'.");
        } else if (statement.isBlockStmt()) {
            fault(statement, "Braces do not belong after 'then'.", "Delete them.");
        } else {
            fault(statement, "'" + text + "' is not a verb of the shelf.", CURE);
        }
    }

    /** The values of a verb. That of {@code $c.hide()} is the candidate. */
    private List<String> spoken(MethodCallExpr call) {
        List<String> values = new ArrayList<>();
        call.getScope()
                .filter(scope ->
                        scope instanceof NameExpr name && name.getNameAsString().startsWith("$"))
                .ifPresent(scope -> values.add(CallCheck.text(scope)));
        call.getArguments().forEach(value -> values.add(CallCheck.text(value)));
        return values;
    }

    private void verb(MethodCallExpr call) {
        String verb = call.getNameAsString();
        boolean known = Vocabulary.verbs().contains(verb);
        if (!known) {
            Place at = place(call.getName(), "");
            report.fault(
                    at.line(),
                    at.column(),
                    "Shelf has no '" + verb + "'.",
                    Nearest.to(verb, Vocabulary.verbs())
                            .map(near -> "Write: shelf."
                                    + CallCheck.call(
                                            near,
                                            call.getArguments().stream()
                                                    .map(CallCheck::text)
                                                    .toList())
                                    + ";")
                            .orElse("Verbs: " + String.join(", ", Vocabulary.verbs()) + "."));
        }
        ExpressionCheck check = ExpressionCheck.ofConsequence(
                names.types(),
                CURE,
                ExpressionFaults.Report.at(report, word -> place(call, word).line(), word -> place(call, word)
                        .column()));
        if (known) {
            check.arguments(call, CallForms.of(verb));
        } else {
            call.getArguments().forEach(check::check);
        }
        for (int i = 0; i < call.getArguments().size(); i++) {
            names.ofShopper().quoted(verb, i, call.getArgument(i)).ifPresent(this::ofShopper);
        }
    }

    private void ofShopper(Node quoted) {
        Place at = place(quoted, "");
        report.fault(
                at.line(),
                at.column(),
                "'" + NodeText.shortened(quoted)
                        + "' is of the shopper's history, which whoever reads an explanation must not see.",
                "Ask for it in a condition, and say what it means in words of your own: \"bought before\".");
    }

    private static boolean isShelf(Node node) {
        return node instanceof NameExpr name && name.getNameAsString().equals("shelf");
    }

    private void fault(Node node, String message, String cure) {
        Place at = place(node, "");
        report.fault(at.line(), at.column(), message, cure);
    }

    private record Place(int line, int column) {}

    /** Where the word stands in the node, or the node itself. The text of a consequence is moved against its file. */
    private Place place(Node node, String word) {
        int index = node.getBegin().map(at -> at.line).orElse(1) - 1;
        int column = node.getBegin().map(at -> at.column).orElse(1) - (index == 0 ? 2 : 1);
        int last = Math.min(node.getEnd().map(at -> at.line).orElse(index + 1), lines.size());
        for (int i = index; i < last && !word.isEmpty(); i++) {
            int found = indexOf(word, lines.get(i), i == index ? Math.max(0, column) : 0);
            if (found >= 0) {
                return inFile(i, found);
            }
        }
        return inFile(index, Math.max(0, column));
    }

    private static int indexOf(String word, String line, int from) {
        boolean begins = Character.isJavaIdentifierPart(word.charAt(0));
        for (int at = line.indexOf(word, from); at >= 0; at = line.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean whole = (!begins || at == 0 || !Character.isJavaIdentifierPart(line.charAt(at - 1)))
                    && (!Character.isJavaIdentifierPart(word.charAt(word.length() - 1))
                            || end == line.length()
                            || !Character.isJavaIdentifierPart(line.charAt(end)));
            if (whole) {
                return at;
            }
        }
        int spaced = line.contains(word) ? 0 : NodeText.spaced(word, line, Math.min(from, line.length()));
        return spaced > 0 ? spaced : -1;
    }

    private Place inFile(int index, int column) {
        int line = firstLine + index;
        String own = index < lines.size() ? lines.get(index) : "";
        int blanks = own.length() - own.stripLeading().length();
        int moved = line > fileLines.size() || own.isBlank()
                ? -1
                : fileLines.get(line - 1).indexOf(own.strip());
        return new Place(line, moved < 0 ? 0 : moved + Math.max(0, column - blanks) + 1);
    }
}
