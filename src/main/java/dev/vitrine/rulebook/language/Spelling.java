package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words of the shop (tags, categories, brands, skus, placements) that rules name. It searches the text and not the
 * tree: such a word stands in quotes beside one of a few words of the vocabulary, in conditions and consequences alike, and
 * only the text knows its column.
 */
public final class Spelling {
    /** What a word of the shop names. */
    public enum Kind {
        TAG,
        CATEGORY,
        /** A category that a word must equal. */
        WHOLE_CATEGORY,
        /** The same of {@code comparedCategory}. */
        COMPARED_CATEGORY,
        /** The same of {@code lastPurchaseCategory}. */
        PURCHASE_CATEGORY,
        /** A key of {@code interests}. */
        INTEREST,
        /** A key of {@code gifts}. */
        GIFT,
        /** One of several whole categories. */
        LISTED_CATEGORY,
        BRAND,
        SKU,
        PLACEMENT,
        ATTRIBUTE,
        /** An attribute that is read as a number. */
        NUMBER,
        /** What the storefront says of the moment. */
        CONTEXT,
        SEGMENT,
        SOURCE,
        CAMPAIGN,
        CAMPAIGN_ID,
        COUNTRY,
        LANGUAGE,
        /** An amount with three decimals, which may be a thousand. */
        AMOUNT
    }

    /** A word of the shop, and where a rule names it. */
    public record Word(Kind kind, String text, String file, int line, int column, String rule) {}

    private record Form(Kind kind, Pattern pattern) {
        static Form of(Kind kind, String before) {
            return new Form(kind, Pattern.compile(before + "\\s*\"([^\"\\\\\\n]+)\""));
        }

        /** The words of {@code field in ( "a", "b" )}. */
        static Form list(Kind kind, String field) {
            return new Form(kind, Pattern.compile("\\b" + field + "\\s+(?:not\\s+)?in\\s*\\(([^()]*)\\)"));
        }
    }

    private static final String AMOUNTS =
            "price|listPrice|lifetimeValue|lastPurchasePrice|highestPrice|value|threshold|missingToThreshold";

    private static final List<Form> FORMS = List.of(
            new Form(
                    Kind.AMOUNT,
                    Pattern.compile(
                            "\\b(?:" + AMOUNTS + ")\\s*(?:[!=]=|[<>]=?)\\s*([1-9]\\d{0,2}\\.\\d{3})(?![\\d.]|,\\d)")),
            Form.of(Kind.TAG, "\\btags\\s+(?:not\\s+)?contains"),
            Form.of(Kind.TAG, "\\b(?:tagged|taggedWith)\\s*\\("),
            Form.of(Kind.TAG, "\\b(?:guarantee|cap)\\s*\\(\\s*(?:[\\d.]+|overThe\\w+\\s*\\([^()]*\\))\\s*,"),
            Form.of(Kind.WHOLE_CATEGORY, "\\bcategory\\s*[!=]="),
            Form.of(Kind.COMPARED_CATEGORY, "\\bcomparedCategory\\s*[!=]="),
            Form.of(Kind.PURCHASE_CATEGORY, "\\blastPurchaseCategory\\s*[!=]="),
            Form.of(
                    Kind.CATEGORY,
                    "\\b(?:within|lastPurchaseWithin|inCategory|outside|about|knows|interest|fade)\\s*\\("),
            Form.of(Kind.INTEREST, "\\binterests\\s+(?:not\\s+)?contains"),
            Form.of(Kind.GIFT, "\\bgifts\\s+(?:not\\s+)?contains"),
            Form.of(Kind.LISTED_CATEGORY, "\\b(?:categories|lastVisitCategories)\\s+(?:not\\s+)?contains"),
            Form.of(Kind.SOURCE, "\\bsource\\s*[!=]="),
            Form.list(Kind.SOURCE, "source"),
            Form.of(Kind.CAMPAIGN, "\\bname\\s*[!=]="),
            Form.list(Kind.CAMPAIGN, "name"),
            Form.of(Kind.CAMPAIGN_ID, "\\bid\\s*[!=]="),
            Form.list(Kind.CAMPAIGN_ID, "id"),
            Form.of(Kind.ATTRIBUTE, "\\b(?:text|has)\\s*\\("),
            Form.of(Kind.ATTRIBUTE, "\\battributes\\s+(?:not\\s+)?contains"),
            Form.of(Kind.NUMBER, "\\b(?:number|hasNumber)\\s*\\("),
            Form.of(Kind.CONTEXT, "\\bcontext\\s+(?:not\\s+)?contains"),
            Form.of(Kind.SEGMENT, "\\binSegment\\s*\\("),
            Form.of(Kind.SEGMENT, "\\bsegments\\s+(?:not\\s+)?contains"),
            Form.of(Kind.COUNTRY, "\\bcountry\\s*[!=]="),
            Form.of(Kind.LANGUAGE, "\\blanguage\\s*[!=]="),
            Form.list(Kind.COUNTRY, "country"),
            Form.list(Kind.LANGUAGE, "language"),
            Form.of(Kind.CATEGORY, "\\bcomparison\\s*\\(\\s*\\d+\\s*,"),
            Form.of(Kind.CATEGORY, "\\bread\\s*\\(\\s*[\\w.]+\\s*,"),
            Form.of(Kind.BRAND, "\\bbrand\\s*[!=]="),
            Form.of(Kind.BRAND, "\\bofBrand\\s*\\("),
            Form.of(Kind.SKU, "\\bsku\\s*[!=]="),
            Form.of(Kind.SKU, "\\breinforce\\s*\\("),
            Form.of(Kind.PLACEMENT, "\\bPlacement\\s*\\([^()\"]*\\bname\\s*[!=]="),
            Form.list(Kind.SKU, "sku"),
            Form.list(Kind.BRAND, "brand"),
            Form.list(Kind.WHOLE_CATEGORY, "category"),
            Form.list(Kind.COMPARED_CATEGORY, "comparedCategory"),
            Form.list(Kind.PURCHASE_CATEGORY, "lastPurchaseCategory"),
            Form.list(Kind.PLACEMENT, "Placement\\s*\\([^()\"]*\\bname"));
    private static final Pattern FACT = Pattern.compile("\\b([A-Z][a-z]+)\\s*\\(|\\bthen\\b");
    private static final Pattern SCOPE = Pattern.compile("(\\$\\w+)\\s*\\.\\s*$");
    /** Longer than any readable pattern. Without a limit the whole text would be searched again for each word. */
    private static final int PATTERN_MAX = 2_000;

    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\\\n]+)\"");

    /** No real file comes near this; a generated one would keep the check busy. */
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
                Kind kind = meant(form.kind(), text, found.start());
                if (kind == null) {
                    continue;
                } else if (kind == Kind.AMOUNT) {
                    words.add(word(kind, file, text, found.start(1), found.group(1)));
                    continue;
                }
                // a list has several words, otherwise the group is the word itself
                Matcher quoted =
                        QUOTED.matcher(text).region(found.start(1) - 1, Math.min(found.end(1) + 1, text.length()));
                while (words.size() < most && quoted.find()) {
                    words.add(word(kind, file, text, quoted.start(), quoted.group(1)));
                }
            }
        }
    }

    /** Words of visits come from the shop's own storefront: its tags are known nowhere, and then this is null. */
    private static Kind meant(Kind kind, String text, int at) {
        if (kind == Kind.WHOLE_CATEGORY) {
            // pages and readings are also of categories with others below them
            return fact(text, at).equals("Candidate") ? kind : Kind.CATEGORY;
        } else if (kind == Kind.CAMPAIGN || kind == Kind.CAMPAIGN_ID) {
            return fact(text, at).equals("Campaign") ? kind : null;
        } else if (kind == Kind.LISTED_CATEGORY) {
            // a campaign covers what is below a category, too
            return fact(text, at).equals("Campaign") ? Kind.CATEGORY : kind;
        }
        boolean either = kind == Kind.TAG || kind == Kind.ATTRIBUTE || kind == Kind.NUMBER;
        if (!either || !fact(text, at).equals("Visit")) {
            return kind;
        }
        return kind == Kind.TAG ? null : Kind.CONTEXT;
    }

    /** The fact that a word belongs to: that of the name before it, or that of the pattern in which it stands. */
    private static String fact(String text, int at) {
        int from = Math.max(0, at - PATTERN_MAX);
        Matcher scope = SCOPE.matcher(text).region(from, at);
        Matcher fact = scope.find() ? bound(scope.group(1)).matcher(text) : FACT.matcher(text);
        fact.region(from, at);
        String last = "";
        while (fact.find()) {
            last = fact.group(1) == null ? "" : fact.group(1);
        }
        return last;
    }

    private static Pattern bound(String name) {
        return Pattern.compile(Pattern.quote(name) + "\\s*:\\s*([A-Z][a-z]+)\\s*\\(");
    }

    /** @param at the word's index in the text */
    static Word word(Kind kind, ParsedFile file, String text, int at, String word) {
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
        return new Word(kind, word, file.file().path(), line, column, rule);
    }
}
