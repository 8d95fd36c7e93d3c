package dev.vitrine.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes a batch of products in: the good ones are stored, the bad ones refused with the field that is wrong. */
@Singleton
public final class ProductIntake {
    private final Catalog catalog;
    private final ProductRepository store;
    private final ShopCurrency shopCurrency;
    private final Clock clock;
    private final int productsMax;

    ProductIntake(
            Catalog catalog,
            ProductRepository store,
            ShopCurrency shopCurrency,
            Clock clock,
            @ConfigProperty(name = "vitrine.catalog.max-products", defaultValue = "1000000") int productsMax) {
        this.catalog = catalog;
        this.store = store;
        this.shopCurrency = shopCurrency;
        this.clock = clock;
        this.productsMax = productsMax;
    }

    /** One outcome per entry, in their order; what is told as stored is durable and counts in the next decision. */
    public List<ProductResult> take(List<JsonNode> entries) {
        if (shopCurrency.code().isPresent()) {
            return check(entries);
        }
        // of two first batches at once, only one may decide the currency
        synchronized (this) {
            return check(entries);
        }
    }

    private List<ProductResult> check(List<JsonNode> entries) {
        List<ProductResult> outcomes = new ArrayList<>(entries.size());
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Product> good = new ArrayList<>();
        Optional<String> currency = shopCurrency.code();
        int room = productsMax - catalog.products().size();
        for (int i = 0; i < entries.size(); i++) {
            try {
                Product product = read(entries.get(i), "products[" + i + "]", currency, places);
                if (catalog.product(product.sku()) == null && --room < 0) {
                    throw new ProblemException(
                            "products[" + i + "].sku",
                            "is one product too many; at most " + productsMax
                                    + " are allowed (vitrine.catalog.max-products)");
                }
                places.put(product.sku(), i);
                good.add(product);
                currency = Optional.of(product.currency());
                outcomes.add(ProductResult.stored(product.sku()));
            } catch (ProblemException bad) {
                JsonNode sku = entries.get(i).path("sku");
                outcomes.add(ProductResult.refused(sku.isTextual() ? sku.textValue() : null, Problem.of(bad)));
            }
        }
        store.store(good);
        return outcomes;
    }

    private Product read(JsonNode entry, String at, Optional<String> currency, Map<String, Integer> places) {
        if (!entry.isObject()) {
            throw new ProblemException(at, "must be an object");
        }
        Product product = Json.read(entry, ProductPayload.class, at).product(at, clock.instant());
        Integer place = places.get(product.sku());
        if (place != null) {
            throw new ProblemException(at + ".sku", "is that of products[" + place + "] already");
        }
        currency.filter(shops -> !shops.equals(product.currency())).ifPresent(shops -> {
            throw new ProblemException(
                    at + ".currency",
                    "is " + product.currency() + ", but the shop's currency is " + shops + "; a shop has only one");
        });
        return product;
    }
}
