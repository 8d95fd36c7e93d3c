package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

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
    private final List<RuleProblem> problems;

    ParsedRuleCheck(RuleFile file, List<Token> tokens, List<RuleProblem> problems) {
        this.file = file;
        this.tokens = tokens;
        this.problems = problems;
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
        if (!RuleGrammar.RULE_NAME.matcher(name).matches()) {
            add(
                    rule,
                    "",
                    "A rule's name has up to 200 characters, without double quotes and backslashes.",
                    "Use a sentence as its name.");
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
        ConditionCheck.Names names = ConditionCheck.check(
                rule,
                (line, column, message, cure) ->
                        problems.add(fault(file.path(), line, columnInFile(line, column), name, message, cure)));
        ConsequenceCheck.check(
                rule,
                lineAfter(rule.getConsequenceLine(), "then"),
                names,
                (line, word, message, cure) ->
                        problems.add(fault(file.path(), line, column(line, word), name, message, cure)));
    }

    /** 0 if the line does not have the word. */
    private int column(int line, String word) {
        return tokens.stream()
                .filter(token -> token.line() == line && token.is(word))
                .mapToInt(Token::column)
                .findFirst()
                .orElse(0);
    }

    /** The package line is added to the first line before it is parsed. */
    private int columnInFile(int line, int column) {
        return line > 1 || column == 0 ? column : Math.max(0, column - ParsedFile.firstLineShift(file));
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
        if (owner == null) {
            add(rule, rule.getName(), "The rule has no owner.", OWNER_CURE);
        } else if (!owner.getValueMap().keySet().equals(Set.of("value"))
                || !RuleGrammar.OWNER
                        .matcher(String.valueOf(owner.getSingleValue()))
                        .matches()) {
            problems.add(fault(
                    file.path(),
                    lineAfter(rule.getLine(), "@"),
                    0,
                    rule.getName(),
                    "The owner must be a name in quotes.",
                    OWNER_CURE));
        }
        for (AnnotationDescr annotation : rule.getAnnotations()) {
            if (!RuleGrammar.ANNOTATIONS.contains(annotation.getName())) {
                add(annotation, rule.getName(), "@" + annotation.getName() + " is not allowed in rules.", "Delete it.");
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
                        "Delete it: rules do not depend on their order.");
            }
        }
        AttributeDescr enabled = rule.getAttributes().get("enabled");
        if (enabled != null && !Set.of("true", "false").contains(enabled.getValue())) {
            add(enabled, rule.getName(), "enabled must be true or false.", "Write: enabled false");
        }
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
            add(rule, rule.getName(), "The rule ends before it begins.", "Put date-expires after date-effective.");
        }
    }

    private LocalDate date(RuleDescr rule, String name) {
        String value = ParsedFile.attribute(rule, name);
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            add(
                    rule.getAttributes().get(name),
                    rule.getName(),
                    name + " is not a date.",
                    "Write it as \"2026-11-25\".");
            return null;
        }
    }

    private void add(BaseDescr at, String rule, String message, String cure) {
        problems.add(fault(file.path(), Math.max(at.getLine(), 1), 0, rule, message, cure));
    }
}
