package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds words of the rule language that are used as a field of a fact. The parser stumbles only behind such a word, and its
 * message does not name it.
 */
public final class ReservedWords {
    private static final Pattern AS_A_FIELD = Pattern.compile("[(,&|]\\s*+(?:\\$?\\w++\\s*+:\\s*+)?+"
            + "(new|class|default|case|package|import|public|static|final|void|contains|in|not|is|matches|memberOf"
            + "|soundslike|from|exists|forall|eval|accumulate|collect|over|then|when|end|rule|query|function"
            + "|declare|global|unit|empty|extends|enabled|salience)"
            + "\\s*+(?:==|!=|<|>|contains\\b|in\\s*\\()");

    private ReservedWords() {}

    public static List<RuleProblem> problems(ParsedFile file) {
        String text = RuleText.withoutComments(file.file().text());
        List<RuleProblem> problems = new ArrayList<>();
        Matcher word = AS_A_FIELD.matcher(text);
        while (word.find()) {
            Spelling.Word at = Spelling.word(Spelling.Kind.FIELD, file, text, word.start(1), word.group(1));
            problems.add(RuleProblem.fault(
                    at.file(),
                    at.line(),
                    at.column(),
                    at.rule(),
                    "'" + at.text() + "' is a word of the rule language, so it cannot be a field of a fact.",
                    "See rules/README.md for the fields of each fact."));
        }
        return problems;
    }
}
