package dev.vitrine.situations;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.CatalogUpdater;
import dev.vitrine.catalog.Product;
import dev.vitrine.demo.DemoProducts;
import dev.vitrine.search.ProductSearch;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shops to which nobody has come yet: one with thirty products, then one with all of the demo shop's. */
@QuarkusTest
@WithTestResource(ShippedRules.class)
class YoungShopsTest {
    private static final int FEW = 30;
    private static final List<String> CATEGORIES = List.of(
            "home/kitchen/coffee", "home/kitchen/kettles", "home/kitchen/mixers", "sport/yoga/rollers", "home/light");

    @Inject
    Catalog catalog;

    @Inject
    CatalogUpdater updater;

    @Inject
    ProductSearch search;

    @Inject
    Clock clock;

    @Test
    void evenTheFirstShopperSeesWhatBelongsTogether() {
        List<Product> all = DemoProducts.on(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        open(all.stream()
                .filter(product -> CATEGORIES.stream().anyMatch(product::within))
                .limit(FEW)
                .toList());
        Situations.mustHold("thirty-products", catalog, clock.instant());
        open(all);
        Situations.mustHold("first-day", catalog, clock.instant());
    }

    private void open(List<Product> products) {
        updater.store(products);
        search.refresh();
    }
}
