package dev.vitrine.rulebook.assist;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.rulebook.assist.Completion.Kind;
import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Argument;
import dev.vitrine.rulebook.language.Glossary.Fact;
import dev.vitrine.rulebook.language.Glossary.Function;
import dev.vitrine.rulebook.language.Glossary.Verb;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Proposes what can be written at a place of a rule file or of an examples file. */
public final class Completions {
    private static final String NEW_RULE =
            """
            rule "A sentence that says what the rule does"
                @owner( "" )
            when
                $c : Candidate(  )
            then
                shelf.boost( $c, 1.5 );
            end
            """;

    private static final List<String> OF_NUMBERS = List.of("==", "!=", "<", "<=", ">", ">=");
    /** There may be millions, and nobody chooses from more; who types one letter more gets others. */
    static final int PRODUCTS_MAX = 50;

    private static final Pattern CANDIDATE = Pattern.compile("\\$c\\b");

    private final Glossary glossary = Glossary.get();
    private final ShopKnowledge shop;
    private final RuleTexts texts;

    public Completions(ShopKnowledge shop, RuleTexts texts) {
        this.shop = shop;
        this.texts = texts;
    }

    /** @param path below the rules folder; its ending says what the file holds */
    public List<Completion> at(String path, String text, int line, int column) {
        if (path.endsWith(RuleFile.EXAMPLES)) {
            return new CaseCompletions(shop, texts).at(path, text, line, column);
        }
        int last = Lines.count(text);
        if (line > last) {
            return at(path, text, last, Lines.line(text, last).length() + 1);
        }
        Caret caret = Caret.at(text, line, column);
        String rest = Lines.line(text, line);
        int at = Math.min(column, rest.length() + 1);
        String after = rest.substring(at - 1);
        int from = at - caret.prefix().length();
        boolean closed = after.indexOf('"') >= 0
                && after.substring(0, after.indexOf('"')).matches("[^(),]*");
        int to = at + (caret.quoted() ? closed ? after.indexOf('"') : 0 : wordLength(after));
        Offer offer = new Offer(caret.prefix(), line, from, to);
        if (caret.quoted()) {
            if (caret.values() != null) {
                shopValues(caret.values(), caret.attribute(), caret.prefix(), closed ? "" : "\"", "", offer);
            }
        } else {
            offer(caret, offer);
        }
        return offer.all();
    }

    private static int wordLength(String text) {
        int length = 0;
        while (length < text.length() && Character.isJavaIdentifierPart(text.charAt(length))) {
            length++;
        }
        return length;
    }

    private void offer(Caret caret, Offer offer) {
        switch (caret.expected()) {
            case KEYWORD -> keywords(caret, offer);
            case FACT -> facts(caret, offer);
            case OPERAND -> operands(caret, offer);
            case OPERATOR -> operators(caret.type(), offer);
            case VALUE -> values(caret, offer);
            case MEMBER -> members(caret, offer);
            case VERB -> verbs(caret, "", offer);
            case STATEMENT -> {
                verbs(caret, "shelf.", offer);
                keyword("end", "end", offer);
            }
            case NOTHING -> {}
        }
    }

    private static void keyword(String word, String insert, Offer offer) {
        offer.add(word, Kind.KEYWORD, insert, "", Prose.KEYWORDS.get(word));
    }

    private static void keywords(Caret caret, Offer offer) {
        if (caret.part() == Caret.Part.BETWEEN_RULES) {
            keyword("rule", NEW_RULE, offer);
            return;
        }
        keyword("when", "when", offer);
        keyword("@owner", "@owner( \"\" )", offer);
        keyword("date-effective", "date-effective \"2026-11-25\"", offer);
        keyword("date-expires", "date-expires \"2026-12-01\"", offer);
        keyword("enabled", "enabled false", offer);
    }

    private void facts(Caret caret, Offer offer) {
        for (Fact fact : glossary.facts()) {
            boolean name = !caret.named() && fact.atMost() > 1;
            String free = fact.name().equals("Candidate")
                    ? "$c"
                    : "$" + Character.toLowerCase(fact.name().charAt(0))
                            + fact.name().substring(1);
            String named = name && !caret.bound().containsKey(free) ? free + " : " : "";
            offer.add(fact.name(), Kind.FACT, named + fact.name() + "(  )", fact.meaning(), Prose.of(fact));
        }
        if (!caret.named()) {
            List.of("not", "exists", "and", "or", "then").forEach(word -> keyword(word, word, offer));
        }
    }

    private void operands(Caret caret, Offer offer) {
        Fact fact = glossary.fact(caret.fact());
        if (fact != null) {
            fact.words().forEach(word -> word(word, false, offer));
        }
        if (!caret.named()) {
            names(caret, null, offer);
        }
    }

    private static void word(Word word, boolean brackets, Offer offer) {
        String call = word.takesArguments()
                ? word.name() + "( "
                        + String.join(
                                ", ",
                                word.arguments().stream()
                                        .map(Completions::empty)
                                        .toList()) + " )"
                : word.name() + (brackets ? "()" : "");
        String unit = word.unit() == null ? "" : ", " + word.unit();
        offer.add(word.name(), Kind.WORD, call, Glossary.type(word.type()) + unit, Prose.of(word));
    }

    private static String empty(Argument argument) {
        if (argument.type() == String.class) {
            return "\"\"";
        }
        if (argument.type() == Candidate.class) {
            return "this";
        }
        List<String> choices = Glossary.choices(argument.type());
        return choices.isEmpty() ? "" : choices.get(0);
    }

    /** @param type of the values that fit, null for all */
    private void names(Caret caret, Class<?> type, Offer offer) {
        caret.bound().forEach((name, fact) -> {
            Fact of = glossary.fact(fact);
            if (of != null && (type == null || type.getSimpleName().equals(fact))) {
                offer.add(name, Kind.NAME, name, fact, Prose.of(of));
            }
        });
        caret.boundWords().forEach((name, word) -> {
            boolean number = type != null && Glossary.isNumber(type) && Glossary.isNumber(word.type());
            if (type == null || type == word.type() || number) {
                offer.add(name, Kind.NAME, name, word.fact() + "." + word.name(), Prose.of(word));
            }
        });
    }

    private static void operators(Class<?> type, Offer offer) {
        if (Glossary.isMany(type)) {
            operator("contains", offer);
            operator("not contains", offer);
            return;
        }
        if (Glossary.isNumber(type)) {
            OF_NUMBERS.forEach(one -> operator(one, offer));
            return;
        }
        operator("==", offer);
        operator("!=", offer);
        if (type != boolean.class) {
            offer.add("in", Kind.OPERATOR, "in ( )", Prose.OPERATORS.get("in"), "");
            offer.add("not in", Kind.OPERATOR, "not in ( )", Prose.OPERATORS.get("not in"), "");
        }
        if (type == String.class) {
            operator("matches", offer);
        }
    }

    private static void operator(String operator, Offer offer) {
        offer.add(operator, Kind.OPERATOR, operator, Prose.OPERATORS.get(operator), "");
    }

    private void values(Caret caret, Offer offer) {
        if (caret.arguments().isEmpty()) {
            value(caret, caret.type(), offer);
        } else {
            caret.arguments().stream().map(Argument::type).distinct().forEach(type -> value(caret, type, offer));
        }
    }

    private void value(Caret caret, Class<?> type, Offer offer) {
        for (String choice : Glossary.choices(type)) {
            offer.add(choice, Kind.VALUE, choice, "", "");
        }
        if (type == Candidate.class && caret.part() == Caret.Part.CONDITIONS) {
            keyword("this", "this", offer);
        }
        if (type == Candidate.class || type == Campaign.class) {
            names(caret, type, offer);
            return;
        }
        glossary.functions().stream()
                .filter(function -> function.type() == type)
                .forEach(function ->
                        offer.add(function.name(), Kind.FUNCTION, call(function, caret), "", Prose.of(function)));
        if (type == String.class || Glossary.isNumber(type)) {
            names(caret, type, offer);
        }
        boolean many = Glossary.isMany(type);
        if ((type == String.class || many) && caret.values() != null) {
            shopValues(caret.values(), caret.attribute(), caret.prefix(), "\"", "\"", offer);
        }
    }

    /** A call of the function, as its example makes it. */
    private static String call(Function function, Caret caret) {
        String example = function.example();
        int from = example.indexOf(function.name() + "(");
        int to = from;
        int depth = 0;
        while (to >= 0 && to < example.length()) {
            char c = example.charAt(to++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ')' && depth == 0) {
                return named(example.substring(from, to), caret);
            }
        }
        return function.name() + "()";
    }

    /** An example with the name that this rule has given its candidate. */
    private static String named(String example, Caret caret) {
        return caret.bound().entrySet().stream()
                .filter(name -> name.getValue().equals("Candidate"))
                .map(Map.Entry::getKey)
                .findFirst()
                .map(name ->
                        CANDIDATE.matcher(example).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(name)))
                .orElse(example);
    }

    private void members(Caret caret, Offer offer) {
        Fact fact = glossary.fact(caret.memberOf());
        if (fact != null) {
            fact.words().forEach(word -> word(word, caret.part() == Caret.Part.CONSEQUENCE, offer));
        }
    }

    private void verbs(Caret caret, String before, Offer offer) {
        for (Verb verb : glossary.verbs()) {
            String statement = named(verb.example(), caret).replaceFirst("^shelf\\.", "");
            offer.add(before + verb.name(), Kind.VERB, before + statement, verb.signature(), Prose.of(verb));
        }
    }

    private void shopValues(ValueKind kind, String attribute, String typed, String after, String before, Offer offer) {
        if (kind == ValueKind.SKU) {
            for (KnownProduct product : shop.products(typed, PRODUCTS_MAX)) {
                offer.addFound(
                        product.sku(), Kind.VALUE, before + product.sku() + after, product.name(), Prose.of(product));
            }
            return;
        }
        for (ShopValue value : shop.values().of(kind, attribute)) {
            offer.add(
                    value.value(),
                    Kind.VALUE,
                    before + value.value() + after,
                    Prose.note(value),
                    Prose.of(kind, attribute, value));
        }
    }
}
