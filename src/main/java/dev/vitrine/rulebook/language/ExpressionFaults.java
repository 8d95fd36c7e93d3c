package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be wrong with the form of an expression, and with its texts, numbers and patterns. */
final class ExpressionFaults {
    interface Report {
        /** @param word the word to look for in the source, "" for the whole expression */
        void fault(String word, String message, String cure);

        /** What compiles and cannot be meant: see {@link RuleReport}. */
        void slip(String word, String message, String cure);

        /** What does no harm and says nothing. */
        void remark(String word, String message, String cure);

        /** Reports at a place that the report finds for a word. */
        static Report at(RuleReport report, ToIntFunction<String> line, ToIntFunction<String> column) {
            return new Report() {
                @Override
                public void fault(String word, String message, String cure) {
                    report.fault(line.applyAsInt(word), column.applyAsInt(word), message, cure);
                }

                @Override
                public void slip(String word, String message, String cure) {
                    report.slip(line.applyAsInt(word), column.applyAsInt(word), message, cure);
                }

                @Override
                public void remark(String word, String message, String cure) {
                    report.remark(line.applyAsInt(word), column.applyAsInt(word), message, cure);
                }
            };
        }
    }

    private static final Pattern IN_LIST = Pattern.compile("(\\w+)\\[\\d+\\]");
    private static final Pattern IN_MAP = Pattern.compile("(\\w+)\\[(\"[^\"]*\")\\]");

    private final String place;
    private final String cure;
    private final Report report;

    /** @param place what the expression is part of, in the words of a message */
    ExpressionFaults(String place, String cure, Report report) {
        this.place = place;
        this.cure = cure;
        this.report = report;
    }

    void notAllowed(Node node) {
        Matcher numbered = IN_LIST.matcher(NodeText.of(node));
        if (numbered.matches()) {
            report.fault(
                    numbered.group(1),
                    "A list has no numbered places.",
                    "Ask for what it holds: " + numbered.group(1) + " contains \"…\"");
            return;
        }
        Matcher held = IN_MAP.matcher(NodeText.of(node));
        String word = held.matches() ? ComparisonFaults.VALUES_OF_MAPS.get(held.group(1)) : null;
        if (word != null) {
            report.fault(
                    NodeText.firstWord(node),
                    "'" + NodeText.shortened(node) + "' is not allowed in " + place + ".",
                    "Write: " + word + "( " + held.group(2).strip() + " )");
            return;
        }
        report.fault(
                NodeText.firstWord(node), "'" + NodeText.shortened(node) + "' is not allowed in " + place + ".", cure);
    }

    void tooDeep() {
        report.fault("", "The expression is nested too deeply.", "Write it as several constraints.");
    }

    /** A path without quotes. In a call, the call is written with them. */
    void withoutQuotes(Expression value, MethodCallExpr call) {
        String text = "\"" + NodeText.of(value).replaceAll("\\s", "") + "\"";
        report.fault(
                NodeText.firstWord(value),
                "'" + NodeText.shortened(value).replaceAll("\\s", "") + "' is not in quotes.",
                "Write: " + (call == null ? text : CallCheck.call(call.getNameAsString(), List.of(text))));
    }

    void backslash() {
        report.fault(
                "\\",
                "In a text, a backslash is only allowed before a quote or another backslash.",
                "Delete it, or in a pattern write it twice: \"\\\\d\".");
    }

    void longText(String text, int most) {
        report.fault(
                NodeText.shortened(text),
                "A text in a rule has " + text.length() + " characters; at most " + most + " are allowed.",
                "Shorten it.");
    }

    void joined(Node sum) {
        report.fault(
                NodeText.firstWord(sum),
                "'" + NodeText.shortened(sum) + "' joins texts, and conditions only add numbers.",
                "Compare the texts one by one.");
    }

    void noText(Node part) {
        report.fault(
                NodeText.firstWord(part),
                "'" + NodeText.shortened(part) + "' is neither a text nor a number.",
                "Join single words of a fact, such as $c.name().");
    }

    void number(String number) {
        Optional<NumberWithUnit> unit = NumberWithUnit.in("", "", number);
        if (unit.isPresent() && number.matches("\\d+(\\.\\d+)?[a-zA-Z]")) {
            report.fault(
                    number,
                    "A number cannot have '" + number.substring(number.length() - 1) + "'.",
                    "Write only the number: " + unit.get().number());
            return;
        }
        report.fault(
                number,
                NodeText.shortened(number) + " is not a valid number in a rule.",
                "Write plain digits such as 1000 or 0.25, without separators of thousands.");
    }

    void singleQuotes(CharLiteralExpr text) {
        report.fault(
                "'",
                NodeText.shortened(text) + " is not in double quotes.",
                "Write a text in double quotes: \"" + text.getValue() + "\".");
    }

    void boundName(String name) {
        report.fault(
                name,
                "'" + NodeText.shortened(name) + "' is not a valid name.",
                name.matches("[A-Za-z]\\w{0,59}")
                        ? "A name begins with $. Write: $" + name
                        : "Begin a name with $ and a letter: $c.");
    }

    void singleSign(String sign) {
        report.fault(sign, "'" + sign + "' is not an operator here.", "Use " + sign + sign + ".");
    }

    /** A word of a search that no search can hold. @param any whether capitals are all the same */
    void searchWord(StringLiteralExpr value, boolean any) {
        String text = value.asString();
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        boolean one = words.size() == 1 && words.get(0).equals(any ? text.toLowerCase(Locale.ROOT) : text);
        if (!one && !words.isEmpty()) {
            report.slip(
                    NodeText.of(value),
                    words.size() == 1
                            ? "Searches are kept in lower case and word by word, so none holds '"
                                    + NodeText.shortened(text) + "'."
                            : "'" + NodeText.shortened(text) + "' is not one word: searches are kept word by word.",
                    "Write: "
                            + words.stream()
                                    .map(word -> "searchedFor( \"" + word + "\" )")
                                    .collect(Collectors.joining(", ")));
        }
    }

    void patternForm() {
        report.fault(
                "matches",
                "'matches' compares a word of the fact itself with one pattern in quotes.",
                "Write: name matches \".*yoga.*\"");
    }

    void pattern(String pattern, String why) {
        boolean star = pattern.matches("\\*?[\\w ]+\\*?");
        report.fault(
                "matches",
                star
                        ? "The pattern is invalid: in a pattern, '.*' stands for any text."
                        : "The pattern is invalid or could take too long. " + why,
                star ? "Write: matches \"" + pattern.replace("*", ".*") + "\"" : "Simplify it.");
    }
}
