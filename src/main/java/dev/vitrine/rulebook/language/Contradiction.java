package dev.vitrine.rulebook.language;

import java.util.List;
import java.util.Optional;

/**
 * Two conditions that no fact meets together.
 *
 * @param fact that both ask for
 * @param together whether both stand in the brackets of one fact
 */
public record Contradiction(String fact, Term one, Term other, boolean together) {
    private static final String CORRECT = "Correct the condition, or delete the rule.";

    /** What to write where either of the two was meant. */
    public String cure() {
        if (!one.field().equals(other.field())) {
            return CORRECT;
        }
        boolean equals = one.operator().equals("==") && other.operator().equals("==");
        if (equals) {
            String either = one.field() + " in ( " + one.value().text() + ", "
                    + other.value().text() + " )";
            return "If either may be, write: " + (together ? either : fact + "( " + either + " )");
        }
        boolean range = one.operator().matches("[<>]=?") && other.operator().matches("[<>]=?");
        if (!range) {
            return CORRECT;
        }
        String either = one + " || " + other;
        return (one.field().equals("hour") ? "For hours over midnight, write: " : "If either may be, write: ")
                + (together ? either : fact + "( " + either + " )");
    }

    @Override
    public String toString() {
        return one + " and " + other;
    }

    /** The place of the second of the two in a rule that begins in this line; nothing if it is written in another form. */
    public Optional<Token> place(String text, int line) {
        List<Token> tokens = Token.of(text).stream()
                .dropWhile(token -> token.line() < line)
                .takeWhile(token -> !token.is("then"))
                .toList();
        Token last = null;
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (isOne(tokens.subList(i, i + 3))) {
                last = tokens.get(i);
            }
        }
        return Optional.ofNullable(last);
    }

    private boolean isOne(List<Token> three) {
        return List.of(one, other).stream()
                .anyMatch(term -> three.get(0).is(term.field())
                        && three.get(1).is(term.operator())
                        && three.get(2).is(term.value().text()));
    }
}
