package dev.vitrine.rulebook.language;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a rule writes for words that people use and the facts do not have, and for values that stand there alone. */
public final class MeantWords {
    private static final String WEEKEND = "weekday in ( SATURDAY, SUNDAY )";

    /** By fact and by the word in lower case. */
    private static final Map<String, Map<String, String>> WORDS = Map.of(
            "Shopper",
            Map.ofEntries(
                    entry("new", "!returning"),
                    entry("newcomer", "!returning"),
                    entry("firstvisit", "!returning"),
                    entry("firsttime", "!returning"),
                    entry("known", "returning"),
                    entry("customer", "orders > 0"),
                    entry("buyer", "orders > 0"),
                    entry("vip", "inSegment( \"vip\" )"),
                    entry("segment", "segments")),
            "Candidate",
            Map.ofEntries(
                    entry("new", "daysSinceLaunch < 14"),
                    entry("newarrival", "daysSinceLaunch < 14"),
                    entry("sale", "onSale"),
                    entry("reduced", "onSale"),
                    entry("discounted", "onSale"),
                    entry("instock", "stock > 0"),
                    entry("available", "stock > 0"),
                    entry("soldout", "stock == 0"),
                    entry("outofstock", "stock == 0"),
                    entry("bestseller", "sellerRank <= 10"),
                    entry("popular", "sellerRank <= 10"),
                    entry("launchdate", "daysSinceLaunch < 14"),
                    entry("launched", "daysSinceLaunch < 14"),
                    entry("launchedat", "daysSinceLaunch < 14"),
                    entry("releasedate", "daysSinceLaunch < 14"),
                    entry("title", "name"),
                    entry("id", "sku"),
                    entry("tag", "tags")),
            "Cart",
            Map.ofEntries(
                    entry("empty", "quantity == 0"),
                    entry("filled", "quantity > 0"),
                    entry("total", "value"),
                    entry("sum", "value"),
                    entry("amount", "value"),
                    entry("items", "quantity"),
                    entry("size", "quantity"),
                    entry("count", "quantity")),
            "Shop",
            Map.of(
                    "morning", "hour < 12",
                    "evening", "hour >= 18",
                    "night", "hour >= 22 || hour < 6",
                    "time", "hour",
                    "day", "weekday",
                    "weekend", WEEKEND),
            "Placement",
            Map.of("id", "name", "size", "limit"));

    /** What a text is compared with where it stands alone, by fact. */
    private static final Map<String, String> TEXTS = Map.of(
            "Placement", "name == %s",
            "Campaign", "name == %s",
            "Shopper", "inSegment( %s )",
            "Visit", "source == %s");

    /** The number of a fact that rules ask for most. */
    private static final Map<String, String> NUMBERS = Map.of(
            "Shop", "hour",
            "Placement", "limit",
            "Shopper", "orders",
            "Visit", "pages",
            "Cart", "value",
            "Campaign", "priority",
            "Reading", "confidence");

    /** What other languages call the parts of a rule. */
    private static final Map<String, String> PARTS = Map.of(
            "if", "when",
            "where", "when",
            "given", "when",
            "whenever", "when",
            "do", "then",
            "so", "then",
            "action", "then",
            "actions", "then",
            "endif", "end",
            "endrule", "end");

    private MeantWords() {}

    /** {@code when} or {@code then}, if the word is another one for it. */
    public static Optional<String> part(String word) {
        return Optional.ofNullable(PARTS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** The word or the condition that is meant by a word that the fact does not have. */
    public static Optional<String> of(String fact, String word) {
        String small = word.toLowerCase(Locale.ROOT);
        Map<String, String> known = WORDS.getOrDefault(fact, Map.of());
        String plain = known.containsKey(small) || !small.startsWith("is") ? small : small.substring(2);
        return Optional.ofNullable(known.get(plain)).or(() -> choice(fact, plain.toUpperCase(Locale.ROOT)));
    }

    /** The condition that is meant by a value without its word; nothing where several could be. */
    public static Optional<String> compared(String fact, String value) {
        if (!value.startsWith("\"")) {
            return choice(fact, value);
        }
        boolean path = value.indexOf('/') > 0 && (fact.equals("Candidate") || fact.equals("Page"));
        return path
                ? Optional.of("within( " + value + " )")
                : Optional.ofNullable(TEXTS.get(fact)).map(form -> form.formatted(value));
    }

    /** A comparison with a text, for a fact of which several words could be meant. */
    static String sample(String fact, String value) {
        return switch (fact) {
            case "Candidate" -> "brand == " + value;
            case "Cart" -> "categories contains " + value;
            case "Shop" -> "hour >= 18";
            default -> "category == " + value;
        };
    }

    /** The word of a fact that a comparison was probably meant for. */
    static String subject(String fact, String operator, String value) {
        return whole(fact, operator.equals("in") ? "==" : operator, value.replaceFirst(",.*", ""))
                .replaceFirst("[ (].*", "");
    }

    /** A comparison that lacks its word. */
    static String whole(String fact, String operator, String value) {
        if (operator.equals("contains")) {
            boolean path = value.indexOf('/') > 0;
            return switch (fact) {
                case "Candidate" -> path ? "within( " + value + " )" : "tagged( " + value + " )";
                case "Page" -> "within( " + value + " )";
                case "Visit" -> "tagged( " + value + " )";
                case "Shopper" -> path ? "categories contains " + value : "inSegment( " + value + " )";
                case "Cart" -> (path ? "categories" : "skus") + " contains " + value;
                case "Campaign" -> (path ? "categories" : "tags") + " contains " + value;
                default -> sample(fact, value);
            };
        }
        boolean text = value.startsWith("\"");
        String word = text || !value.matches("[\\d.]+")
                ? compared(fact, value).orElse(sample(fact, value)).replaceFirst("[ (].*", "")
                : NUMBERS.getOrDefault(fact, "price");
        return word + " " + operator + " " + value;
    }

    /** {@code device == MOBILE} for {@code MOBILE}. */
    private static Optional<String> choice(String fact, String value) {
        Class<?> type = Vocabulary.fact(fact);
        return type == null
                ? Optional.empty()
                : Vocabulary.wordNames(type).stream()
                        .filter(word -> Vocabulary.word(type, word) != null
                                && choices(Vocabulary.word(type, word)).contains(value))
                        .findFirst()
                        .map(word -> word + " == " + value);
    }

    private static List<String> choices(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(one -> ((Enum<?>) one).name())
                        .toList()
                : List.of();
    }

    /** Whether it is a word of the fact, and no whole condition. */
    static boolean isWord(String meant) {
        return meant.matches("\\w+");
    }

    /** The cure for a word that the fact does not have, if it is known what is meant. */
    static Optional<String> cure(String fact, String word, boolean negated) {
        Optional<String> meant = of(fact, word);
        if (meant.isPresent()) {
            boolean named = isWord(meant.get()) && !negated && !isYesOrNo(fact, meant.get());
            return meant.map(condition -> named
                    ? "Did you mean '" + condition + "'?"
                    : "Write: " + (negated ? opposite(condition) : condition));
        }
        String shouted = word.toUpperCase(Locale.ROOT);
        return CallForms.moods().contains(shouted)
                ? Optional.of(
                        "Write in a line of its own: " + (negated ? "not " : "") + "Reading( mood == " + shouted + " )")
                : Optional.empty();
    }

    private static boolean isYesOrNo(String fact, String word) {
        return Vocabulary.word(Vocabulary.fact(fact), word) == boolean.class;
    }

    private static String opposite(String condition) {
        if (condition.startsWith("!")) {
            return condition.substring(1);
        }
        return condition.contains(" == ")
                ? condition.replace(" == ", " != ")
                : condition.matches("\\w+(\\( .* \\))?") ? "!" + condition : "!( " + condition + " )";
    }
}
