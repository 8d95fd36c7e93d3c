package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words of the shop (tags, categories, brands, skus, placements) that rules name. Found in the text and not in
 * the tree: a word stands in quotes beside one of few words of the vocabulary, in a condition as in a consequence, and the
 * text knows its column.
 */
public final class Spelling {
    /** What a word of the shop names. */
    public enum Of {
        TAG,
        CATEGORY,
        BRAND,
        SKU,
        PLACEMENT,
        FIELD
    }

    /** A word of the shop, and where a rule names it. */
    public record Word(Of of, String text, String file, int line, int column, String rule) {}

    private record Form(Of of, Pattern pattern) {
        static Form of(Of of, String before) {
            return new Form(of, Pattern.compile(before + "\\s*\"([^\"\\\\\\n]+)\""));
        }

        /** The words of {@code field in ( "a", "b" )}. */
        static Form list(Of of, String field) {
            return new Form(of, Pattern.compile("\\b" + field + "\\s+(?:not\\s+)?in\\s*\\(([^()]*)\\)"));
        }
    }

    private static final List<Form> FORMS = List.of(
            Form.of(Of.TAG, "\\btags\\s+(?:not\\s+)?contains"),
            Form.of(Of.TAG, "\\b(?:tagged|taggedWith)\\s*\\("),
            Form.of(Of.TAG, "\\b(?:guarantee|cap)\\s*\\(\\s*(?:[\\d.]+|overThe\\w+\\s*\\([^()]*\\))\\s*,"),
            Form.of(Of.CATEGORY, "\\b(?:category|comparedCategory)\\s*[!=]="),
            Form.of(Of.CATEGORY, "\\b(?:within|inCategory|outside|about|knows|interest|fade)\\s*\\("),
            Form.of(Of.CATEGORY, "\\bcomparison\\s*\\(\\s*\\d+\\s*,"),
            Form.of(Of.CATEGORY, "\\bread\\s*\\(\\s*[\\w.]+\\s*,"),
            Form.of(Of.BRAND, "\\bbrand\\s*[!=]="),
            Form.of(Of.BRAND, "\\bofBrand\\s*\\("),
            Form.of(Of.SKU, "\\bsku\\s*[!=]="),
            Form.of(Of.SKU, "\\breinforce\\s*\\("),
            Form.of(Of.PLACEMENT, "\\bPlacement\\s*\\([^()\"]*\\bname\\s*[!=]="),
            Form.list(Of.SKU, "sku"),
            Form.list(Of.BRAND, "brand"),
            Form.list(Of.CATEGORY, "(?:category|comparedCategory)"),
            Form.list(Of.PLACEMENT, "Placement\\s*\\([^()\"]*\\bname"));
    private static final Pattern FACT = Pattern.compile("\\b([A-Z][a-z]+)\\s*\\(|\\bthen\\b");
    /** Longer than any pattern that one can read; so that a text is not looked through again for each of its words. */
    private static final int PATTERN_MAX = 2_000;

    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\\\n]+)\"");

    /** Our choice: more words than this in one file are no policy, and would only keep the check busy. */
    private static final int WORDS_MAX = 2_000;

    private Spelling() {}

    public static List<Word> words(List<ParsedFile> files) {
        List<Word> words = new ArrayList<>();
        for (ParsedFile file : files) {
            words(file, words);
        }
        return List.copyOf(words);
    }

    private static void words(ParsedFile file, List<Word> words) {
        int most = words.size() + WORDS_MAX;
        String text = RuleText.withoutComments(file.file().text());
        for (Form form : FORMS) {
            Matcher found = form.pattern().matcher(text);
            while (words.size() < most && found.find()) {
                if (form.of() == Of.TAG && ofTheVisit(text, found.start())) {
                    continue;
                }
                // in the list of "in ( )" there are several, elsewhere the group is the word itself
                Matcher quoted =
                        QUOTED.matcher(text).region(found.start(1) - 1, Math.min(found.end(1) + 1, text.length()));
                while (words.size() < most && quoted.find()) {
                    words.add(word(form.of(), file, text, quoted.start(), quoted.group(1)));
                }
            }
        }
    }

    /** What a shop says of a visit is no product's tag, and nobody but the shop knows its words. */
    private static boolean ofTheVisit(String text, int at) {
        Matcher fact = FACT.matcher(text).region(Math.max(0, at - PATTERN_MAX), at);
        String last = "";
        while (fact.find()) {
            last = fact.group(1) == null ? "" : fact.group(1);
        }
        return last.equals("Visit");
    }

    /** A word at this index of the text. */
    static Word word(Of of, ParsedFile file, String text, int at, String word) {
        int line = 1;
        int begin = 0;
        for (int next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', begin)) {
            line++;
            begin = next + 1;
        }
        int column = at - begin + 1;
        String rule = "";
        for (RuleCard card : file.rules()) {
            rule = card.line() <= line ? card.name() : rule;
        }
        return new Word(of, word, file.file().path(), line, column, rule);
    }
}
