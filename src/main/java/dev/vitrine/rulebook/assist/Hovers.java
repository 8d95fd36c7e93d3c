package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.language.CaseWords;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Fact;
import dev.vitrine.rulebook.language.Glossary.Function;
import dev.vitrine.rulebook.language.Glossary.Verb;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleText;
import java.util.List;
import java.util.Optional;

/** Says what stands at a place of a rule file or of an examples file. */
public final class Hovers {
    private final Glossary glossary = Glossary.get();
    private final ShopKnowledge shop;
    private final RuleTexts texts;

    public Hovers(ShopKnowledge shop, RuleTexts texts) {
        this.shop = shop;
        this.texts = texts;
    }

    /** @param path below the rules folder; its ending says what the file holds */
    public Optional<Hover> at(String path, String text, int line, int column) {
        return path.endsWith(RuleFile.EXAMPLES) ? inExamples(path, text, line, column) : inRules(text, line, column);
    }

    private Optional<Hover> inRules(String text, int line, int column) {
        List<Token> tokens = Token.of(text);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.line() == line
                    && token.column() <= column
                    && column <= token.column() + token.text().length()
                    && (token.word() || token.kind() == Token.Kind.TEXT)) {
                Token before = i == 0 ? null : tokens.get(i - 1);
                Optional<String> found =
                        token.kind() == Token.Kind.TEXT ? ofText(text, token, before) : ofWord(text, token, before);
                return found.map(known -> new Hover(
                        known,
                        line,
                        token.column(),
                        token.column() + token.text().length()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> ofText(String text, Token token, Token before) {
        String value = CasePlace.unquoted(token.text());
        if (before != null && before.is("rule") && before.first()) {
            return Optional.of(ofRule(value, text));
        }
        Caret caret = Caret.at(text, token.line(), token.column());
        return caret.values() == null ? Optional.empty() : ofValue(caret.values(), caret.attribute(), value);
    }

    private Optional<String> ofValue(ValueKind kind, String attribute, String value) {
        if (kind == ValueKind.SKU) {
            return Optional.of(ofSku(value));
        }
        List<ShopValue> known = shop.values().of(kind, attribute);
        if (known.isEmpty()) {
            return Optional.of(Prose.of(kind, attribute, ShopValue.of(value)));
        }
        return Optional.of(known.stream()
                .filter(one -> one.value().equals(value))
                .findFirst()
                .map(one -> Prose.of(kind, attribute, one))
                .orElse(Prose.kind(kind, attribute) + " **" + value + "**: the shop has none of this name."));
    }

    private String ofSku(String sku) {
        return shop.products(sku, 1).stream()
                .filter(product -> product.sku().equals(sku))
                .findFirst()
                .map(Prose::of)
                .orElseGet(() -> Prose.of(ValueKind.SKU, "", ShopValue.of(sku)));
    }

    private String ofRule(String name, String text) {
        StringBuilder known = new StringBuilder("Rule **" + name + "**");
        texts.rules().stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .ifPresentOrElse(card -> live(card, known), () -> known.append("\n\nNot live yet."));
        RuleText.rules(text).stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .map(rule ->
                        rule.text().lines().filter(one -> one.startsWith("//")).toList())
                .filter(comment -> !comment.isEmpty())
                .ifPresent(comment -> known.append("\n\n")
                        .append(String.join(
                                " ",
                                comment.stream()
                                        .map(one -> one.replaceFirst("^//\\s*", ""))
                                        .toList())));
        return known.toString();
    }

    private static void live(RuleCard card, StringBuilder known) {
        known.append("\n\nOwner: ").append(card.owner()).append(", ").append(card.file());
        known.append(card.reads() ? "\n\nIt reads the visit." : "\n\nIt proposes.");
        if (!card.enabled()) {
            known.append(" It is paused.");
        }
        if (card.effective() != null) {
            known.append(" From ").append(card.effective()).append('.');
        }
        if (card.expires() != null) {
            known.append(" Until before ").append(card.expires()).append('.');
        }
    }

    private Optional<String> ofWord(String text, Token token, Token before) {
        Caret caret = Caret.at(text, token.line(), token.column());
        String word = token.text();
        if (caret.part() == Caret.Part.BETWEEN_RULES || caret.part() == Caret.Part.HEAD) {
            String keyword = before != null && before.is("@") ? "@" + word : word;
            return Optional.ofNullable(Prose.KEYWORDS.get(keyword));
        }
        if (word.startsWith("$")) {
            return ofName(word, caret).or(() -> ofName(word, Caret.at(text, token.line() + 1, 1)));
        }
        if (before != null && before.is(".")) {
            Word member = glossary.word(caret.memberOf(), word);
            Verb verb = caret.expected() == Caret.Expected.VERB ? glossary.verb(word) : null;
            return verb == null ? Optional.ofNullable(member).map(Prose::of) : Optional.of(Prose.of(verb));
        }
        Fact fact = glossary.fact(word);
        if (fact != null) {
            return Optional.of(Prose.of(fact));
        }
        Word ofFact = glossary.word(caret.fact(), word);
        if (ofFact != null) {
            return Optional.of(Prose.of(ofFact));
        }
        if (caret.type() != null && Glossary.choices(caret.type()).contains(word)) {
            return Optional.of("**" + word + "**: one of " + String.join(", ", Glossary.choices(caret.type())));
        }
        Function function = glossary.function(word);
        if (function != null) {
            return Optional.of(Prose.of(function));
        }
        return Optional.ofNullable(Prose.KEYWORDS.get(word)).or(() -> Optional.ofNullable(Prose.OPERATORS.get(word))
                .map(meaning -> "**" + word + "**: " + meaning));
    }

    private Optional<String> ofName(String name, Caret caret) {
        Fact fact = glossary.fact(caret.bound().get(name));
        Word word = caret.boundWords().get(name);
        return fact == null ? Optional.ofNullable(word).map(Prose::of) : Optional.of(Prose.of(fact));
    }

    private Optional<Hover> inExamples(String path, String text, int line, int column) {
        String whole = Lines.line(text, line);
        int from = Math.min(column, whole.length() + 1) - 1;
        int to = from;
        if (whole.startsWith("\"") && whole.indexOf('"', 1) >= from) {
            String name = whole.substring(1, whole.indexOf('"', 1));
            String beside = path.substring(0, path.length() - RuleFile.EXAMPLES.length()) + RuleFile.RULES;
            return Optional.of(new Hover(ofRule(name, texts.text(beside).orElse("")), line, 1, name.length() + 3));
        }
        while (from > 0 && isPartOfWord(whole.charAt(from - 1))) {
            from--;
        }
        while (to < whole.length() && isPartOfWord(whole.charAt(to))) {
            to++;
        }
        String word = whole.substring(from, to);
        CasePlace place = CasePlace.at(text, line, from + 1);
        List<String> around = place.around();
        if (word.isEmpty() || around.size() < 2) {
            return Optional.empty();
        }
        List<String> within = around.subList(2, around.size());
        Optional<String> found = within.isEmpty()
                ? Optional.ofNullable(glossary.fact(CaseWords.fact(word))).map(Prose::of)
                : ofCaseWord(glossary.fact(CaseWords.fact(within.get(0))), within, place, word);
        int begin = from;
        int end = to;
        return found.map(known -> new Hover(known, line, begin + 1, end + 1));
    }

    private Optional<String> ofCaseWord(Fact fact, List<String> within, CasePlace place, String word) {
        if (fact == null) {
            return Optional.empty();
        }
        if (within.size() == 1 && place.key() == null) {
            return Optional.ofNullable(fact.word(word)).map(Prose::of);
        }
        if (within.size() == 1) {
            Word stated = fact.word(place.key());
            return stated == null || stated.values() == null ? Optional.empty() : ofValue(stated.values(), "", word);
        }
        Word map = fact.word(within.get(1));
        if (map == null || map.values() != ValueKind.ATTRIBUTE) {
            return Optional.empty();
        }
        return place.key() == null
                ? ofValue(ValueKind.ATTRIBUTE, "", word)
                : ofValue(ValueKind.ATTRIBUTE_VALUE, place.key(), word);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '/';
    }
}
