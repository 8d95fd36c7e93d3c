package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.problem.TextKind;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Checks a rule that parses: its name, owner, attributes and dates, its conditions and its consequence. */
final class ParsedRuleCheck {
    private static final String OWNER_CURE = "Add a line such as: @owner( \"Ines\" )";

    private final RuleFile file;
    private final List<Token> tokens;
    private final List<String> lines;
    private final List<RuleProblem> problems;
    private final List<RuleProblem> slips;
    private final List<RuleProblem> remarks;

    /**
     * @param slips see {@link ParsedFile#slips()}
     * @param remarks see {@link ParsedFile#remarks()}
     */
    ParsedRuleCheck(
            RuleFile file,
            List<Token> tokens,
            List<RuleProblem> problems,
            List<RuleProblem> slips,
            List<RuleProblem> remarks) {
        this.file = file;
        this.tokens = tokens;
        this.lines = file.text().lines().toList();
        this.problems = problems;
        this.slips = slips;
        this.remarks = remarks;
    }

    void check(RuleDescr rule) {
        String name = rule.getName();
        if (rule.isQuery()) {
            add(rule, name, "Rule files cannot contain queries.", "Write the condition into the rule.");
            return;
        }
        if (rule.getParentName() != null) {
            add(rule, name, "A rule cannot extend another rule.", "Repeat the condition.");
        }
        if (TextKind.showsNothing(name)) {
            add(rule, "", "The rule's name shows nothing.", "Name it in a sentence: rule \"…\"");
        } else if (!RuleGrammar.RULE_NAME.matcher(name).matches()) {
            boolean quotes = name.indexOf('"') >= 0 || name.indexOf('\\') >= 0;
            add(
                    rule,
                    "",
                    "A rule's name has up to 200 characters, without double quotes and backslashes.",
                    quotes
                            ? "Write: rule \"" + SyntaxDiagnosis.shortened(name.replaceAll("[\"\\\\]", "")) + "\""
                            : "Use a sentence as its name.");
        }
        if (rule.getUnit() != null) {
            add(rule, name, "A rule cannot belong to a unit.", "Delete the unit.");
        }
        owner(rule);
        attributes(rule);
        if (!rule.getNamedConsequences().isEmpty()) {
            add(rule, name, "A rule can have only one 'then'.", "Write a rule for each consequence.");
        }
        if (ParsedFile.reads(rule)) {
            negatedReadings(rule, rule.getLhs(), false);
        }
        dates(rule);
        int faults = problems.size();
        ConditionCheck.Names names = ConditionCheck.check(rule, report(name, true));
        if (problems.size() == faults) {
            singleQuotes(rule);
        }
        ConsequenceCheck.check(
                rule,
                lineAfter(rule.getConsequenceLine(), "then"),
                consequence(rule),
                lines,
                names,
                report(name, false));
    }

    /** @param moved whether the columns of the first line count what was added to it before it was parsed */
    private RuleReport report(String rule, boolean moved) {
        return new RuleReport() {
            @Override
            public void fault(int line, int column, String message, String cure) {
                add(problems, line, column, message, cure);
            }

            @Override
            public void slip(int line, int column, String message, String cure) {
                add(slips, line, column, message, cure);
            }

            @Override
            public void remark(int line, int column, String message, String cure) {
                RuleProblem at = problem(line, column, message, cure);
                remarks.add(RuleProblem.warning(at.file(), at.line(), at.column(), at.rule(), at.message(), at.cure()));
            }

            private void add(List<RuleProblem> all, int line, int column, String message, String cure) {
                all.add(problem(line, column, message, cure));
            }

            private RuleProblem problem(int line, int column, String message, String cure) {
                int shift = moved && line == 1 ? ParsedFile.firstLineShift(file) : 0;
                return RuleProblem.fault(
                        file.path(), line, column == 0 ? firstColumn(line) : column - shift, rule, message, cure);
            }
        };
    }

    /** The place of the line's first word, or of its first one of these. */
    private int firstColumn(int line, String... words) {
        List<String> wanted = List.of(words);
        return tokens.stream()
                .filter(token -> token.line() == line && (wanted.isEmpty() || wanted.contains(token.text())))
                .mapToInt(Token::column)
                .findFirst()
                .orElse(1);
    }

    private List<Token> consequence(RuleDescr rule) {
        List<Token> after = tokens.stream()
                .dropWhile(token -> token.line() < rule.getConsequenceLine() || !token.is("then"))
                .skip(1)
                .toList();
        return after.stream().takeWhile(token -> !token.is("end")).toList();
    }

    /** Drools compares a word with the text and its quotes then, and they are never equal. */
    private void singleQuotes(RuleDescr rule) {
        tokens.stream()
                .dropWhile(token -> token.line() < rule.getLine() || !token.is("when"))
                .takeWhile(token -> !token.is("then"))
                .filter(token -> token.kind() == Token.Kind.TEXT
                        && token.text().startsWith("'")
                        && token.text().length() != 3)
                .forEach(token -> slips.add(fault(
                        file.path(),
                        token.line(),
                        token.column(),
                        rule.getName(),
                        SyntaxDiagnosis.shortened(token.text()) + " is not in double quotes.",
                        "Write a text in double quotes: "
                                + SyntaxDiagnosis.shortened(token.text().replace('\'', '"')))));
    }

    /** The line of the token after the first token with this text at or below the line; the line itself if there is none. */
    private int lineAfter(int line, String text) {
        return IntStream.range(0, tokens.size() - 1)
                .filter(i -> tokens.get(i).line() >= line && tokens.get(i).is(text))
                .map(i -> tokens.get(i + 1).line())
                .findFirst()
                .orElse(line);
    }

    private void owner(RuleDescr rule) {
        AnnotationDescr owner = rule.getAnnotation("owner");
        boolean capital = owner == null
                && rule.getAnnotations().stream()
                        .anyMatch(annotation -> annotation.getName().equalsIgnoreCase("owner"));
        if (owner == null && !capital) {
            add(rule, rule.getName(), "The rule has no owner.", OWNER_CURE);
        } else if (owner != null
                && (!owner.getValueMap().keySet().equals(Set.of("value"))
                        || !RuleGrammar.OWNER
                                .matcher(String.valueOf(owner.getSingleValue()))
                                .matches())) {
            problems.add(fault(
                    file.path(),
                    lineAfter(rule.getLine(), "@"),
                    firstColumn(lineAfter(rule.getLine(), "@"), "@"),
                    rule.getName(),
                    "The owner must be a name in quotes.",
                    "Write for example: @owner( \"Ines\" )"));
        }
        for (AnnotationDescr annotation : rule.getAnnotations()) {
            if (!RuleGrammar.ANNOTATIONS.contains(annotation.getName())) {
                boolean owners = capital && annotation.getName().equalsIgnoreCase("owner");
                int line = lineAfter(rule.getLine(), "@");
                problems.add(fault(
                        file.path(),
                        line,
                        firstColumn(line, "@"),
                        rule.getName(),
                        "@" + annotation.getName() + " is not allowed in rules.",
                        owners ? "Write it in lower case: @owner( \"Ines\" )" : "Delete it."));
            }
        }
    }

    private void attributes(RuleDescr rule) {
        for (AttributeDescr attribute : rule.getAttributes().values()) {
            if (!RuleGrammar.ATTRIBUTES.contains(attribute.getName())) {
                add(
                        attribute,
                        rule.getName(),
                        "The attribute " + attribute.getName() + " is not allowed in rules.",
                        attributeCure(attribute.getName()));
            }
        }
        AttributeDescr enabled = rule.getAttributes().get("enabled");
        if (enabled != null && !Set.of("true", "false").contains(enabled.getValue())) {
            add(enabled, rule.getName(), "enabled must be true or false.", "Write: enabled false");
        }
    }

    private static String attributeCure(String attribute) {
        return switch (attribute) {
            case "dialect" -> "Delete it: there is one language for all rules.";
            case "timer", "calendars", "duration" ->
                "Rules fire when a list is decided. Write dates as date-effective and date-expires, times as"
                        + " Shop( hour … ) and Shop( weekday … ).";
            default -> "Delete it: rules do not depend on their order.";
        };
    }

    /** While rules still read the visit, a reading that is absent may yet come. */
    private void negatedReadings(RuleDescr rule, BaseDescr element, boolean negated) {
        if (element instanceof PatternDescr pattern && negated && "Reading".equals(pattern.getObjectType())) {
            add(
                    pattern,
                    rule.getName(),
                    "A rule that reads the visit cannot ask for the absence of a reading.",
                    "Ask for what the visit itself shows, or propose instead of reading.");
        }
        if (element instanceof ConditionalElementDescr group) {
            boolean below = negated || element instanceof NotDescr;
            group.getDescrs().forEach(part -> negatedReadings(rule, (BaseDescr) part, below));
        }
    }

    private void dates(RuleDescr rule) {
        LocalDate effective = date(rule, "date-effective");
        LocalDate expires = date(rule, "date-expires");
        if (effective != null && expires != null && !expires.isAfter(effective)) {
            add(
                    rule.getAttributes().get("date-expires"),
                    rule.getName(),
                    "The rule ends before it begins.",
                    effective.isEqual(expires)
                            ? "It ends at the start of its last day. Write for example: date-expires \""
                                    + expires.plusDays(1) + "\""
                            : "Write: date-effective \"" + expires + "\" date-expires \"" + effective + "\"");
        }
    }

    private LocalDate date(RuleDescr rule, String name) {
        String value = ParsedFile.attribute(rule, name);
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            DayDiagnosis.Found found = DayDiagnosis.of(name, value);
            add(rule.getAttributes().get(name), rule.getName(), found.message(), found.cure());
            return null;
        }
    }

    private void add(BaseDescr at, String rule, String message, String cure) {
        int line = Math.max(at.getLine(), 1);
        int column =
                at instanceof AttributeDescr attribute ? firstColumn(line, attribute.getName()) : firstColumn(line);
        problems.add(fault(file.path(), line, column, rule, message, cure));
    }
}
