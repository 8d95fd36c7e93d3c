package dev.vitrine.catalog;

import static dev.vitrine.catalog.SampleProducts.mat;
import static dev.vitrine.catalog.SampleProducts.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Kind;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog catalog = new Catalog();

    @Test
    void aFamilyHasItsVariantsInOrderOfSku() {
        catalog.put(List.of(mat("mat-red"), mat("mat-blue")));
        assertThat(catalog.family("mat")).extracting(Product::sku).containsExactly("mat-blue", "mat-red");
        assertThat(catalog.family("towel")).isEmpty();
    }

    @Test
    void aProductIsInItsCategoryAndAllAboveIt() {
        catalog.put(List.of(mat("mat-red")));
        assertThat(catalog.within("sport/yoga/mats")).hasSize(1);
        assertThat(catalog.within("sport/yoga")).hasSize(1);
        assertThat(catalog.within("sport")).hasSize(1);
        assertThat(catalog.within("sport/yog")).isEmpty();
        assertThat(catalog.within("")).isEmpty();
        assertThat(catalog.within(null)).isEmpty();
    }

    @Test
    void aChangedProductLeavesTheListsOfItsOldFamilyAndCategory() {
        catalog.put(List.of(mat("mat-red"), mat("mat-blue")));
        catalog.put(List.of(product("mat-red", Kind.PRODUCT, "rug", "home/rugs", 9, 1, List.of())));
        assertThat(catalog.family("mat")).extracting(Product::sku).containsExactly("mat-blue");
        assertThat(catalog.within("sport")).extracting(Product::sku).containsExactly("mat-blue");
        assertThat(catalog.family("rug")).containsExactly(catalog.product("mat-red"));
        assertThat(catalog.within("home")).containsExactly(catalog.product("mat-red"));
    }

    @Test
    void theListsHoldTheLatestPrice() {
        catalog.put(List.of(mat("mat-red")));
        catalog.put(List.of(product("mat-red", Kind.PRODUCT, "mat", "sport/yoga/mats", 19, 5, List.of())));
        assertThat(catalog.within("sport/yoga")).extracting(Product::price).containsExactly(19.0);
        assertThat(catalog.family("mat")).extracting(Product::price).containsExactly(19.0);
    }

    @Test
    void aPriceLevelIsTheShareOfItsCategoryThatCostsLess() {
        catalog.put(List.of(priced("a", 10), priced("b", 20), priced("c", 20), priced("d", 40), mat("mat-red")));
        assertThat(catalog.priceLevel("home/rugs", 10)).isZero();
        assertThat(catalog.priceLevel("home/rugs", 20)).isEqualTo(0.5);
        assertThat(catalog.priceLevel("home/rugs", 40)).isEqualTo(1);
        assertThat(catalog.priceLevel("home/rugs", 15)).isEqualTo(0.333);
        assertThat(catalog.priceLevel("home/rugs", 5)).isZero();
        assertThat(catalog.priceLevel("home/rugs", 99)).isEqualTo(1);
        assertThat(catalog.priceLevel("home", 20)).isNull();
        assertThat(catalog.priceLevel("sport/yoga/mats", 20)).isNull();
        assertThat(catalog.priceLevel("unknown", 20)).isNull();
        assertThat(catalog.priceLevel("", 20)).isNull();
    }

    @Test
    void aPriceLevelFollowsTheCatalog() {
        catalog.put(List.of(priced("a", 10), priced("b", 20)));
        assertThat(catalog.priceLevel("home/rugs", 20)).isEqualTo(1);
        catalog.put(List.of(priced("a", 30)));
        assertThat(catalog.priceLevel("home/rugs", 20)).isZero();
        catalog.put(List.of(product("a", Kind.PRODUCT, "a", "home/mats", 30, 1, List.of()), priced("c", 10)));
        assertThat(catalog.priceLevel("home/rugs", 20)).isEqualTo(1);
        catalog.put(List.of(product("kit", Kind.BUNDLE, "kit", "home/rugs", 90, 1, List.of("b", "c"))));
        assertThat(catalog.priceLevel("home/rugs", 20)).isEqualTo(1);
    }

    private static Product priced(String sku, double price) {
        return product(sku, Kind.PRODUCT, sku, "home/rugs", price, 1, List.of());
    }

    @Test
    void theLaterOfTwoProductsWithOneSkuCounts() {
        Product later = product("mat-red", Kind.PRODUCT, "rug", "home", 19, 0, List.of());
        catalog.put(List.of(mat("mat-red"), later));
        assertThat(catalog.product("mat-red")).isEqualTo(later);
        assertThat(catalog.family("mat")).isEmpty();
        assertThat(catalog.sellable()).isZero();
    }

    @Test
    void sellableCountsProductsAndBundlesInStock() {
        catalog.put(List.of(
                mat("mat-red"),
                product("kit", Kind.BUNDLE, "kit", "sport", 50, 1, List.of("mat-red", "mat-red")),
                product("guide", Kind.ARTICLE, "guide", "sport", 0, 1, List.of()),
                product("gone", Kind.PRODUCT, "gone", "sport", 9, 0, List.of())));
        assertThat(catalog.sellable()).isEqualTo(2);
        catalog.put(List.of(product("mat-red", Kind.PRODUCT, "mat", "sport", 30, 0, List.of())));
        assertThat(catalog.sellable()).isEqualTo(1);
        catalog.put(List.of(product("gone", Kind.PRODUCT, "gone", "sport", 9, 3, List.of())));
        assertThat(catalog.sellable()).isEqualTo(2);
    }

    @Test
    void aBundleIsFoundByAPartsSkuAndByThePartsFamily() {
        Product kit = product("kit", Kind.BUNDLE, "kit", "sport", 50, 1, List.of("mat-red", "roller"));
        catalog.put(List.of(kit));
        assertThat(catalog.bundlesWith("mat-red")).containsExactly(kit);
        assertThat(catalog.bundlesWith("mat")).as("before the part is known").isEmpty();
        catalog.put(List.of(mat("mat-red"), mat("mat-blue")));
        assertThat(catalog.bundlesWith("mat")).containsExactly(kit);
        assertThat(catalog.bundlesWith("mat-blue")).isEmpty();
    }

    @Test
    void readersSeeWholeListsWhileProductsChange() throws Exception {
        int threads = 4;
        int skus = 200;
        ExecutorService writers = Executors.newFixedThreadPool(threads);
        CountDownLatch ready = new CountDownLatch(threads);
        catalog.put(IntStream.range(0, skus).mapToObj(i -> mat("m" + i)).toList());
        List<Future<?>> work = IntStream.range(0, threads)
                .<Future<?>>mapToObj(thread -> writers.submit(() -> {
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < skus; i++) {
                        catalog.put(
                                List.of(product("m" + i, Kind.PRODUCT, "mat", "sport/new", thread + 1, 1, List.of())));
                        List<Product> seen = catalog.within("sport");
                        assertThat(seen).hasSize(skus).doesNotContainNull();
                    }
                    return null;
                }))
                .toList();
        for (Future<?> done : work) {
            done.get();
        }
        writers.shutdown();
        assertThat(catalog.within("sport/yoga")).isEmpty();
        assertThat(catalog.within("sport/new")).hasSize(skus).allSatisfy(product -> assertThat(product)
                .isSameAs(catalog.product(product.sku())));
        assertThat(catalog.sellable()).isEqualTo(skus);
    }
}
