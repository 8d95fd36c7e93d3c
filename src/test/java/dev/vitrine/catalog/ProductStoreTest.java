package dev.vitrine.catalog;

import static dev.vitrine.catalog.Shop.mat;
import static dev.vitrine.catalog.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Unavailable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProductStoreTest {
    private EmbeddedPostgres postgres;
    private DataSource database;
    private final Catalog catalog = new Catalog();
    private ProductStore store;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        database = postgres.getPostgresDatabase();
        Flyway.configure().dataSource(database).load().migrate();
        store = new ProductStore(database, catalog);
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void whatIsStoredIsReadBackAsItWas() {
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
                Instant.parse("2026-02-01T08:00:00.123456Z"));
        store.store(List.of(kit, mat("mat-red")));
        Catalog restarted = new Catalog();
        new ProductStore(database, restarted).refresh();
        assertThat(restarted.products()).containsExactlyInAnyOrder(kit, mat("mat-red"));
    }

    @Test
    void aChangeCountsAtOnceAndReachesTheOtherInstance() {
        Catalog elsewhere = new Catalog();
        ProductStore other = new ProductStore(database, elsewhere);
        store.store(List.of(mat("mat-red"), mat("mat-blue")));
        other.refresh();
        store.store(List.of(product("mat-red", Kind.PRODUCT, "mat", "sport", 19, 0, List.of())));
        assertThat(catalog.product("mat-red").price()).isEqualTo(19);
        assertThat(elsewhere.product("mat-red").price()).isEqualTo(30);
        other.refresh();
        assertThat(elsewhere.product("mat-red").price()).isEqualTo(19);
        assertThat(elsewhere.product("mat-blue").price()).isEqualTo(30);
    }

    @Test
    void batchesAtOnceLeaveMemoryAsTheDatabaseIs() {
        List<Product> some = IntStream.range(0, 50).mapToObj(i -> mat("m" + i)).toList();
        IntStream.range(0, 40).parallel().forEach(price -> {
            List<Integer> order = IntStream.range(0, 50)
                    .mapToObj(i -> price % 2 == 0 ? i : 49 - i)
                    .toList();
            store.store(order.stream()
                    .map(i -> product(some.get(i).sku(), Kind.PRODUCT, "mat", "sport", price + 1, 1, List.of()))
                    .toList());
            store.refresh();
        });
        Catalog restarted = new Catalog();
        new ProductStore(database, restarted).refresh();
        assertThat(catalog.products()).hasSize(50).containsExactlyInAnyOrderElementsOf(restarted.products());
    }

    @Test
    void withTheDatabaseDownNothingIsStoredAndNothingChangesInMemory() throws Exception {
        store.store(List.of(mat("mat-red")));
        postgres.close();
        assertThatThrownBy(() -> store.store(
                        List.of(mat("mat-blue"), product("mat-red", Kind.PRODUCT, "mat", "sport", 19, 0, List.of()))))
                .isInstanceOf(Unavailable.class);
        assertThat(catalog.products()).containsExactly(mat("mat-red"));
        assertThatThrownBy(store::refresh).isInstanceOf(Unavailable.class);
        new CatalogRefresh(store, catalog, currency(Optional.empty())).refresh();
    }

    @Test
    void theSettingDecidesTheCurrencyElseTheFirstProduct() throws Exception {
        ProductIntake euros = intake(currency(Optional.of("EUR")));
        assertThat(euros.take(List.of(entry("a", "USD"))))
                .extracting(outcome -> outcome.problem().field())
                .containsExactly("products[0].currency");
        ProductIntake undecided = intake(currency(Optional.empty()));
        assertThat(undecided.take(List.of(entry("a", "USD"), entry("b", "EUR"), entry("c", "USD"))))
                .extracting(Outcome::status)
                .containsExactly(Outcome.Status.STORED, Outcome.Status.REFUSED, Outcome.Status.STORED);
        assertThat(currency(Optional.empty()).code()).contains("USD");
    }

    @Test
    void aFullCatalogTakesChangesButNoMoreProducts() throws Exception {
        ProductIntake two = new ProductIntake(catalog, store, currency(Optional.empty()), Clock.systemUTC(), 2);
        assertThat(two.take(List.of(entry("a", "EUR"), entry("b", "EUR"), entry("c", "EUR"))))
                .extracting(Outcome::status)
                .containsExactly(Outcome.Status.STORED, Outcome.Status.STORED, Outcome.Status.REFUSED);
        assertThat(two.take(List.of(entry("a", "EUR"))))
                .extracting(Outcome::status)
                .containsExactly(Outcome.Status.STORED);
    }

    private ProductIntake intake(ShopCurrency currency) {
        return new ProductIntake(catalog, store, currency, Clock.systemUTC(), 1000);
    }

    private ShopCurrency currency(Optional<String> setting) {
        return new ShopCurrency(setting, catalog);
    }

    private static JsonNode entry(String sku, String currency) throws IOException {
        return Json.MAPPER.readTree(
                """
                {"sku": "%s", "name": "A mat", "category": "sport", "price": 9.5, "currency": "%s", "stock": 1}"""
                        .formatted(sku, currency));
    }
}
