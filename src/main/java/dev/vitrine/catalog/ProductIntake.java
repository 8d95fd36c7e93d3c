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
import java.util.function.Consumer;

/** Checks a batch of products: stores the good ones and refuses the bad ones, naming the field that is wrong. */
@Singleton
public final class ProductIntake {
    private final Catalog catalog;
    private final CatalogUpdater updater;
    private final ShopCurrency shopCurrency;
    private final Clock clock;
    private final int productsMax;

    ProductIntake(
            Catalog catalog, CatalogUpdater updater, ShopCurrency shopCurrency, Clock clock, CatalogConfig config) {
        this.catalog = catalog;
        this.updater = updater;
        this.shopCurrency = shopCurrency;
        this.clock = clock;
        this.productsMax = config.maxProducts();
    }

    /** One result per entry, in order. What is reported as stored is durable and counts in the next decision. */
    public List<ProductResult> take(List<JsonNode> entries) {
        return take(entries, good -> {});
    }

    /** The same with something that is stored along with the good ones. */
    List<ProductResult> take(List<JsonNode> entries, Consumer<List<Product>> along) {
        // the stored products decide the currency and how many more fit
        updater.load();
        if (shopCurrency.code().isPresent()) {
            return check(entries, along);
        }
        // of two first batches at once, only one may decide the currency
        synchronized (this) {
            return check(entries, along);
        }
    }

    private List<ProductResult> check(List<JsonNode> entries, Consumer<List<Product>> along) {
        List<ProductResult> results = new ArrayList<>(entries.size());
        Map<String, Integer> indexes = new LinkedHashMap<>();
        List<Product> good = new ArrayList<>();
        Optional<String> currency = shopCurrency.code();
        int room = productsMax - catalog.products().size();
        for (int i = 0; i < entries.size(); i++) {
            try {
                Product product = read(entries.get(i), "products[" + i + "]", currency, indexes);
                if (catalog.product(product.sku()) == null && --room < 0) {
                    throw new ProblemException(
                            "products[" + i + "].sku",
                            "is one product too many; at most " + productsMax
                                    + " are allowed (vitrine.catalog.max-products)");
                }
                indexes.put(product.sku(), i);
                good.add(product);
                currency = Optional.of(product.currency());
                results.add(ProductResult.stored(product.sku()));
            } catch (ProblemException problem) {
                JsonNode sku = entries.get(i).path("sku");
                results.add(ProductResult.refused(sku.isTextual() ? sku.textValue() : null, Problem.of(problem)));
            }
        }
        updater.store(good, () -> along.accept(good));
        return results;
    }

    private Product read(JsonNode entry, String at, Optional<String> currency, Map<String, Integer> indexes) {
        if (!entry.isObject()) {
            throw new ProblemException(at, "must be an object");
        }
        Product product = Json.read(entry, ProductPayload.class, at).product(at, clock.instant());
        Integer index = indexes.get(product.sku());
        if (index != null) {
            throw new ProblemException(at + ".sku", "is already that of products[" + index + "]");
        }
        currency.filter(shops -> !shops.equals(product.currency())).ifPresent(shops -> {
            throw new ProblemException(
                    at + ".currency",
                    "is " + product.currency() + ", but the shop's currency is " + shops + "; a shop has only one");
        });
        return product;
    }
}
