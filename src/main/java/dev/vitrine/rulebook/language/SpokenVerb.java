package dev.vitrine.rulebook.language;

import dev.vitrine.rulebook.language.CallForms.Argument;
import dev.vitrine.rulebook.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A verb as people say it: {@code boost $c by 2}.
 *
 * @param from the first token of what is to be written anew
 * @param to the last one
 * @param meant the verb as a rule writes it
 */
public record SpokenVerb(Token from, Token to, String meant) {
    /** @param at of a verb without brackets */
    public static Optional<SpokenVerb> at(List<Token> tokens, int at) {
        CallForms.Form form = Vocabulary.verbs().contains(tokens.get(at).text())
                ? CallForms.of(tokens.get(at).text())
                : null;
        if (form == null || at + 1 < tokens.size() && tokens.get(at + 1).is("(")) {
            return Optional.empty();
        }
        List<Token> said = new ArrayList<>();
        int end = at + 1;
        while (end < tokens.size()
                && !tokens.get(end).first()
                && !tokens.get(end).is(";")
                && !tokens.get(end).is("shelf")) {
            said.add(tokens.get(end++));
        }
        List<String> values = new ArrayList<>();
        for (Argument argument : form.arguments()) {
            String value =
                    switch (argument.kind()) {
                        case CANDIDATE ->
                            said.stream()
                                    .map(Token::text)
                                    .filter(text -> text.startsWith("$"))
                                    .findFirst()
                                    .orElse("$c");
                        case NUMBER, WHOLE, SHARE -> number(said, argument.kind(), form.name());
                        case TEXT, TAG_OR_GROUP ->
                            said.stream()
                                    .filter(token -> token.kind() == Kind.TEXT)
                                    .map(Token::text)
                                    .findFirst()
                                    .orElse(null);
                        default -> null;
                    };
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        int from = at;
        if (from > 1 && tokens.get(from - 1).is(".") && tokens.get(from - 2).is("shelf")) {
            from -= 2;
        }
        boolean semicolon = end < tokens.size() && tokens.get(end).is(";");
        return Optional.of(new SpokenVerb(
                tokens.get(from),
                tokens.get(semicolon ? end : end - 1),
                "shelf." + CallCheck.call(form.name(), values) + ";"));
    }

    private static String number(List<Token> said, CallForms.Kind kind, String verb) {
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).kind() == Kind.NUMBER) {
                double number = Double.parseDouble(said.get(i).text());
                boolean percent = i + 1 < said.size() && said.get(i + 1).is("%");
                if (percent && verb.equals("boost")) {
                    return CallCheck.share(number + 100);
                }
                boolean share = percent || kind == CallForms.Kind.SHARE && number > 1;
                return share ? CallCheck.share(number) : said.get(i).text();
            }
        }
        return null;
    }
}
