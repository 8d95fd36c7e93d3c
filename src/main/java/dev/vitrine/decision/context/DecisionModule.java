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

    /** The rules that asked for it. */
    List<String> rules();

    /** The sku or category that it is about, null for a list. */
    default String subject() {
        return null;
    }

    static DecisionModule ranking(List<String> rules) {
        return new ItemList(wireName(Display.Type.RANKING), rules);
    }

    /** Shows nothing at all. */
    static DecisionModule none(List<String> rules) {
        return new ItemList(wireName(Display.Type.NONE), rules);
    }

    /** @param sku the product in which the visitor is to be confirmed */
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

    /** One product or article. */
    record SingleItem(String type, List<String> rules, String sku) implements DecisionModule {
        @Override
        public String subject() {
            return sku;
        }
    }

    /**
     * Products of a category side by side.
     *
     * @param differences attributes in which they differ: attribute, then sku, then value
     */
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

    /**
     * A bundle.
     *
     * @param partsPrice price of all parts bought one by one, null where a part is unknown
     * @param saving what the bundle saves, null where a part is unknown
     */
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
