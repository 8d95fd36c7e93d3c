package dev.vitrine.rulebook.engine;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.rulebook.language.CompilerMessages;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jboss.logging.Logger;
import org.kie.api.builder.Message;

/** Asks the compiler for everything that is wrong with rule files, and finds the place of each message. */
final class CompilerFaults {
    private static final Logger LOG = Logger.getLogger(CompilerFaults.class);
    static final String SMALL_STEPS = "Take back what was changed last, and change it again in small steps.";

    private CompilerFaults() {}

    static List<RuleProblem> of(List<ParsedFile> files) {
        List<RuleProblem> problems = new ArrayList<>();
        try (DroolsBuild build = new DroolsBuild(files)) {
            Set<String> seen = new LinkedHashSet<>();
            for (Message message : build.errors()) {
                RuleProblem problem = located(message, files);
                if (seen.add(problem.toString())) {
                    problems.add(problem);
                }
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // some bad values make the compiler throw, and then nothing tells where they stand
            String file = files.size() == 1 ? files.get(0).file().path() : "";
            LOG.info("Rules cannot be compiled", e);
            problems.add(fault(file, 1, 1, "", "The rules cannot be compiled.", SMALL_STEPS));
        }
        return problems;
    }

    private static RuleProblem located(Message message, List<ParsedFile> files) {
        CompilerMessages.Translation plain = CompilerMessages.translate(message.getText());
        for (ParsedFile file : files) {
            if (!String.valueOf(message.getPath()).endsWith("/" + file.file().path())) {
                continue;
            }
            RuleDescr rule = ruleOf(message, file);
            Place place = place(file, rule, plain.word(), Math.max(message.getLine(), rule.getLine()));
            return fault(
                    file.file().path(), place.line(), place.column(), rule.getName(), plain.message(), plain.cure());
        }
        return fault(
                String.valueOf(message.getPath()),
                Math.max(message.getLine(), 0),
                0,
                "",
                plain.message(),
                plain.cure());
    }

    /** Some messages have the line of the rule, others only quote one of its conditions. */
    private static RuleDescr ruleOf(Message message, ParsedFile file) {
        List<RuleDescr> rules = file.tree().getRules();
        String text = message.getText().replaceAll("\\s", "");
        for (RuleDescr rule : rules) {
            if (message.getLine() <= 0 && quotes(text, rule.getLhs())) {
                return rule;
            }
        }
        RuleDescr found = rules.get(0);
        for (RuleDescr rule : rules) {
            if (rule.getLine() <= message.getLine()) {
                found = rule;
            }
        }
        return found;
    }

    private static boolean quotes(String message, BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            return message.contains("'" + pattern.getObjectType() + "'")
                    || pattern.getConstraint().getDescrs().stream()
                            .map(constraint -> constraint.toString().replaceAll("\\s", ""))
                            .anyMatch(constraint ->
                                    !constraint.isEmpty() && message.contains("Expression" + constraint + ":"));
        }
        return element instanceof ConditionalElementDescr group
                && group.getDescrs().stream().anyMatch(part -> quotes(message, (BaseDescr) part));
    }

    private record Place(int line, int column) {}

    private static Place place(ParsedFile file, RuleDescr rule, String word, int line) {
        if (!word.isEmpty()) {
            List<String> lines = file.file().text().lines().toList();
            Pattern whole = Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?!\\w)");
            // the first line is left out: a rule's name may hold any word
            for (int i = rule.getLine(); i < Math.min(rule.getEndLine(), lines.size()); i++) {
                Matcher at = whole.matcher(lines.get(i));
                if (at.find()) {
                    return new Place(i + 1, at.start() + 1);
                }
            }
        }
        String text = file.file().text().lines().skip(line - 1L).findFirst().orElse("");
        return new Place(line, 1 + text.length() - text.stripLeading().length());
    }
}
