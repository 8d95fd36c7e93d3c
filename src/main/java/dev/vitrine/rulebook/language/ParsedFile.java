package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.merchandising.Promises;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DroolsParserException;
import org.jboss.logging.Logger;

/**
 * A rule file and its syntax tree, which is null if the file cannot be parsed at all.
 *
 * @param slips what compiles and nobody can mean, such as a boost by 0. A change with one is refused; an edition that was
 *     published before it counted as one serves on
 * @param remarks what does no harm and says nothing, such as a comparison that is always true; they are warnings
 */
public record ParsedFile(
        RuleFile file,
        PackageDescr tree,
        List<RuleCard> rules,
        List<RuleProblem> problems,
        List<RuleProblem> slips,
        List<RuleProblem> remarks) {
    private static final String COMPARE = "Compare it with 'The first rule, line by line' in rules/README.md.";

    private static final Logger LOG = Logger.getLogger(ParsedFile.class);

    private static final String TOO_DEEP = "The file cannot be read as rules: it is nested too deeply.";

    public static final String PACKAGE = "dev.vitrine.merchandising";

    static final String PACKAGE_LINE = "package " + PACKAGE + "; ";

    public static ParsedFile of(RuleFile file) {
        Optional<RuleProblem> objection = file.unfit().or(() -> RuleGrammar.objection(file.text())
                .map(found -> file.problem(found.at(), found.message(), found.cure())));
        if (objection.isPresent()) {
            return unreadable(file, objection.get());
        }
        SyntaxTree parsed;
        try {
            parsed = SyntaxTree.of(compilable(file));
        } catch (StackOverflowError e) {
            return unreadable(file, TOO_DEEP, "Write it as several rules.");
        } catch (DroolsParserException | RuntimeException e) {
            LOG.debugf(e, "The parser cannot read %s", file.path());
            return unreadable(file, "The file cannot be read as rules.", COMPARE);
        }
        PackageDescr tree = parsed.tree();
        if (tree == null || !parsed.errors().isEmpty()) {
            return new ParsedFile(file, tree, List.of(), Syntax.faults(file, parsed.errors()), List.of(), List.of());
        }
        List<RuleCard> cards =
                tree.getRules().stream().map(rule -> card(file, rule)).toList();
        try {
            return ParsedFileCheck.checked(file, tree, cards);
        } catch (StackOverflowError e) {
            return unreadable(file, TOO_DEEP, "Write it as several rules.");
        }
    }

    private static ParsedFile unreadable(RuleFile file, String why, String cure) {
        return unreadable(file, fault(file.path(), 1, 1, "", why, cure));
    }

    private static ParsedFile unreadable(RuleFile file, RuleProblem why) {
        return new ParsedFile(file, null, List.of(), List.of(why), List.of(), List.of());
    }

    /** The text for the parser. A missing package line is added to the first line, so that lines keep their numbers. */
    public static String compilable(RuleFile file) {
        return declaresPackage(file.text()) ? file.text() : PACKAGE_LINE + file.text();
    }

    /** The text that is compiled, in which some conditions are written out (see {@link CompilerSource}). */
    public String compilerSource() {
        return CompilerSource.of(compilable(file), tree.getRules());
    }

    /** By how much {@link #compilable} moves the first line to the right. */
    static int firstLineShift(RuleFile file) {
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

    public Set<String> namedSkus() {
        Set<String> skus = new HashSet<>();
        tree.getRules().forEach(rule -> skus.addAll(NamedSkus.of(rule)));
        return skus;
    }

    public Optional<ConditionParts> conditions(String rule) {
        return tree.getRules().stream()
                .filter(one -> one.getName().equals(rule))
                .findFirst()
                .map(ConditionParts::of);
    }

    public Promises promises() {
        Promises all = Promises.NONE;
        for (RuleDescr rule : tree.getRules()) {
            all = all.and(PromisedGroups.of(rule));
        }
        return all;
    }

    private static RuleCard card(RuleFile file, RuleDescr rule) {
        AnnotationDescr owner = rule.getAnnotation("owner");
        return new RuleCard(
                rule.getName(),
                file.path(),
                rule.getLine(),
                owner == null ? "" : unquoted(String.valueOf(owner.getSingleValue())),
                reads(rule),
                unconditional(rule),
                !"false".equals(attribute(rule, "enabled")),
                attribute(rule, "date-effective"),
                attribute(rule, "date-expires"));
    }

    /** Whether the rule reads the visit. Such rules fire before all others. */
    static boolean reads(RuleDescr rule) {
        return String.valueOf(rule.getConsequence()).replaceAll("\\s", "").contains("shelf.read(");
    }

    private static boolean unconditional(RuleDescr rule) {
        return rule.getLhs().getDescrs().stream()
                .allMatch(element -> element instanceof PatternDescr pattern
                        && pattern.getConstraint().getDescrs().isEmpty()
                        && Vocabulary.isSingle(pattern.getObjectType()));
    }

    /** The value of an attribute without its quotes, null if the rule does not have it. */
    static String attribute(RuleDescr rule, String name) {
        AttributeDescr attribute = rule.getAttributes().get(name);
        return attribute == null ? null : unquoted(attribute.getValue());
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
