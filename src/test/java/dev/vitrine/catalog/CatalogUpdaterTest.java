package dev.vitrine.catalog;

import static dev.vitrine.catalog.SampleProducts.mat;
import static dev.vitrine.catalog.SampleProducts.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products in the database and in memory; each {@link ShopInstance} is a service of its own on the same database. */
@QuarkusTest
@WithTestResource(QuietService.class)
class CatalogUpdaterTest {
    @Inject
    Sql sql;

    @Inject
    ProductRepository repository;

    @Inject
    DataSource database;

    private ShopInstance shop;

    /** What one instance of the service has of its own. */
    private final class ShopInstance {
        private final Catalog catalog = new Catalog();
        private final DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        private final ShopConfig config;
        private final CatalogUpdater updater;
        private final CatalogRefresh refresh;

        ShopInstance(Map<String, String> settings) {
            config = ShopSettings.of(settings);
            updater = new CatalogUpdater(repository, new Transactions(state), catalog, config);
            refresh = new CatalogRefresh(updater, catalog);
        }

        ProductIntake intake(int productsMax) {
            ShopCurrency currency = new ShopCurrency(config, catalog);
            return new ProductIntake(catalog, updater, currency, Clock.systemUTC(), () -> productsMax);
        }

        void losesTheDatabase() {
            state.failed(new SQLException("gone", "08006"));
        }
    }

    @BeforeEach
    void empty() {
        sql.run("truncate product");
        shop = new ShopInstance(Map.of());
    }

    private ShopInstance started() {
        return started(Map.of());
    }

    private ShopInstance started(Map<String, String> settings) {
        ShopInstance instance = new ShopInstance(settings);
        instance.refresh.load(new StartupEvent());
        return instance;
    }

    @Test
    void storedProductsAreReadBackUnchanged() {
        Product kit = new Product(
                "'; drop table product; --",
                Kind.BUNDLE,
                "kit",
                "Kit \\ \"ä\" 瑜伽 \uD83E\uDDD8",
                "sport/yoga",
                "Asana",
                59.99,
                70,
                null,
                "EUR",
                3,
                Set.of("core", "bundle"),
                List.of("mat-red", "roller"),
                Map.of("size", "L"),
                Instant.parse("2026-02-01T08:00:00.123456Z"),
                null,
                0,
                null);
        shop.updater.store(List.of(kit, mat("mat-red")));
        assertThat(started().catalog.products()).containsExactlyInAnyOrder(kit, mat("mat-red"));
    }

    @Test
    void aChangeCountsAtOnceAndReachesTheOtherInstance() {
        ShopInstance other = new ShopInstance(Map.of());
        shop.updater.store(List.of(mat("mat-red"), mat("mat-blue")));
        other.updater.refresh();
        shop.updater.store(List.of(product("mat-red", Kind.PRODUCT, "mat", "sport", 19, 0, List.of())));
        assertThat(shop.catalog.product("mat-red").price()).isEqualTo(19);
        assertThat(other.catalog.product("mat-red").price()).isEqualTo(30);
        other.updater.refresh();
        assertThat(other.catalog.product("mat-red").price()).isEqualTo(19);
        assertThat(other.catalog.product("mat-blue").price()).isEqualTo(30);
    }

    @Test
    void batchesAtOnceLeaveMemoryAsTheDatabaseIs() {
        List<Product> some = IntStream.range(0, 50).mapToObj(i -> mat("m" + i)).toList();
        IntStream.range(0, 40).parallel().forEach(price -> {
            List<Integer> order = IntStream.range(0, 50)
                    .mapToObj(i -> price % 2 == 0 ? i : 49 - i)
                    .toList();
            shop.updater.store(order.stream()
                    .map(i -> product(some.get(i).sku(), Kind.PRODUCT, "mat", "sport", price + 1, 1, List.of()))
                    .toList());
            shop.updater.refresh();
        });
        assertThat(shop.catalog.products())
                .hasSize(50)
                .containsExactlyInAnyOrderElementsOf(started().catalog.products());
    }

    @Test
    void aProductThatIsCommittedLongAfterItWasWrittenIsSeen() throws Exception {
        shop.updater.store(List.of(mat("a")));
        sql.run("update product set updated_at = now() - interval '20 minutes'");
        try (Connection late = database.getConnection();
                Statement write = late.createStatement()) {
            late.setAutoCommit(false);
            write.execute("update product set stock = 0, updated_at = now() - interval '10 minutes' where sku = 'a'");
            ShopInstance other = started();
            for (int i = 0; i < 3; i++) {
                other.refresh.refresh();
            }
            assertThat(other.catalog.product("a").stock()).isPositive();
            late.commit();
            other.refresh.refresh();
            assertThat(other.catalog.product("a").stock()).isZero();
        }
    }

    @Test
    void aProductThatCannotBeReadCostsNoOther() {
        shop.updater.store(List.of(mat("a"), mat("b"), mat("c"), mat("d"), mat("e")));
        sql.run("update product set tags = '{\"colour\": 1}' where sku = 'b'");
        sql.run("update product set kind = 'of-tomorrow' where sku = 'd'");
        ShopInstance later = started();
        assertThat(later.catalog.products()).containsExactlyInAnyOrder(mat("a"), mat("c"), mat("e"));

        sql.run("update product set parts = '7', updated_at = clock_timestamp() where sku = 'a'");
        sql.run("update product set stock = 0, updated_at = clock_timestamp() where sku = 'c'");
        later.refresh.refresh();
        assertThat(later.catalog.product("c").stock()).isZero();
        assertThat(later.catalog.product("a")).as("as it was").isEqualTo(mat("a"));

        sql.run("update product set tags = '[\"core\"]', updated_at = clock_timestamp() where sku = 'b'");
        later.refresh.refresh();
        assertThat(later.catalog.product("b")).isEqualTo(mat("b"));
    }

    @Test
    void withTheDatabaseDownNothingIsStoredAndNothingChangesInMemory() {
        ShopInstance shop = started();
        shop.updater.store(List.of(mat("mat-red")));
        shop.losesTheDatabase();
        Product cheaper = product("mat-red", Kind.PRODUCT, "mat", "sport", 19, 0, List.of());
        assertThatThrownBy(() -> shop.updater.store(List.of(mat("mat-blue"), cheaper)))
                .isInstanceOf(UnavailableException.class);
        shop.refresh.refresh();
        assertThat(shop.catalog.products()).containsExactly(mat("mat-red"));
        shop.state.probe();
        started().updater.store(List.of(cheaper));
        shop.refresh.refresh();
        assertThat(shop.catalog.products()).containsExactly(cheaper);
    }

    @Test
    void aStartWithoutADatabaseReadsTheCatalogWhenItComes() {
        shop.updater.store(List.of(mat("mat-red")));
        ShopInstance late = new ShopInstance(Map.of());
        late.losesTheDatabase();
        late.refresh.load(new StartupEvent());
        late.refresh.refresh();
        assertThat(late.catalog.products()).isEmpty();
        assertThat(late.updater.loaded()).isFalse();
        ProductResource products = new ProductResource(late.catalog, late.updater, late.intake(1000), null, null);
        assertThatThrownBy(() -> late.intake(1000).take(List.of(entry("a", "EUR"))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> products.product("mat-red"))
                .as("nobody knows yet whether there is one")
                .isInstanceOf(UnavailableException.class);
        late.state.probe();
        late.refresh.refresh();
        assertThat(late.catalog.products()).containsExactly(mat("mat-red"));
        assertThat(late.updater.loaded()).isTrue();
        assertThat(products.product("mat-red").sku()).isEqualTo("mat-red");
    }

    @Test
    void theFirstBatchAfterALateStartIsHeldToTheStoredCurrency() throws Exception {
        shop.updater.store(List.of(mat("mat-red")));
        ShopInstance late = new ShopInstance(Map.of());
        late.losesTheDatabase();
        late.refresh.load(new StartupEvent());
        late.state.probe();
        assertThat(late.intake(1000).take(List.of(entry("a", "USD"))))
                .extracting(result -> result.problem().field())
                .containsExactly("products[0].currency");
        assertThat(late.intake(1).take(List.of(entry("a", "EUR"))))
                .extracting(result -> result.problem().field())
                .containsExactly("products[0].sku");
    }

    @Test
    void aShopOfAnotherCurrencyThanItsSettingDoesNotOpen() {
        shop.updater.store(List.of(mat("mat-red")));
        assertThatThrownBy(() -> started(Map.of("vitrine.currency", "USD")))
                .hasMessageContaining("USD")
                .hasMessageContaining("'mat-red' is priced in EUR");
    }

    @Test
    void productsOfAnotherCurrencyFoundAfterTheStartStayOutOfTheCatalog() {
        shop.updater.store(List.of(mat("mat-red")));
        ShopInstance late = new ShopInstance(Map.of("vitrine.currency", "USD"));
        late.losesTheDatabase();
        late.refresh.load(new StartupEvent());
        late.state.probe();
        late.refresh.refresh();
        assertThat(late.catalog.products()).isEmpty();
        assertThat(late.updater.loaded()).isFalse();
    }

    @Test
    void theSettingDecidesTheCurrencyElseTheFirstProduct() throws Exception {
        assertThat(started(Map.of("vitrine.currency", "EUR")).intake(1000).take(List.of(entry("a", "USD"))))
                .extracting(result -> result.problem().field())
                .containsExactly("products[0].currency");
        ShopInstance undecided = started();
        assertThat(undecided.intake(1000).take(List.of(entry("a", "USD"), entry("b", "EUR"), entry("c", "USD"))))
                .extracting(ProductResult::status)
                .containsExactly(
                        ProductResult.Status.STORED, ProductResult.Status.REFUSED, ProductResult.Status.STORED);
        assertThat(new ShopCurrency(undecided.config, undecided.catalog).code()).contains("USD");
    }

    @Test
    void aFullCatalogTakesChangesButNoMoreProducts() throws Exception {
        ProductIntake two = shop.intake(2);
        assertThat(two.take(List.of(entry("a", "EUR"), entry("b", "EUR"), entry("c", "EUR"))))
                .extracting(ProductResult::status)
                .containsExactly(
                        ProductResult.Status.STORED, ProductResult.Status.STORED, ProductResult.Status.REFUSED);
        assertThat(two.take(List.of(entry("a", "EUR"))))
                .extracting(ProductResult::status)
                .containsExactly(ProductResult.Status.STORED);
    }

    private static JsonNode entry(String sku, String currency) throws IOException {
        return Json.MAPPER.readTree(
                """
                {"sku": "%s", "name": "A mat", "category": "sport", "price": 9.5, "currency": "%s", "stock": 1}"""
                        .formatted(sku, currency));
    }
}
