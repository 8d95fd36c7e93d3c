package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DroolsParserException;

/**
 * A rule file's syntax tree, and what is wrong with it that can be told from the tree alone.
 *
 * @param file the file
 * @param tree its syntax tree, null where it has none
 * @param rules a card a rule
 * @param problems what is wrong
 */
public record ParsedFile(RuleFile file, PackageDescr tree, List<RuleCard> rules, List<RuleProblem> problems) {
    public static final String PACKAGE = "dev.vitrine.merchandising";

    static final String PACKAGE_LINE = "package " + PACKAGE + "; ";

    private static final String OWNER_CURE = "Add a line such as: @owner( \"Ines\" )";

    /** The text as the compiler gets it: the package line is added on the first line, so that lines keep their numbers. */
    public static String compilable(RuleFile file) {
        return declaresPackage(file.text()) ? file.text() : PACKAGE_LINE + file.text();
    }

    static int shift(RuleFile file) {
        return declaresPackage(file.text()) ? 0 : PACKAGE_LINE.length();
    }

    private static boolean declaresPackage(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .findFirst()
                .filter(line -> line.startsWith("package"))
                .isPresent();
    }

    public static ParsedFile of(RuleFile file) {
        Optional<RuleGrammar.Objection> objection = RuleGrammar.toText(file.text());
        if (objection.isPresent()) {
            return unreadable(file, objection.get());
        }
        Syntax.Parsed parsed;
        try {
            parsed = Syntax.Parsed.of(compilable(file));
        } catch (StackOverflowError e) {
            return unreadable(file, "it nests too deeply.");
        } catch (DroolsParserException | RuntimeException e) {
            return unreadable(file, e.getMessage());
        }
        PackageDescr tree = parsed.tree();
        if (tree == null || !parsed.errors().isEmpty()) {
            return new ParsedFile(file, tree, List.of(), Syntax.faults(file, parsed.errors()));
        }
        List<RuleProblem> problems = new ArrayList<>();
        Check check = new Check(file, Token.of(file.text()), problems);
        check.tree(tree);
        List<RuleCard> cards =
                tree.getRules().stream().map(rule -> card(file, rule)).toList();
        return new ParsedFile(file, tree, cards, problems);
    }

    private static ParsedFile unreadable(RuleFile file, String why) {
        return new ParsedFile(
                file,
                null,
                List.of(),
                List.of(fault(file.path(), 0, 0, "", "The file cannot be read as rules: " + why, "")));
    }

    private static ParsedFile unreadable(RuleFile file, RuleGrammar.Objection objection) {
        String before = file.text().substring(0, objection.at());
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = objection.at() - before.lastIndexOf('\n');
        return new ParsedFile(
                file,
                null,
                List.of(),
                List.of(fault(file.path(), line, column, "", objection.message(), objection.cure())));
    }

    /** Skus that the rules of the file ask for by name. */
    public Set<String> namedSkus() {
        Set<String> skus = new HashSet<>();
        tree.getRules().forEach(rule -> skus.addAll(Conditions.namedSkus(rule)));
        return skus;
    }

    /** Whether the rule's consequence reads the visit; such rules fire before all others. */
    static boolean reads(RuleDescr rule) {
        return String.valueOf(rule.getConsequence()).replaceAll("\\s", "").contains("shelf.read(");
    }

    private static RuleCard card(RuleFile file, RuleDescr rule) {
        AnnotationDescr owner = rule.getAnnotation("owner");
        return new RuleCard(
                rule.getName(),
                file.path(),
                rule.getLine(),
                owner == null ? "" : unquoted(String.valueOf(owner.getSingleValue())),
                reads(rule),
                Conditions.alwaysMet(rule),
                !"false".equals(attribute(rule, "enabled")),
                attribute(rule, "date-effective"),
                attribute(rule, "date-expires"));
    }

    private static String attribute(RuleDescr rule, String name) {
        AttributeDescr attribute = rule.getAttributes().get(name);
        return attribute == null ? null : unquoted(attribute.getValue());
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** The shape that a rule file must have, and what a rule's code may hold. */
    record Check(RuleFile file, List<Token> tokens, List<RuleProblem> problems) {
        void tree(PackageDescr tree) {
            if (!PACKAGE.equals(tree.getName())) {
                add(
                        tree,
                        "",
                        "The package is " + tree.getName() + ".",
                        "Leave the package line out, or write: package " + PACKAGE + ";");
            }
            tree.getImports().forEach(part -> add(part, "", "Rule files import nothing.", "Leave the import out."));
            tree.getFunctionImports()
                    .forEach(part -> add(part, "", "Rule files import nothing.", "Leave the import out."));
            tree.getAccumulateImports()
                    .forEach(part -> add(part, "", "Rule files import nothing.", "Leave the import out."));
            tree.getGlobals()
                    .forEach(
                            part -> add(part, "", "Rule files declare no globals.", "Use shelf; it is there already."));
            tree.getFunctions()
                    .forEach(part ->
                            add(part, "", "Rule files hold no functions.", "Write the condition into the rule."));
            tree.getTypeDeclarations()
                    .forEach(
                            part -> add(part, "", "Rule files declare no types.", "Use the words of rules/README.md."));
            tree.getEnumDeclarations()
                    .forEach(
                            part -> add(part, "", "Rule files declare no types.", "Use the words of rules/README.md."));
            tree.getEntryPointDeclarations().forEach(part -> add(part, "", "Rule files declare no entry points.", ""));
            if (tree.getUnit() != null) {
                add(tree, "", "Rule files belong to no unit.", "Leave the unit out.");
            }
            tree.getWindowDeclarations().forEach(part -> add(part, "", "Rule files declare no windows.", ""));
            tree.getAttributes()
                    .forEach(part -> add(
                            part,
                            "",
                            "The attribute " + part.getName() + " stands outside of a rule.",
                            "Move it into the rule."));
            if (tree.getRules().isEmpty()) {
                problems.add(fault(file.path(), 1, 0, "", "The file holds no rule.", "Write one, or delete the file."));
            }
            rules(tree);
        }

        void rules(PackageDescr tree) {
            tree.getRules().forEach(this::rule);
        }

        private void rule(RuleDescr rule) {
            String name = rule.getName();
            if (rule.isQuery()) {
                add(rule, name, "Rule files hold no queries.", "Write the condition into the rule.");
                return;
            }
            if (rule.getParentName() != null) {
                add(rule, name, "A rule extends no other.", "Repeat the condition.");
            }
            if (!RuleGrammar.RULE_NAME.matcher(name).matches()) {
                add(
                        rule,
                        "",
                        "A rule's name has up to 200 letters and signs, without double quotes and backslashes.",
                        "Name it in a sentence.");
            }
            if (rule.getUnit() != null) {
                add(rule, name, "A rule belongs to no unit.", "Leave the unit out.");
            }
            owner(rule);
            attributes(rule);
            if (!rule.getNamedConsequences().isEmpty()) {
                add(rule, name, "A rule has one 'then'.", "Write a rule for each consequence.");
            }
            if (reads(rule)) {
                negatedReadings(rule, rule.getLhs(), false);
            }
            dates(rule);
            Conditions conditions = Conditions.of(
                    rule,
                    (line, column, message, cure) ->
                            problems.add(fault(file.path(), line, place(line, column), name, message, cure)));
            ConsequenceCheck.of(
                    rule,
                    lineAfter(rule.getConsequenceLine(), "then"),
                    conditions.bound(),
                    (line, message, cure) -> problems.add(fault(file.path(), line, 0, name, message, cure)));
        }

        /** The package line that we put before the first line moves what stands there. */
        private int place(int line, int column) {
            return line > 1 || column == 0 ? column : Math.max(0, column - shift(file));
        }

        /** The line of what comes after the first such token in the line or below; the line itself where there is none. */
        private int lineAfter(int line, String text) {
            return IntStream.range(0, tokens.size() - 1)
                    .filter(i -> tokens.get(i).line() >= line && tokens.get(i).is(text))
                    .map(i -> tokens.get(i + 1).line())
                    .findFirst()
                    .orElse(line);
        }

        private void attributes(RuleDescr rule) {
            for (AttributeDescr attribute : rule.getAttributes().values()) {
                if (!RuleGrammar.ATTRIBUTES.contains(attribute.getName())) {
                    add(
                            attribute,
                            rule.getName(),
                            "The attribute " + attribute.getName() + " is not for rules here.",
                            "No rule depends on the order of another: leave it out.");
                }
            }
            AttributeDescr enabled = rule.getAttributes().get("enabled");
            if (enabled != null && !Set.of("true", "false").contains(enabled.getValue())) {
                add(enabled, rule.getName(), "enabled is neither true nor false.", "Write: enabled false");
            }
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
                        "The owner is a name in quotes.",
                        OWNER_CURE));
            }
            for (AnnotationDescr annotation : rule.getAnnotations()) {
                if (!RuleGrammar.ANNOTATIONS.contains(annotation.getName())) {
                    add(
                            annotation,
                            rule.getName(),
                            "@" + annotation.getName() + " is not for rules here.",
                            "Leave it out.");
                }
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
            String value = attribute(rule, name);
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

        /** What is not read yet cannot be told from what will never be read while rules are still reading. */
        private void negatedReadings(RuleDescr rule, BaseDescr element, boolean negated) {
            if (element instanceof PatternDescr pattern && negated && "Reading".equals(pattern.getObjectType())) {
                add(
                        pattern,
                        rule.getName(),
                        "A rule that reads the visit asks for the absence of a reading.",
                        "Ask for what the visit itself shows, or propose in place of reading.");
            }
            if (element instanceof ConditionalElementDescr group) {
                boolean below = negated || element instanceof NotDescr;
                group.getDescrs().forEach(part -> negatedReadings(rule, (BaseDescr) part, below));
            }
        }

        private void add(BaseDescr at, String rule, String message, String cure) {
            problems.add(fault(file.path(), Math.max(at.getLine(), 1), 0, rule, message, cure));
        }
    }
}
