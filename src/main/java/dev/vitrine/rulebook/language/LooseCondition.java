package dev.vitrine.rulebook.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition that stands outside the brackets of a fact: {@code mood == GIFT} in a line of its own.
 *
 * @param meant the fact with the condition; null where the fact is there already
 */
public record LooseCondition(Token at, Token from, Token to, String cure, String meant) {
    static final String MESSAGE = "The condition is outside the brackets of a fact.";

    private static final Set<String> OPERATORS =
            Set.of("==", "!=", "<", "<=", ">", ">=", "=", "contains", "matches", "in", "not", "memberOf");
    private static final Set<String> JOINS = Set.of("and", "or", "&&", "||", ",", ";");

    /** Whose word it most likely is, where several facts have it. */
    private static final Map<String, String> OWNERS = Map.of(
            "name",
            "Placement",
            "type",
            "Page",
            "categories",
            "Cart",
            "skus",
            "Cart",
            "within",
            "Page",
            "tags",
            "Candidate");

    /** @param tokens the conditions of a rule; the token is outside of all brackets */
    public static Optional<LooseCondition> at(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        boolean prefixed = at + 2 < tokens.size() && tokens.get(at + 1).is(".");
        if (prefixed && (Vocabulary.isFact(token.text()) || token.text().startsWith("$"))) {
            String fact = Vocabulary.isFact(token.text()) ? token.text() : factOf(token.text(), tokens);
            return of(tokens, at, at + 2, fact);
        }
        boolean named = at > 1
                && tokens.get(at - 1).is(":")
                && tokens.get(at - 2).text().startsWith("$");
        boolean begins = at == 0
                || named
                || token.first()
                || JOINS.contains(tokens.get(at - 1).text());
        return begins && token.word() && !Vocabulary.isFact(token.text())
                ? of(tokens, named ? at - 2 : at, at, "")
                : Optional.empty();
    }

    private static String factOf(String name, List<Token> tokens) {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).is(name)
                    && tokens.get(i + 1).is(":")
                    && Vocabulary.isFact(tokens.get(i + 2).text())) {
                return tokens.get(i + 2).text();
            }
        }
        return "";
    }

    private static Optional<LooseCondition> of(List<Token> tokens, int from, int at, String known) {
        int end = at + 1;
        int depth = 0;
        while (end < tokens.size()
                && !(depth == 0
                        && (tokens.get(end).first()
                                || JOINS.contains(tokens.get(end).text())))) {
            depth += SyntaxDiagnosis.opens(tokens.get(end)) ? 1 : SyntaxDiagnosis.closes(tokens.get(end)) ? -1 : 0;
            end++;
        }
        Token word = tokens.get(at);
        String next = at + 1 < end ? tokens.get(at + 1).text() : "";
        String value = end - at == 3 ? tokens.get(end - 1).text() : "";
        String fact = known.isEmpty() ? owner(word.text(), value) : known;
        boolean asks = next.isEmpty()
                ? Vocabulary.isFact(fact) && Vocabulary.word(Vocabulary.fact(fact), word.text()) == boolean.class
                : OPERATORS.contains(next) || next.equals("(") && CallForms.of(word.text()) != null;
        if (fact.isEmpty() || !asks) {
            return Optional.empty();
        }
        String condition = SpokenCondition.written(tokens.subList(at, end));
        String meant = (fact.equals("Candidate") ? candidate(tokens, from) : "") + fact + "( " + condition + " )";
        boolean there = tokens.stream().anyMatch(token -> token.is(fact) && !token.equals(tokens.get(from)));
        return Optional.of(new LooseCondition(
                at - from == 2 && !tokens.get(at - 1).is(":") ? tokens.get(from) : word,
                tokens.get(from),
                tokens.get(end - 1),
                there
                        ? "Write it within the brackets of " + fact + "( … ), after a comma: " + condition
                        : "Write: " + meant,
                there ? null : meant));
    }

    /** The name that is written, or else the usual one. */
    private static String candidate(List<Token> tokens, int from) {
        Token first = tokens.get(from);
        return (first.text().startsWith("$") ? first.text() : "$c") + " : ";
    }

    /** The fact that has the word and, where it is a choice, the value; "" if none has. */
    static String owner(String word, String value) {
        List<Class<?>> owners = Vocabulary.facts().stream()
                .filter(fact -> Vocabulary.question(fact, word) != null)
                .collect(Collectors.toList());
        Optional<Class<?>> choosing = owners.stream()
                .filter(fact -> choices(Vocabulary.word(fact, word))
                        .anyMatch(choice -> choice.equals(value.toUpperCase(Locale.ROOT))))
                .findFirst();
        String usual = OWNERS.getOrDefault(word, "Candidate");
        return choosing.or(() -> owners.stream()
                        .filter(fact -> fact.getSimpleName().equals(usual))
                        .findFirst())
                .or(() -> owners.stream().findFirst())
                .map(Class::getSimpleName)
                .orElse("");
    }

    private static Stream<String> choices(Class<?> type) {
        return type != null && type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(one -> ((Enum<?>) one).name())
                : Stream.empty();
    }
}
