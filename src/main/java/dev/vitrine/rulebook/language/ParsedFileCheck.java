package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Refuses everything in a rule file that is not a rule, and checks each rule. */
final class ParsedFileCheck {
    private static final String WORDS = "Use the words of rules/README.md.";

    private final RuleFile file;
    private final List<Token> tokens;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final List<RuleProblem> slips = new ArrayList<>();
    private final List<RuleProblem> remarks = new ArrayList<>();

    private ParsedFileCheck(RuleFile file) {
        this.file = file;
        this.tokens = Token.of(file.text());
    }

    /** The file with everything that is wrong in it. */
    static ParsedFile checked(RuleFile file, PackageDescr tree, List<RuleCard> cards) {
        ParsedFileCheck check = new ParsedFileCheck(file);
        check.onlyRules(tree);
        ParsedRuleCheck rules = new ParsedRuleCheck(file, check.tokens, check.problems, check.slips, check.remarks);
        tree.getRules().forEach(rules::check);
        check.headings(tree.getRules());
        return new ParsedFile(file, tree, cards, check.problems, check.slips, check.remarks);
    }

    private void onlyRules(PackageDescr tree) {
        if (!ParsedFile.PACKAGE.equals(tree.getName())) {
            refuse(
                    tree,
                    "The package is " + tree.getName() + ".",
                    "Leave the package line out, or write: package " + ParsedFile.PACKAGE + ";");
        }
        refuse(tree.getImports(), "Rule files cannot import anything.", "Delete the import.");
        refuse(tree.getFunctionImports(), "Rule files cannot import anything.", "Delete the import.");
        refuse(tree.getAccumulateImports(), "Rule files cannot import anything.", "Delete the import.");
        refuse(tree.getGlobals(), "Rule files cannot declare globals.", "Use shelf, which every rule has.");
        refuse(tree.getFunctions(), "Rule files cannot contain functions.", "Write the condition into the rule.");
        refuse(tree.getTypeDeclarations(), "Rule files cannot declare types.", WORDS);
        refuse(tree.getEnumDeclarations(), "Rule files cannot declare types.", WORDS);
        refuse(tree.getEntryPointDeclarations(), "Rule files cannot declare entry points.", "Delete the declaration.");
        if (tree.getUnit() != null) {
            refuse(tree, "Rule files cannot belong to a unit.", "Delete the unit.");
        }
        refuse(tree.getWindowDeclarations(), "Rule files cannot declare windows.", "Delete the declaration.");
        tree.getAttributes()
                .forEach(attribute -> refuse(
                        attribute,
                        "The attribute " + attribute.getName() + " is outside of any rule.",
                        "Move it into the rule."));
        if (tree.getRules().isEmpty()) {
            problems.add(fault(file.path(), 1, 1, "", "The file contains no rule.", "Write one, or delete the file."));
        }
    }

    /** Changes, undo and reach find rules in the text, so the parser must find no rule in it that they do not. */
    private void headings(List<RuleDescr> rules) {
        Set<String> found = RuleText.rules(file.text()).stream()
                .map(RuleText.NamedText::name)
                .collect(Collectors.toSet());
        rules.stream().filter(rule -> !found.contains(rule.getName())).forEach(rule -> {
            Token name = nameOf(rule);
            slips.add(fault(
                    file.path(),
                    name == null ? Math.max(rule.getLine(), 1) : name.line(),
                    name == null ? 1 : name.column(),
                    rule.getName(),
                    "A rule begins a line, with 'rule', a blank, and its name in double quotes.",
                    "Write: rule \"" + rule.getName() + "\""));
        });
    }

    /** What stands after 'rule' in the line of the rule. */
    private Token nameOf(RuleDescr rule) {
        return IntStream.range(1, tokens.size())
                .filter(i -> tokens.get(i - 1).is("rule") && tokens.get(i - 1).line() >= rule.getLine())
                .mapToObj(tokens::get)
                .findFirst()
                .orElse(null);
    }

    private void refuse(Collection<? extends BaseDescr> parts, String message, String cure) {
        parts.forEach(part -> refuse(part, message, cure));
    }

    private void refuse(BaseDescr part, String message, String cure) {
        int line = Math.max(part.getLine(), 1);
        int column = tokens.stream()
                .filter(token -> token.line() == line)
                .mapToInt(Token::column)
                .findFirst()
                .orElse(1);
        problems.add(fault(file.path(), line, column, "", message, cure));
    }
}
