package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;

/** Finds what is wrong with a file that does not parse, rule by rule, so that one does not hide the faults of others. */
final class Syntax {
    private static final String SEE = "Compare it with 'The first rule, line by line' in rules/README.md.";

    /** What a file of the rule language may also begin with. It parses, and the guard refuses it then. */
    private static final Set<String> NO_RULES = Set.of(
            "package",
            "import",
            "global",
            "declare",
            "function",
            "query",
            "unit",
            "dialect",
            "expander",
            "salience",
            "enabled",
            "no-loop",
            "date-effective",
            "date-expires",
            "agenda-group",
            "@");

    private final RuleFile file;
    private final List<String> lines;
    private final List<Token> tokens;
    private final List<RuleProblem> faults = new ArrayList<>();

    private Syntax(RuleFile file) {
        this.file = file;
        this.lines = file.text().lines().toList();
        this.tokens = Token.of(file.text());
    }

    /** @param errors what the parser reported for the whole file */
    static List<RuleProblem> faults(RuleFile file, List<DroolsError> errors) {
        Syntax syntax = new Syntax(file);
        List<Token> tokens = syntax.tokens;
        List<Integer> rules = IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).first() && tokens.get(i).is("rule"))
                .boxed()
                .toList();
        syntax.beforeRules(tokens.subList(0, rules.isEmpty() ? tokens.size() : rules.get(0)));
        for (int i = 0; i < rules.size(); i++) {
            int end = i + 1 < rules.size() ? rules.get(i + 1) : tokens.size();
            syntax.rule(
                    tokens.subList(rules.get(i), end),
                    i + 1 < rules.size() ? tokens.get(end).line() : 0);
        }
        if (syntax.faults.isEmpty()) {
            errors.stream().limit(1).forEach(error -> syntax.parserError(error, tokens, ""));
        }
        return syntax.faults;
    }

    private void beforeRules(List<Token> tokens) {
        for (Token token : tokens) {
            if (NO_RULES.contains(token.text())) {
                return;
            }
            if (token.first()) {
                fault(SyntaxDiagnosis.notARule(token), "");
                return;
            }
        }
    }

    /** @param nextLine the line on which the next rule begins, 0 after the last */
    private void rule(List<Token> tokens, int nextLine) {
        String name = name(tokens);
        int line = tokens.get(0).line();
        try {
            SyntaxTree alone = SyntaxTree.of(ParsedFile.PACKAGE_LINE + "\n".repeat(line - 1) + lines(line, nextLine));
            if (alone.errors().isEmpty()) {
                ParsedRuleCheck check = new ParsedRuleCheck(file, this.tokens, faults, faults, new ArrayList<>());
                alone.tree().getRules().forEach(check::check);
                return;
            }
            Optional<SyntaxDiagnosis> diagnosis = SyntaxDiagnosis.of(tokens);
            diagnosis.ifPresentOrElse(
                    found -> fault(found, name),
                    () -> parserError(alone.errors().get(0), tokens, name));
        } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
            faults.add(RuleProblem.fault(file.path(), line, 1, name, "The text cannot be parsed as a rule.", SEE));
        }
    }

    private String lines(int from, int to) {
        return String.join("\n", lines.subList(from - 1, to == 0 ? lines.size() : to - 1)) + "\n";
    }

    private static String name(List<Token> rule) {
        String named = rule.size() < 2 || rule.get(1).kind() != Token.Kind.TEXT
                ? ""
                : rule.get(1).text();
        return named.isEmpty() ? "" : SyntaxDiagnosis.shortened(named.substring(1, named.length() - 1));
    }

    private void fault(SyntaxDiagnosis found, String rule) {
        faults.add(RuleProblem.fault(file.path(), found.line(), found.column(), rule, found.message(), found.cure()));
    }

    /** Keeps the place where the parser gave up. Its message helps nobody who writes rules. */
    private void parserError(DroolsError error, List<Token> tokens, String rule) {
        int line = error instanceof ParserError at ? at.getRow() : 0;
        int column = error instanceof ParserError at
                ? at.getCol() + 1 - (at.getRow() == 1 ? ParsedFile.firstLineShift(file) : 0)
                : 0;
        Optional<Token> given = tokens.stream()
                .filter(token ->
                        token.line() == line && token.column() + token.text().length() > column)
                .findFirst();
        faults.add(RuleProblem.fault(
                file.path(),
                Math.max(line, 1),
                given.map(Token::column).orElse(1),
                rule,
                given.map(token -> SyntaxDiagnosis.shortened("Unexpected '" + token.text()) + "'.")
                        .orElse("The rule ends before it is complete."),
                SEE));
    }
}
