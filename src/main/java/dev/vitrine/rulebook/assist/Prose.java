package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Fact;
import dev.vitrine.rulebook.language.Glossary.Function;
import dev.vitrine.rulebook.language.Glossary.Verb;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.ValueKind;
import java.util.Map;

/** What an editor shows of a word, in Markdown. */
final class Prose {
    /** Words that are the same in each rule. */
    static final Map<String, String> KEYWORDS = Map.ofEntries(
            Map.entry("rule", "Begins a rule: `rule \"its name, a sentence\"`."),
            Map.entry("when", "Begins the conditions."),
            Map.entry("then", "Begins the consequence."),
            Map.entry("end", "Ends the rule."),
            Map.entry("@owner", "Whom to ask about the rule. Each rule has an owner."),
            Map.entry("date-effective", "The first day on which the rule is live, in the shop's time zone."),
            Map.entry("date-expires", "The first day on which the rule is no longer live, in the shop's time zone."),
            Map.entry("enabled", "`enabled false` pauses the rule."),
            Map.entry("not", "Holds where no such fact is there."),
            Map.entry("exists", "Holds once where there is at least one such fact."),
            Map.entry("and", "Both facts. It can be left out between two lines."),
            Map.entry("or", "One of the facts."),
            Map.entry("shelf", "Where a rule says what it wants: `shelf.` and a verb."),
            Map.entry("this", "The fact in whose brackets it stands."));

    static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("==", "is equal to"),
            Map.entry("!=", "is not equal to"),
            Map.entry("<", "is less than"),
            Map.entry("<=", "is at most"),
            Map.entry(">", "is more than"),
            Map.entry(">=", "is at least"),
            Map.entry("contains", "has this among its values"),
            Map.entry("not contains", "does not have this among its values"),
            Map.entry("matches", "matches a pattern, such as `\".*yoga.*\"`"),
            Map.entry("in", "is one of these"),
            Map.entry("not in", "is none of these"));

    private Prose() {}

    static String of(Fact fact) {
        return "**" + fact.name() + "**: " + fact.meaning() + "\n\n"
                + (fact.atMost() == 1 ? "Each decision has one." : "A decision has at most " + fact.atMost() + ".");
    }

    static String of(Word word) {
        StringBuilder text = new StringBuilder("**" + word.fact() + "." + word.signature() + "**: " + word.meaning());
        text.append("\n\nType: ").append(Glossary.type(word.type()));
        if (word.unit() != null) {
            text.append(" (").append(word.unit()).append(')');
        }
        return text.append("\n\nExample: `").append(word.example()).append('`').toString();
    }

    static String of(Verb verb) {
        return "**shelf." + verb.signature() + "**: " + verb.meaning() + "\n\nExample: `" + verb.example() + "`";
    }

    static String of(Function function) {
        return "**" + function.signature() + "**: " + function.meaning() + "\n\nExample: `" + function.example() + "`";
    }

    /** A value of the shop in a word or two. */
    static String note(ShopValue value) {
        String products =
                value.products() == null ? "" : value.products() == 1 ? "1 product" : value.products() + " products";
        String note = value.note() == null ? "" : value.note();
        return products + (products.isEmpty() || note.isEmpty() ? "" : ", ") + note;
    }

    static String of(ValueKind kind, String attribute, ShopValue value) {
        String note = note(value);
        return kind(kind, attribute) + " **" + value.value() + "**" + (note.isEmpty() ? "" : ": " + note);
    }

    static String of(KnownProduct product) {
        return "Product **" + product.sku() + "**: " + product.name()
                + (product.category().isEmpty() ? "" : "\n\nCategory: " + product.category())
                + (product.price() == null ? "" : "\n\nPrice: " + product.price());
    }

    static String kind(ValueKind kind, String attribute) {
        return switch (kind) {
            case TAG -> "Tag";
            case CATEGORY -> "Category";
            case BRAND -> "Brand";
            case SKU -> "Product";
            case PLACEMENT -> "Placement";
            case SEGMENT -> "Segment";
            case COUNTRY -> "Country";
            case LANGUAGE -> "Language";
            case SOURCE -> "Source of visits";
            case ATTRIBUTE -> "Attribute";
            case ATTRIBUTE_VALUE -> "Value of the attribute '" + attribute + "'";
            case CONTEXT -> "Key of the context";
            case CAMPAIGN_ID, CAMPAIGN_NAME -> "Campaign";
        };
    }
}
