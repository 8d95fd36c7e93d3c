package dev.vitrine.imports;

import dev.vitrine.problem.Nearest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kind of record that rows become, with the fields of the service's contract. */
enum Target {
    PRODUCTS(
            "products",
            "text sku, text kind, text family, text name, category category, text brand, number price, "
                    + "number listPrice, number cost, text currency, whole stock, list tags, list parts, "
                    + "time launchedAt, number rating, whole reviews, number returnRate"),
    EVENTS(
            "events",
            "text id, text type, text shopper, text visit, time at, text sku, category category, text query, "
                    + "text sort, flag sale, number price, whole quantity, text source, text decisionId, "
                    + "whole position, text order, list tags"),
    SEGMENTS("segments", "text shopper, list segments");

    enum Type {
        TEXT,
        NUMBER,
        WHOLE,
        FLAG,
        LIST,
        TIME,
        CATEGORY
    }

    /** Prefix of columns with a product's attributes, such as {@code attributes.weight}. */
    static final String ATTRIBUTE = "attributes.";

    private final String plural;
    private final Map<String, Type> fields = new LinkedHashMap<>();

    Target(String plural, String fields) {
        this.plural = plural;
        for (String field : fields.split(", ")) {
            String[] typeAndName = field.split(" ");
            this.fields.put(typeAndName[1], Type.valueOf(typeAndName[0].toUpperCase(Locale.ROOT)));
        }
    }

    /** The name in the URL and in the request. */
    String plural() {
        return plural;
    }

    /** Whether the contract has this field. */
    boolean has(String field) {
        return fields.containsKey(field) || (this == PRODUCTS && field.startsWith(ATTRIBUTE));
    }

    Set<String> fields() {
        return fields.keySet();
    }

    Type type(String field) {
        return fields.getOrDefault(field, Type.TEXT);
    }

    /** Returns the field, or fails and names the option and the field that was probably meant. */
    String checked(String option, String field) {
        if (!has(field)) {
            throw new ImportFailure(option + " " + field + ": " + plural + " have no such field"
                    + Nearest.hint(field, fields.keySet()) + " Known fields: " + String.join(", ", fields.keySet())
                    + (this == PRODUCTS ? ", " + ATTRIBUTE + "NAME" : ""));
        }
        return field;
    }
}
