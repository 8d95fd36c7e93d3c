package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words of the shop in cases that are typing mistakes whatever the case makes up: placements, and categories with another sign
 * than the shop's between their parts. A case in which the rule does not fire would hide them. It searches the text, since most
 * files are not read again at each check.
 */
final class WordsInCases {
    private static final Pattern PLACEMENT =
            Pattern.compile("\\bplacement:\\s*+(?:\\{[^{}]*?)?\\bname:\\s*+[\"']?([^\\s,{}\"'#]++)");

    private static final Pattern CATEGORY = Pattern.compile(
            "\\b(?:category|comparedCategory|lastPurchaseCategory): *+[\"']?([^\\n,{}\\[\\]\"'#>]+? > [^\\n,{}\\[\\]\"'#]*[^\\s,{}\\[\\]\"'#])");

    private static final Pattern RULE = Pattern.compile("(?m)^[\"']?([^\\s#\"'][^\"'\\n]*?)[\"']?:\\s*$");

    private WordsInCases() {}

    /** @param ofRules the words that rules name: what is wrong with one of them is told there */
    static List<Spelling.Word> of(Collection<RuleFile> files, Collection<Spelling.Word> ofRules) {
        Set<String> told = ofRules.stream().map(Spelling.Word::text).collect(Collectors.toSet());
        List<Spelling.Word> words = new ArrayList<>();
        for (RuleFile file : files) {
            if (file.holdsExamples()) {
                find(file, Spelling.Kind.PLACEMENT, PLACEMENT, words);
                find(file, Spelling.Kind.CATEGORY, CATEGORY, words);
            }
        }
        words.removeIf(word -> told.contains(word.text()));
        return words;
    }

    private static void find(RuleFile file, Spelling.Kind kind, Pattern pattern, List<Spelling.Word> words) {
        String text = file.text();
        Matcher named = pattern.matcher(text);
        while (named.find()) {
            int at = named.start(1);
            int lineBegin = text.lastIndexOf('\n', at) + 1;
            if (text.substring(lineBegin, at).contains("#")) {
                continue;
            }
            int line = (int) text.substring(0, lineBegin)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            words.add(new Spelling.Word(kind, named.group(1), file.path(), line, at - lineBegin + 1, rule(text, at)));
        }
    }

    private static String rule(String text, int at) {
        String rule = "";
        Matcher named = RULE.matcher(text).region(0, at);
        while (named.find()) {
            rule = named.group(1);
        }
        return rule;
    }
}
