package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.assist.Completion.Kind;
import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.language.CaseWords;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Fact;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proposes what can be written at a place of an examples file. */
final class CaseCompletions {
    private static final List<String> KINDS = List.of("fires", "does-not-fire");
    private static final String CASES = ":\n  fires:\n    - case: \n  does-not-fire:\n    - case: ";

    private final Glossary glossary = Glossary.get();
    private final ShopKnowledge shop;
    private final RuleTexts texts;

    CaseCompletions(ShopKnowledge shop, RuleTexts texts) {
        this.shop = shop;
        this.texts = texts;
    }

    List<Completion> at(String path, String text, int line, int column) {
        CasePlace place = CasePlace.at(text, line, column);
        String rest = Lines.line(text, line);
        int at = Math.min(column, rest.length() + 1);
        String typed = place.typed().startsWith("\"") ? place.typed().substring(1) : place.typed();
        int from = Math.max(1, at - place.typed().length());
        int to = at;
        while (to <= rest.length() && (Character.isLetterOrDigit(rest.charAt(to - 1)) || rest.charAt(to - 1) == '-')) {
            to++;
        }
        if (place.typed().startsWith("\"") && to <= rest.length() && rest.charAt(to - 1) == '"') {
            to++;
        }
        Offer offer = new Offer(typed, line, from, to);
        List<String> around = place.around();
        if (around.isEmpty()) {
            if (place.key() == null) {
                rules(path, text, offer);
            }
        } else if (around.size() == 1) {
            if (place.key() == null) {
                KINDS.forEach(kind -> offer.add(
                        kind,
                        Kind.KEYWORD,
                        kind + ":",
                        "",
                        kind.equals("fires") ? "Cases in which the rule fires." : "Cases in which it does not."));
            }
        } else {
            inCase(around.subList(2, around.size()), place, offer);
        }
        return offer.all();
    }

    /** Rules of the file beside this one, first those without examples. */
    private void rules(String path, String text, Offer offer) {
        String beside = path.substring(0, path.length() - RuleFile.EXAMPLES.length()) + RuleFile.RULES;
        List<RuleText.NamedText> rules = texts.text(beside).map(RuleText::rules).orElse(List.of());
        for (RuleText.NamedText rule : rules) {
            if (!text.contains(rule.name())) {
                offer.add(
                        rule.name(),
                        Kind.RULE,
                        "\"" + rule.name() + "\"" + CASES,
                        beside,
                        "```drl\n" + rule.text() + "\n```");
            }
        }
        for (RuleText.NamedText rule : rules) {
            offer.add(rule.name(), Kind.RULE, "\"" + rule.name() + "\":", beside, "```drl\n" + rule.text() + "\n```");
        }
    }

    /** @param within the keys within the case */
    private void inCase(List<String> within, CasePlace place, Offer offer) {
        if (within.isEmpty()) {
            caseWords(place, offer);
            return;
        }
        Fact fact = glossary.fact(CaseWords.fact(within.get(0)));
        if (fact == null) {
            return;
        }
        Word map = within.size() > 1 ? fact.word(within.get(1)) : null;
        if (map != null) {
            keyed(map, place, offer);
        } else if (place.key() == null) {
            for (Word word : fact.words()) {
                if (word.stated()) {
                    offer.add(
                            word.name(),
                            Kind.WORD,
                            word.name() + ": ",
                            Glossary.type(word.type()) + (word.unit() == null ? "" : ", " + word.unit()),
                            Prose.of(word));
                }
            }
        } else if (fact.word(place.key()) != null) {
            value(fact.word(place.key()), offer);
        }
    }

    private void caseWords(CasePlace place, Offer offer) {
        Map<String, String> forms = new TreeMap<>(CaseWords.FORMS);
        if (place.key() != null) {
            String form = forms.get(place.key());
            // a list is written within its brackets
            if (form != null && place.typed().isEmpty() && !form.startsWith("what")) {
                offer.add(form, Kind.VALUE, form, "", "");
            }
            return;
        }
        forms.forEach((word, form) -> {
            Fact fact = glossary.fact(CaseWords.fact(word));
            String insert = form.startsWith("{")
                    ? "{  }"
                    : form.startsWith("[ {") ? "[ {  } ]" : form.startsWith("[") ? "[  ]" : "";
            offer.add(
                    word,
                    Kind.KEYWORD,
                    word + ": " + insert,
                    form,
                    fact == null ? "`" + word + ": " + form + "`" : Prose.of(fact));
        });
    }

    private void value(Word word, Offer offer) {
        for (String choice : Glossary.choices(word.type())) {
            offer.add(choice, Kind.VALUE, choice, "", "");
        }
        if (word.name().endsWith("To")) {
            List.of("page", "cart", "last-order").forEach(anchor -> offer.add(anchor, Kind.VALUE, ""));
        }
        shopValues(word.values(), "", offer);
    }

    /** Within the braces of values by key. */
    private void keyed(Word word, CasePlace place, Offer offer) {
        if (place.key() == null) {
            if (word.values() != null) {
                for (ShopValue value : shop.values().of(word.values(), "")) {
                    offer.add(
                            value.value(),
                            Kind.VALUE,
                            plain(value.value()) + ": ",
                            Prose.note(value),
                            Prose.of(word.values(), "", value));
                }
            }
        } else if (word.values() == ValueKind.ATTRIBUTE) {
            shopValues(ValueKind.ATTRIBUTE_VALUE, place.key(), offer);
        }
    }

    private void shopValues(ValueKind kind, String attribute, Offer offer) {
        if (kind == ValueKind.SKU) {
            for (KnownProduct product : shop.products(offer.typed(), Completions.PRODUCTS_MAX)) {
                offer.addFound(product.sku(), Kind.VALUE, plain(product.sku()), product.name(), Prose.of(product));
            }
        } else if (kind != null) {
            for (ShopValue value : shop.values().of(kind, attribute)) {
                offer.add(
                        value.value(),
                        Kind.VALUE,
                        plain(value.value()),
                        Prose.note(value),
                        Prose.of(kind, attribute, value));
            }
        }
    }

    /** The text as YAML takes it for a text. */
    private static String plain(String text) {
        boolean plain = text.matches("[\\p{L}][\\p{L}\\p{N}_/.-]*( [\\p{L}\\p{N}_/.-]+)*")
                && !text.matches("(?i)y|n|yes|no|on|off|true|false|null");
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
