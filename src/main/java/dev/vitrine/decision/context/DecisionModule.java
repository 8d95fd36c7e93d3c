package dev.vitrine.decision.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.vitrine.merchandising.Display;
import dev.vitrine.problem.Json;
import java.util.List;
import java.util.Map;

/** What the storefront shows the items as. Each kind has only the fields that concern it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "type",
    "rules",
    "category",
    "sku",
    "parts",
    "price",
    "partsPrice",
    "saving",
    "currency",
    "differences"
})
public sealed interface DecisionModule {
    @JsonProperty
    String type();

    List<String> rules();

    /** The sku or category that it is about, null for a list. */
    default String subject() {
        return null;
    }

    static DecisionModule ranking(List<String> rules) {
        return new ItemList(wireName(Display.Type.RANKING), rules);
    }

    static DecisionModule none(List<String> rules) {
        return new ItemList(wireName(Display.Type.NONE), rules);
    }

    static DecisionModule reinforce(List<String> rules, String sku) {
        return new SingleItem(wireName(Display.Type.REINFORCE), rules, sku);
    }

    static DecisionModule article(List<String> rules, String sku) {
        return new SingleItem(wireName(Display.Type.ARTICLE), rules, sku);
    }

    private static String wireName(Display.Type type) {
        return Json.wireName(type);
    }

    /** The items alone, or nothing. */
    record ItemList(String type, List<String> rules) implements DecisionModule {}

    record SingleItem(String type, List<String> rules, String sku) implements DecisionModule {
        @Override
        public String subject() {
            return sku;
        }
    }

    /** Products of a category side by side; {@code differences} are by attribute, then sku. */
    record Comparison(List<String> rules, String category, Map<String, Map<String, String>> differences)
            implements DecisionModule {
        @Override
        public String type() {
            return wireName(Display.Type.COMPARISON);
        }

        @Override
        public String subject() {
            return category;
        }
    }

    /** A bundle; {@code partsPrice} and {@code saving} are null where a part is unknown. */
    record Bundle(
            List<String> rules,
            String sku,
            List<String> parts,
            double price,
            Double partsPrice,
            Double saving,
            String currency)
            implements DecisionModule {
        @Override
        public String type() {
            return wireName(Display.Type.BUNDLE);
        }

        @Override
        public String subject() {
            return sku;
        }
    }
}
