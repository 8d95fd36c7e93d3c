package dev.vitrine.situations;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** Of a product, what a situation may ask about. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Ware(String sku, String family, String name, String category, String brand, double price) {
    boolean within(String path) {
        return category.equals(path) || category.startsWith(path + "/");
    }
}
