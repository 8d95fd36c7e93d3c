package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * What is wrong with a file that does not parse. It is taken rule by rule: one that does not read as a rule keeps nobody from
 * being told what is wrong with the others.
 */
final class Syntax {
    private static final String SEE = "Compare it with 'The first rule, line by line' in rules/README.md.";

    /** What else a file of the rule language may begin with; it parses, and is objected to then. */
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

    /** A tree, and what kept it from being a whole one. */
    record Parsed(PackageDescr tree, List<DroolsError> errors) {
        /**
         * Parses it.
         *
         * @throws DroolsParserException when there is no tree at all
         */
        static Parsed of(String text) throws DroolsParserException {
            DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
            PackageDescr tree = parser.parse(true, text);
            return new Parsed(tree, parser.getErrors());
        }
    }

    /**
     * Everything that is wrong with the file.
     *
     * @param errors what the parser said of all of it
     */
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
            errors.stream().limit(1).forEach(error -> syntax.parser(error, tokens, ""));
        }
        return syntax.faults;
    }

    private void beforeRules(List<Token> tokens) {
        for (Token token : tokens) {
            if (NO_RULES.contains(token.text())) {
                return;
            }
            if (token.first()) {
                fault(SyntaxDiagnosis.noRule(token), "");
                return;
            }
        }
    }

    /** @param nextLine the line that the next rule begins with, 0 after the last */
    private void rule(List<Token> tokens, int nextLine) {
        String name = name(tokens);
        int line = tokens.get(0).line();
        try {
            Parsed alone = Parsed.of(ParsedFile.PACKAGE_LINE + "\n".repeat(line - 1) + lines(line, nextLine));
            if (alone.errors().isEmpty()) {
                new ParsedFile.Check(file, this.tokens, faults).rules(alone.tree());
                return;
            }
            Optional<SyntaxDiagnosis> slip = SyntaxDiagnosis.of(tokens);
            slip.ifPresentOrElse(
                    found -> fault(found, name), () -> parser(alone.errors().get(0), tokens, name));
        } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
            faults.add(RuleProblem.fault(file.path(), line, 0, name, "It does not read as a rule.", SEE));
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

    private void fault(SyntaxDiagnosis slip, String rule) {
        faults.add(RuleProblem.fault(file.path(), slip.line(), slip.column(), rule, slip.message(), slip.cure()));
    }

    /** The parser tells where it gave up; in its own words it says nothing to anybody. */
    private void parser(DroolsError error, List<Token> tokens, String rule) {
        int line = error instanceof ParserError at ? at.getRow() : 0;
        int column =
                error instanceof ParserError at ? at.getCol() + 1 - (at.getRow() == 1 ? ParsedFile.shift(file) : 0) : 0;
        Optional<Token> given = tokens.stream()
                .filter(token ->
                        token.line() == line && token.column() + token.text().length() > column)
                .findFirst();
        faults.add(RuleProblem.fault(
                file.path(),
                Math.max(line, 0),
                given.map(Token::column).orElse(0),
                rule,
                given.map(token -> SyntaxDiagnosis.shortened("'" + token.text()) + "' does not fit here.")
                        .orElse("The rule ends before it is complete."),
                SEE));
    }
}
