package dev.vitrine.catalog;

import dev.vitrine.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Currency;
import java.util.Iterator;
import java.util.Optional;

/** The one currency of the shop, by setting or first product. Rules compare prices: that needs a single currency. */
@Singleton
public final class ShopCurrency {
    private final ShopConfig config;
    private final Catalog catalog;

    ShopCurrency(ShopConfig config, Catalog catalog) {
        this.config = config;
        this.catalog = catalog;
    }

    /** Its ISO 4217 code; empty while no setting and no product has decided it. */
    public Optional<String> code() {
        if (config.currency().isPresent()) {
            return config.currency();
        }
        Iterator<Product> any = catalog.products().iterator();
        return any.hasNext() ? Optional.of(any.next().currency()) : Optional.empty();
    }

    static String checked(String field, String code) {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(field, "is not a currency code of ISO 4217, such as EUR");
        }
    }
}
