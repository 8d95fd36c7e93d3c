package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * The page that the shopper looks at. Fields from {@code sku} on describe its product (the focus), "" or 0 where there is
 * none; the price is in the shop's currency. {@code category} is the path of the page's category, or of the focus product's.
 *
 * @param priceLevel see {@link Candidate#priceLevel}; null where there is no product, or nothing can be compared
 * @param soldOut whether the focus product cannot be bought now
 */
public record Page(
        PageType type,
        String sku,
        String category,
        String family,
        String brand,
        double price,
        Double priceLevel,
        boolean soldOut) {
    public static final PageType HOME = PageType.HOME;
    public static final PageType CATEGORY = PageType.CATEGORY;
    public static final PageType PRODUCT = PageType.PRODUCT;
    public static final PageType SEARCH = PageType.SEARCH;
    public static final PageType CART = PageType.CART;
    public static final PageType ORDER_CONFIRMATION = PageType.ORDER_CONFIRMATION;

    public Page {
        type = requireNonNullElse(type, PageType.HOME);
        sku = requireNonNullElse(sku, "");
        category = requireNonNullElse(category, "");
        family = requireNonNullElse(family, "");
        brand = requireNonNullElse(brand, "");
    }

    /** Without a product, or one that is in stock and cannot be compared. */
    public Page(PageType type, String sku, String category, String family, String brand, double price) {
        this(type, sku, category, family, brand, price, null, false);
    }

    /** Whether its category is this one or below it. */
    public boolean within(String path) {
        return Categories.within(category, path);
    }

    /** What lies beside its category: {@code sport/yoga} of {@code sport/yoga/mats}; a category of two parts or one itself. */
    public String neighbourhood() {
        return Categories.neighbourhood(category);
    }
}
