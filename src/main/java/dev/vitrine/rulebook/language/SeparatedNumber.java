package dev.vitrine.rulebook.language;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with separators of thousands, such as {@code 1,000} or {@code 1.000,50}, and what a rule writes for it.
 *
 * @param length characters of the file
 */
public record SeparatedNumber(String plain, int length) {
    static final String MESSAGE = "A number cannot have separators of thousands.";

    /** {@code 1.000} alone is one, as every programmer writes it. */
    private static final Pattern SEPARATED =
            Pattern.compile("([1-9]\\d{0,2})(?:([,_ ])(\\d{3})(?:\\2\\d{3})*+(?:\\.(\\d{1,2}))?"
                    + "|\\.\\d{3}(?:\\.\\d{3})++(?:,(\\d{1,2}))?|\\.\\d{3},(\\d{1,2}))");

    /** A price or another number as people write it: with a currency, a decimal comma or separators. */
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:[\u20AC$\u00A3\u00A5]|EUR|USD|GBP|CHF)?\\s*([+-]?\\d[\\d.,_' ]*?)\\s*(?:[\u20AC$\u00A3\u00A5]|EUR|USD|GBP|CHF|\\.?-)?");

    /** What a program writes for a number as people write it; nothing if it is none, or could be two. */
    public static Optional<String> meant(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        String number = written.group(1).replace('\'', '_');
        if (number.matches("[+-]?\\d+(\\.\\d+)?")) {
            return Optional.of(number);
        }
        return number.matches("[+-]?(\\d+,\\d{1,2}|0,\\d+)") ? Optional.of(number.replace(',', '.')) : plain(number);
    }

    /** The number without its separators. */
    public static Optional<String> plain(String text) {
        Matcher separated = SEPARATED.matcher(text);
        if (!separated.matches()) {
            return Optional.empty();
        }
        String cents = separated.group(4) != null
                ? separated.group(4)
                : separated.group(5) != null ? separated.group(5) : separated.group(6);
        String whole =
                (cents == null ? text : text.substring(0, text.length() - cents.length() - 1)).replaceAll("\\D", "");
        return Optional.of(cents == null || cents.matches("0+") ? whole : whole + "." + cents);
    }

    /** The number that begins with this token and goes on in those that touch it. */
    public static Optional<SeparatedNumber> at(List<Token> tokens, int first) {
        StringBuilder number = new StringBuilder();
        int end = tokens.get(first).column();
        int line = tokens.get(first).line();
        for (Token token : tokens.subList(first, tokens.size())) {
            boolean afterBlank = token.kind() == Token.Kind.NUMBER && number.length() > 0 && token.column() == end + 1;
            boolean part = token.kind() == Token.Kind.NUMBER
                    || token.is(",")
                    || token.is(".")
                    || token.text().matches("_[\\d_]+");
            if (token.line() != line || !part || token.column() != end && !afterBlank) {
                break;
            }
            number.append(afterBlank ? " " : "").append(token.text());
            end = token.column() + token.text().length();
        }
        // a comma may only separate it from what follows
        String text = number.toString().replaceFirst("[.,]$", "");
        return tokens.get(first).kind() == Token.Kind.NUMBER
                ? plain(text).map(plain -> new SeparatedNumber(plain, text.length()))
                : Optional.empty();
    }
}
