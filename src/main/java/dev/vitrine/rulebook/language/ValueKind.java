package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Visit;

/** What a text in a rule names, where it names something of the shop. */
public enum ValueKind {
    TAG,
    CATEGORY,
    BRAND,
    SKU,
    PLACEMENT,
    SEGMENT,
    COUNTRY,
    LANGUAGE,
    SOURCE,
    ATTRIBUTE,
    /** A value of an attribute, which is named beside it. */
    ATTRIBUTE_VALUE,
    CONTEXT,
    CAMPAIGN_ID,
    CAMPAIGN_NAME;

    /**
     * @param fact null for a function
     * @param name of a word or of an argument
     * @return null where the text is of no such kind
     */
    static ValueKind of(Class<?> fact, String name) {
        return switch (name) {
            // the catalog does not know what the storefront says of a visit
            case "tag", "tags" -> fact == Visit.class ? null : TAG;
            case "category",
                    "categories",
                    "comparedCategory",
                    "lastPurchaseCategory",
                    "lastVisitCategories",
                    "interests",
                    "gifts",
                    "neighbourhood",
                    "path" -> CATEGORY;
            case "brand" -> BRAND;
            case "sku", "skus", "skuOrFamily", "lastPurchaseSku", "seen", "shown", "parts" -> SKU;
            case "segment", "segments" -> SEGMENT;
            case "country" -> COUNTRY;
            case "language" -> LANGUAGE;
            case "source" -> SOURCE;
            case "attribute", "attributes" -> ATTRIBUTE;
            case "key", "context" -> CONTEXT;
            case "id" -> fact == Campaign.class ? CAMPAIGN_ID : null;
            case "name" -> fact == Placement.class ? PLACEMENT : fact == Campaign.class ? CAMPAIGN_NAME : null;
            default -> null;
        };
    }
}
