package dev.vitrine.rulebook.source;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of the words of a text, in order: lines are compared first, and then the words of lines that differ. The parts that were
 * kept and removed are the earlier text, those that were kept and added the later one.
 */
public final class WordDiff {
    /** A word, a number, blanks of one line, or a single character. A line break is a word of its own. */
    private static final Pattern WORD =
            Pattern.compile("\\R|\\d++(?:\\.\\d++)?|[\\p{L}\\p{N}_]++|\\h++|.", Pattern.DOTALL);

    private static final Pattern LINE = Pattern.compile("[^\\n]*+\\n|[^\\n]++");

    /** Comparing takes time and memory by the square of the differences; longer texts are said to be replaced whole. */
    private static final int LINES_MAX = 400;

    private static final int WORDS_MAX = 600;

    /** A piece of text and what became of it. */
    @Schema(name = "RuleWords")
    public record Part(Fate fate, String text) {}

    /** What became of a piece of text. */
    public enum Fate {
        KEPT,
        REMOVED,
        ADDED
    }

    private final List<Part> parts = new ArrayList<>();

    private WordDiff() {}

    /** An absent text is an empty one. */
    public static List<Part> between(String before, String after) {
        WordDiff diff = new WordDiff();
        diff.compare(
                split(LINE, before),
                split(LINE, after),
                LINES_MAX,
                (removed, added) -> diff.compare(split(WORD, removed), split(WORD, added), WORDS_MAX, diff::replaced));
        return List.copyOf(diff.parts);
    }

    private static List<String> split(Pattern unit, String text) {
        return text == null
                ? List.of()
                : unit.matcher(text).results().map(MatchResult::group).toList();
    }

    private interface Replacement {
        void replaced(String removed, String added);
    }

    private void compare(List<String> before, List<String> after, int most, Replacement replacement) {
        int same = 0;
        while (same < Math.min(before.size(), after.size()) && before.get(same).equals(after.get(same))) {
            same++;
        }
        int end = 0;
        while (end < Math.min(before.size(), after.size()) - same
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        add(Fate.KEPT, String.join("", before.subList(0, same)));
        differing(
                before.subList(same, before.size() - end), after.subList(same, after.size() - end), most, replacement);
        add(Fate.KEPT, String.join("", before.subList(before.size() - end, before.size())));
    }

    private void differing(List<String> before, List<String> after, int most, Replacement replacement) {
        if (before.size() > most || after.size() > most || before.isEmpty() || after.isEmpty()) {
            replaced(String.join("", before), String.join("", after));
            return;
        }
        int from = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            add(
                    Fate.KEPT,
                    String.join("", before.subList(from, delta.getSource().getPosition())));
            replacement.replaced(
                    String.join("", delta.getSource().getLines()),
                    String.join("", delta.getTarget().getLines()));
            from = delta.getSource().getPosition() + delta.getSource().size();
        }
        add(Fate.KEPT, String.join("", before.subList(from, before.size())));
    }

    private void replaced(String removed, String added) {
        add(Fate.REMOVED, removed);
        add(Fate.ADDED, added);
    }

    /** Joins what has the same fate as the part before. */
    private void add(Fate fate, String text) {
        if (text.isEmpty()) {
            return;
        }
        int last = parts.size() - 1;
        if (last >= 0 && parts.get(last).fate() == fate) {
            parts.set(last, new Part(fate, parts.get(last).text() + text));
        } else {
            parts.add(new Part(fate, text));
        }
    }
}
