package dev.vitrine.rulebook.assist;

import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleText;
import dev.vitrine.rulebook.source.TextFix;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Finds the changes of the text that cure a problem. They are derived from what stands at the problem's place and what may stand
 * there, not from its message: who words a message need not think of its cure in an editor.
 */
public final class QuickFixes {
    /** Each is compared with all words of the shop. Who has more problems mends these first. */
    private static final int PROBLEMS_MAX = 100;

    private final Map<String, RuleFile> files = new HashMap<>();
    private final Map<String, List<Token>> tokens = new HashMap<>();
    private final Function<ValueKind, Collection<String>> known;
    private final TriedFixes tried;

    /**
     * @param known the words of the shop, by what they name
     * @param examples what is wrong in the form of an examples file, beside the rules that it may be about
     */
    public QuickFixes(
            Collection<RuleFile> files,
            Function<ValueKind, Collection<String>> known,
            BiFunction<RuleFile, RuleFile, List<RuleProblem>> examples) {
        files.forEach(file -> this.files.put(file.path(), file));
        this.known = known;
        this.tried = new TriedFixes(this.files, examples);
    }

    /** The problems, each with its fixes. */
    public List<RuleProblem> with(List<RuleProblem> problems) {
        List<RuleProblem> all = new ArrayList<>(problems.size());
        int mended = 0;
        for (RuleProblem problem : problems) {
            List<TextFix> fixes = mended++ < PROBLEMS_MAX
                    ? fixes(problem).stream()
                            .filter(fix -> tried.isBetter(problem, fix))
                            .toList()
                    : List.of();
            all.add(fixes.isEmpty() ? problem : problem.with(fixes));
        }
        return all;
    }

    private List<TextFix> fixes(RuleProblem problem) {
        RuleFile file = files.get(problem.file());
        if (file == null || problem.line() < 1) {
            return List.of();
        }
        if (file.holdsExamples()) {
            return new CaseFixes(file, besides(file), known).fixes(problem);
        }
        if (!file.holdsRules()) {
            return List.of();
        }
        String said = (problem.message() + " " + problem.cure()).toLowerCase(Locale.ROOT);
        if (problem.column() <= 1 && said.contains("no examples")) {
            return examples(file, problem.rule()).stream().toList();
        }
        if (problem.column() <= 1 && said.contains("@owner")) {
            // only a person can say who owns it
            return List.of();
        }
        return new TokenFixes(file.text(), tokens.computeIfAbsent(file.path(), path -> Token.of(file.text())), known)
                .fixes(problem);
    }

    /** The names of the rules beside an examples file. */
    private List<String> besides(RuleFile examples) {
        RuleFile rules = files.get(examples.path().replace(RuleFile.EXAMPLES, RuleFile.RULES));
        return rules == null
                ? List.of()
                : RuleText.rules(rules.text()).stream()
                        .map(RuleText.NamedText::name)
                        .toList();
    }

    /** A frame of examples at the end of the file beside, which may not be there yet. */
    private Optional<TextFix> examples(RuleFile file, String rule) {
        if (rule.isEmpty() || rule.indexOf('"') >= 0) {
            return Optional.empty();
        }
        String path = file.path().replace(RuleFile.RULES, RuleFile.EXAMPLES);
        String text = files.containsKey(path) ? files.get(path).text() : "";
        int line = Lines.count(text);
        int column = Lines.line(text, line).length() + 1;
        String before = text.isEmpty() ? "" : text.endsWith("\n") ? "\n" : "\n\n";
        String frame = before + "\"" + rule + "\":\n  fires:\n    - case: \n  does-not-fire:\n    - case: \n";
        return Optional.of(new TextFix(
                "Begin examples in " + path, List.of(new TextEdit(path, line, column, line, column, frame))));
    }

    /** The word that was probably meant, if the one that stands there is not known. */
    static Optional<String> meant(String word, Collection<String> known) {
        return known.contains(word) ? Optional.empty() : Nearest.to(word, known);
    }

    static TextFix replace(int line, int column, int length, String text) {
        return new TextFix("Write " + text.strip(), List.of(TextEdit.at(line, column, column + length, text)));
    }

    /** A percentage as a share: 30 is 0.3. */
    static String share(String percent) {
        double value = Math.round(Double.parseDouble(percent) * 100) / 10_000.0;
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
