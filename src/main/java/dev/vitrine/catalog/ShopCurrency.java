package dev.vitrine.catalog;

import dev.vitrine.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Currency;
import java.util.Iterator;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The one currency of the shop: the setting {@code vitrine.currency}, else that of the first product that was stored.
 * Rules compare prices of products, cart and purchases with one another, which means nothing across currencies.
 */
@Singleton
public final class ShopCurrency {
    private final Optional<String> setting;
    private final Catalog catalog;

    ShopCurrency(@ConfigProperty(name = "vitrine.currency") Optional<String> setting, Catalog catalog) {
        this.setting = setting.map(ShopCurrency::fromSetting);
        this.catalog = catalog;
    }

    /** Its ISO 4217 code; empty as long as no setting and no product has decided it. */
    public Optional<String> code() {
        if (setting.isPresent()) {
            return setting;
        }
        Iterator<Product> any = catalog.products().iterator();
        return any.hasNext() ? Optional.of(any.next().currency()) : Optional.empty();
    }

    private static String fromSetting(String code) {
        try {
            return real("vitrine.currency", code);
        } catch (ProblemException e) {
            throw new IllegalStateException("vitrine.currency: '" + code + "' " + e.getMessage());
        }
    }

    /** A code that ISO 4217 knows. */
    static String real(String field, String code) {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(field, "is not a currency code of ISO 4217, such as EUR");
        }
    }
}
