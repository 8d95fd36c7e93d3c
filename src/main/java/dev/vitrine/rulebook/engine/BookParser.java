package dev.vitrine.rulebook.engine;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.rulebook.language.ConditionSize;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.Vocabulary;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Parses the files of a rule book, and finds what is wrong with them as a book, such as a name that is used twice. */
final class BookParser {
    /** Five times the book for which decisions are built to be fast. Ten thousand rules would compile for minutes. */
    private static final int RULES_MAX = 1_000;

    /**
     * The compiler, which cannot be interrupted, takes 8 ms of a processor for each fact that rules ask for, and 4 ms for each
     * constraint. A thousand rules of five facts and two constraints on each fit, and are compiled well within the check's limit.
     */
    static final ConditionSize BOOK_MAX = new ConditionSize(6_000, 12_000);

    /** Saving one file compiles it whole. */
    static final ConditionSize FILE_MAX = new ConditionSize(2_000, 4_000);

    private final List<RuleProblem> problems;

    private BookParser(List<RuleProblem> problems) {
        this.problems = problems;
    }

    static List<ParsedFile> parse(
            Collection<RuleFile> files, Function<RuleFile, ParsedFile> parser, List<RuleProblem> problems) {
        BookParser book = new BookParser(problems);
        if (book.tooManyRules(files)) {
            return List.of();
        }
        List<ParsedFile> parsed = book.parsed(files, parser);
        return book.tooLarge(parsed) ? List.of() : parsed;
    }

    private boolean tooLarge(List<ParsedFile> parsed) {
        ConditionSize all = new ConditionSize(0, 0);
        boolean tooLarge = false;
        for (ParsedFile file : parsed) {
            ConditionSize size = ConditionSize.of(file);
            tooLarge |= tooLarge("The file", size, FILE_MAX, file.file().path(), "Split the file.");
            all = all.plus(size);
        }
        return tooLarge("The rule book", all, BOOK_MAX, "", "Delete rules that have no effect.") || tooLarge;
    }

    private boolean tooLarge(String what, ConditionSize size, ConditionSize most, String path, String cure) {
        boolean tooLarge = size.patterns() > most.patterns() || size.constraints() > most.constraints();
        if (tooLarge) {
            problems.add(fault(
                    path,
                    0,
                    0,
                    "",
                    String.format(
                            Locale.ROOT,
                            "%s asks for %,d facts with %,d constraints; at most %,d with %,d are allowed.",
                            what,
                            size.patterns(),
                            size.constraints(),
                            most.patterns(),
                            most.constraints()),
                    cure));
        }
        return tooLarge;
    }

    private boolean tooManyRules(Collection<RuleFile> files) {
        int rules = files.stream()
                .filter(RuleFile::holdsRules)
                .mapToInt(file -> RuleText.rules(file.text()).size())
                .sum();
        if (rules > RULES_MAX) {
            problems.add(fault(
                    "",
                    0,
                    0,
                    "",
                    "There are " + rules + " rules; at most " + RULES_MAX + " are allowed.",
                    "Delete rules that have no effect."));
        }
        return rules > RULES_MAX;
    }

    private List<ParsedFile> parsed(Collection<RuleFile> files, Function<RuleFile, ParsedFile> parser) {
        List<ParsedFile> parsed = new ArrayList<>();
        for (RuleFile file : files) {
            if (file.path().equals(RuleFile.VOCABULARY)) {
                vocabulary(file);
            } else if (file.holdsRules()) {
                parsed.add(parser.apply(file));
            }
        }
        parsed.forEach(file -> problems.addAll(file.problems()));
        duplicateNames(parsed);
        if (parsed.isEmpty()) {
            problems.add(fault("", 0, 0, "", "There is no rule file.", "Add one such as shelf/sold-out.drl."));
        }
        return parsed;
    }

    /** The vocabulary file only helps editors. What is compiled is the service's own vocabulary, so the file must agree. */
    private void vocabulary(RuleFile file) {
        List<String> known = statements(Vocabulary.DRL);
        for (String statement : statements(file.text())) {
            if (!known.contains(statement)) {
                problems.add(fault(
                        file.path(),
                        1,
                        0,
                        "",
                        "The vocabulary is fixed; '" + statement + "' is not part of it.",
                        "Put rules into a file of their own."));
            }
        }
    }

    private static List<String> statements(String text) {
        return text.lines()
                .map(line -> line.replaceAll("//.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void duplicateNames(List<ParsedFile> parsed) {
        Map<String, RuleCard> first = new HashMap<>();
        for (ParsedFile file : parsed) {
            for (RuleCard card : file.rules()) {
                RuleCard earlier = first.putIfAbsent(card.name(), card);
                if (earlier != null) {
                    problems.add(fault(
                            card.file(),
                            card.line(),
                            0,
                            card.name(),
                            "The name is taken by the rule at " + earlier.file() + ":" + earlier.line() + ".",
                            "Give the rule another name."));
                }
            }
        }
    }
}
