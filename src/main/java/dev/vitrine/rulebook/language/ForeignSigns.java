package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.language.SyntaxDiagnosis.at;

import dev.vitrine.rulebook.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Signs of other languages that rules do not have: {@code ? :}, {@code ??}, {@code =~}, {@code =>} and {@code ->}. */
final class ForeignSigns {
    private static final Pattern MONEY = Pattern.compile("([$\u20AC\u00A3\u00A5])(\\d+)");
    private static final Set<String> BEGINS = Set.of("(", ",");

    private ForeignSigns() {}

    /** @param tokens of conditions; the token stands within the brackets of a fact */
    static Optional<SyntaxDiagnosis> inCondition(List<Token> tokens, int at) {
        if (is(tokens, at, "?")) {
            return Optional.of(is(tokens, at + 1, "?") ? otherwise(tokens, at) : choice(tokens, at));
        } else if (is(tokens, at, "=") && is(tokens, at + 1, "~")) {
            return Optional.of(pattern(tokens, at));
        } else if (is(tokens, at, "=>") && is(tokens, at - 2, "(") && is(tokens, at - 4, ".")) {
            return Optional.of(function(tokens, at));
        }
        return joined(tokens, at).or(() -> money(tokens, at));
    }

    /** {@code tagged( "core" or "gift" )}, {@code tags contains "core" or "gift"} */
    private static Optional<SyntaxDiagnosis> joined(List<Token> tokens, int at) {
        Token join = tokens.get(at);
        boolean texts = Set.of("or", "and", "||", "&&").contains(join.text().toLowerCase(Locale.ROOT))
                && at > 2
                && at + 1 < tokens.size()
                && tokens.get(at - 1).kind() == Kind.TEXT
                && tokens.get(at + 1).kind() == Kind.TEXT;
        if (!texts) {
            return Optional.empty();
        }
        Token word = tokens.get(at - 3);
        boolean call = is(tokens, at - 2, "(") && CallForms.of(word.text()) != null;
        boolean asked = word.word() && (is(tokens, at - 2, "contains") || is(tokens, at - 2, "matches"));
        if (!call && !asked) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(List.of(tokens.get(at - 1).text()));
        for (int i = at; is(tokens, i, join.text()) && i + 1 < tokens.size(); i += 2) {
            values.add(tokens.get(i + 1).text());
        }
        boolean either = join.text().equalsIgnoreCase("or") || join.is("||");
        String meant = values.stream()
                .map(value -> call
                        ? CallCheck.call(word.text(), List.of(value))
                        : word.text() + " " + tokens.get(at - 2).text() + " " + value)
                .collect(Collectors.joining(either ? " || " : ", "));
        return Optional.of(at(join, "'" + join.text() + "' stands between two values.", "Write: " + meant));
    }

    private static boolean is(List<Token> tokens, int at, String text) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(text);
    }

    /** {@code price < 10 ? true : false} */
    private static SyntaxDiagnosis choice(List<Token> tokens, int at) {
        String condition = SpokenCondition.written(tokens.subList(begin(tokens, at), at));
        boolean yes = is(tokens, at + 1, "true") && is(tokens, at + 2, ":") && is(tokens, at + 3, "false");
        boolean no = is(tokens, at + 1, "false") && is(tokens, at + 2, ":") && is(tokens, at + 3, "true");
        return at(
                tokens.get(at),
                "'?' is not used in rules: a condition is true or false by itself.",
                yes
                        ? "Write: " + condition
                        : no ? "Write: !( " + condition + " )" : "Write a rule for each of the two cases.");
    }

    /** {@code rating ?? 0 < 3} */
    private static SyntaxDiagnosis otherwise(List<Token> tokens, int at) {
        String word = at > 0 ? tokens.get(at - 1).text() : "";
        int sign = is(tokens, at + 3, ")") ? at + 4 : at + 3;
        boolean compared = sign + 1 < tokens.size()
                && tokens.get(sign).text().matches("[=!<>]=|[<>]")
                && tokens.get(sign + 1).value();
        return at(
                tokens.get(at),
                "'??' is not used in rules, and no comparison holds of what is unknown.",
                "Write: " + word
                        + (compared
                                ? " " + tokens.get(sign).text() + " "
                                        + tokens.get(sign + 1).text()
                                : ""));
    }

    /** {@code name =~ /yoga/i} */
    private static SyntaxDiagnosis pattern(List<Token> tokens, int at) {
        String word = at > 0 ? tokens.get(at - 1).text() : "name";
        List<Token> after = tokens.subList(Math.min(at + 2, tokens.size()), tokens.size());
        String text = after.stream()
                .takeWhile(token -> !Set.of(",", ")").contains(token.text()))
                .map(Token::text)
                .collect(Collectors.joining());
        String inner = text.replaceFirst("^[/\"]", "").replaceFirst("[/\"][a-z]*$", "");
        String whole = inner.matches("[\\p{L}\\p{N} -]+") ? ".*" + inner + ".*" : inner;
        return at(
                tokens.get(at),
                "'=~' is not a comparison.",
                whole.isEmpty() || whole.contains("\"")
                        ? "Write for example: " + word + " matches \".*yoga.*\""
                        : "Write: " + word + " matches \"" + whole + "\"");
    }

    /** {@code tags.some( t => t == "core" )} */
    private static SyntaxDiagnosis function(List<Token> tokens, int at) {
        boolean list = at > 4 && tokens.get(at - 5).word();
        boolean equals = is(tokens, at + 1, tokens.get(at - 1).text())
                && at + 3 < tokens.size()
                && tokens.get(at + 2).text().startsWith("==")
                && tokens.get(at + 3).kind() == Kind.TEXT;
        String word = list ? tokens.get(at - 5).text() : "tags";
        return at(
                tokens.get(at),
                "'=>' is not used in rules.",
                list && equals
                        ? "Write: " + word + " contains " + tokens.get(at + 3).text()
                        : "A list is asked for what it holds: " + word + " contains \"\u2026\"");
    }

    private static int begin(List<Token> tokens, int at) {
        int depth = 0;
        int begin = at;
        while (begin > 0
                && !(depth == 0 && BEGINS.contains(tokens.get(begin - 1).text()))) {
            begin--;
            depth += tokens.get(begin).is(")") ? 1 : tokens.get(begin).is("(") ? -1 : 0;
        }
        return begin;
    }

    /** {@code $10.00}, which ends after the {@code $10} where a name may have digits. */
    static Optional<SyntaxDiagnosis> money(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        Matcher money = MONEY.matcher(token.text());
        boolean decimals = is(tokens, at + 1, ".")
                && at + 2 < tokens.size()
                && tokens.get(at + 2).kind() == Kind.NUMBER;
        return money.matches() && decimals
                ? Optional.of(at(
                        token,
                        "A number cannot have '" + money.group(1) + "'.",
                        "Write only the number, in the shop's currency: " + money.group(2) + "."
                                + tokens.get(at + 2).text()))
                : Optional.empty();
    }

    /** Values that are joined, or stand in a list, where a verb takes one: the verbs that are meant. */
    static String each(List<Token> tokens, int at) {
        int open = at;
        while (open > 1
                && !(tokens.get(open).is("(")
                        && Vocabulary.verbs().contains(tokens.get(open - 1).text()))) {
            open--;
        }
        List<List<Token>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        int depth = 0;
        for (int i = open + 1; i < tokens.size() && depth >= 0; i++) {
            Token token = tokens.get(i);
            depth += SyntaxDiagnosis.opens(token) ? 1 : SyntaxDiagnosis.closes(token) ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                parts.add(new ArrayList<>());
            } else if (depth >= 0) {
                parts.get(parts.size() - 1).add(token);
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            List<String> values = parts.get(i).stream()
                    .filter(token -> token.kind() == Kind.TEXT)
                    .map(Token::text)
                    .toList();
            boolean plain = parts.get(i).stream()
                    .allMatch(token -> token.kind() == Kind.TEXT
                            || !token.value()
                            || token.text().matches("and|or"));
            int part = i;
            if (values.size() > 1 && plain && open > 0) {
                String verb = tokens.get(open - 1).text();
                return "Write a verb for each: "
                        + values.stream()
                                .map(value -> "shelf." + CallCheck.call(verb, replaced(parts, part, value)) + ";")
                                .collect(Collectors.joining(" "));
            }
        }
        return "Write a verb for each value, and end each with a semicolon.";
    }

    private static List<String> replaced(List<List<Token>> parts, int at, String value) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            all.add(i == at ? value : SpokenCondition.written(parts.get(i)));
        }
        return all;
    }
}
