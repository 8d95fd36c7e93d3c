package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleProblem.Severity;
import dev.vitrine.rulebook.source.TextFix;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Applies a fix to its file and reads that again: a fix that makes it no better is none. */
final class TriedFixes {
    /** Each reads a file once more. Who has more problems mends these first. */
    private static final int TRIED_MAX = 50;

    private final Map<String, RuleFile> files;
    private final BiFunction<RuleFile, RuleFile, List<RuleProblem>> examples;
    private final Map<String, Read> before = new HashMap<>();
    private int tried;

    /** @param examples see {@link QuickFixes} */
    TriedFixes(Map<String, RuleFile> files, BiFunction<RuleFile, RuleFile, List<RuleProblem>> examples) {
        this.files = files;
        this.examples = examples;
    }

    /**
     * What reading a file finds.
     *
     * @param whole whether all of it could be read: else a fault of its syntax hides others of the same rule
     */
    private record Read(List<RuleProblem> problems, boolean whole) {
        boolean has(RuleProblem problem) {
            return problems.stream().anyMatch(one -> isSame(one, problem));
        }

        /** Whether it is one of those that do no harm. */
        boolean remarks(RuleProblem problem) {
            return problems.stream().anyMatch(one -> one.severity() == Severity.WARNING && isSame(one, problem));
        }

        int faults() {
            return (int) problems.stream()
                    .filter(one -> one.severity() == Severity.FAULT)
                    .count();
        }

        private static boolean isSame(RuleProblem one, RuleProblem other) {
            return one.line() == other.line()
                    && one.column() == other.column()
                    && one.message().equals(other.message());
        }
    }

    boolean isBetter(RuleProblem problem, TextFix fix) {
        RuleFile file = files.get(problem.file());
        boolean elsewhere = fix.edits().stream().anyMatch(edit -> edit.file() != null);
        if (elsewhere) {
            return true;
        }
        if (++tried > TRIED_MAX) {
            return false;
        }
        Read was = before.computeIfAbsent(file.path(), path -> read(file));
        Read is = read(new RuleFile(file.path(), mended(file.text(), fix)));
        if (is.has(problem)) {
            return false;
        }
        int fewerFaults = was.faults() - is.faults();
        if (!was.has(problem)) {
            return fewerFaults >= 0;
        }
        boolean remark = was.remarks(problem);
        boolean fewer = remark ? fewerFaults >= 0 && is.problems.size() < was.problems.size() : fewerFaults > 0;
        return fewer || !was.whole && isClean(is, fix);
    }

    /** Whether nothing is wrong in the lines of the fix, so that what is found now was only hidden before. */
    private static boolean isClean(Read is, TextFix fix) {
        return fix.edits().stream().noneMatch(edit -> is.problems.stream()
                .anyMatch(one -> one.line() >= edit.line()
                        && one.line() <= edit.line() + edit.newText().lines().count()));
    }

    private Read read(RuleFile file) {
        if (file.holdsExamples()) {
            RuleFile beside = files.get(file.path().replace(RuleFile.EXAMPLES, RuleFile.RULES));
            return new Read(examples.apply(file, beside), true);
        }
        ParsedFile parsed = ParsedFile.of(file);
        return new Read(
                Stream.of(parsed.problems(), parsed.slips(), parsed.remarks())
                        .flatMap(List::stream)
                        .toList(),
                !parsed.rules().isEmpty());
    }

    private static String mended(String text, TextFix fix) {
        StringBuilder mended = new StringBuilder(text);
        fix.edits().stream()
                .sorted(Comparator.comparingInt(TextEdit::line)
                        .thenComparingInt(TextEdit::column)
                        .reversed())
                .forEach(edit -> mended.replace(
                        offset(text, edit.line(), edit.column()),
                        offset(text, edit.endLine(), edit.endColumn()),
                        edit.newText()));
        return mended.toString();
    }

    private static int offset(String text, int line, int column) {
        int begin = 0;
        for (int i = 1; i < line; i++) {
            begin = text.indexOf('\n', begin) + 1;
        }
        return Math.min(text.length(), begin + column - 1);
    }
}
