package dev.vitrine.catalog;

import static dev.vitrine.catalog.Shop.mat;
import static dev.vitrine.catalog.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.UnavailableException;
import io.quarkus.runtime.StartupEvent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class ProductRepositoryTest {
    private static EmbeddedPostgres postgres;

    private final DataSource database = postgres.getPostgresDatabase();
    private final Catalog catalog = new Catalog();
    private final ProductRepository store = new ProductRepository(database, catalog);

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate product");
        }
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
        new ProductRepository(database, restarted).refresh();
        assertThat(restarted.products()).containsExactlyInAnyOrder(kit, mat("mat-red"));
    }

    @Test
    void aChangeCountsAtOnceAndReachesTheOtherInstance() {
        Catalog elsewhere = new Catalog();
        ProductRepository other = new ProductRepository(database, elsewhere);
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
        new ProductRepository(database, restarted).refresh();
        assertThat(catalog.products()).hasSize(50).containsExactlyInAnyOrderElementsOf(restarted.products());
    }

    @Test
    void withTheDatabaseDownNothingIsStoredAndNothingChangesInMemory() {
        AtomicBoolean down = new AtomicBoolean();
        DataSource failing = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (down.get()) {
                    throw new PSQLException("down", PSQLState.CONNECTION_UNABLE_TO_CONNECT);
                }
                return database.getConnection();
            }
        };
        ProductRepository store = new ProductRepository(failing, catalog);
        CatalogRefresh refresh = new CatalogRefresh(store, catalog, currency(Optional.empty()));
        refresh.load(new StartupEvent());
        store.store(List.of(mat("mat-red")));
        down.set(true);
        Product cheaper = product("mat-red", Kind.PRODUCT, "mat", "sport", 19, 0, List.of());
        assertThatThrownBy(() -> store.store(List.of(mat("mat-blue"), cheaper)))
                .isInstanceOf(UnavailableException.class);
        refresh.refresh();
        assertThat(catalog.products()).containsExactly(mat("mat-red"));
        down.set(false);
        new ProductRepository(database, new Catalog()).store(List.of(cheaper));
        refresh.refresh();
        assertThat(catalog.products()).containsExactly(cheaper);
    }

    @Test
    void aShopOfAnotherCurrencyThanItsSettingDoesNotOpen() {
        store.store(List.of(mat("mat-red")));
        CatalogRefresh dollars = new CatalogRefresh(store, catalog, currency(Optional.of("USD")));
        assertThatThrownBy(() -> dollars.load(new StartupEvent()))
                .hasMessageContaining("USD")
                .hasMessageContaining("'mat-red' is priced in EUR");
    }

    @Test
    void theSettingDecidesTheCurrencyElseTheFirstProduct() throws Exception {
        ProductIntake euros = intake(currency(Optional.of("EUR")));
        assertThat(euros.take(List.of(entry("a", "USD"))))
                .extracting(outcome -> outcome.problem().field())
                .containsExactly("products[0].currency");
        ProductIntake undecided = intake(currency(Optional.empty()));
        assertThat(undecided.take(List.of(entry("a", "USD"), entry("b", "EUR"), entry("c", "USD"))))
                .extracting(ProductResult::status)
                .containsExactly(
                        ProductResult.Status.STORED, ProductResult.Status.REFUSED, ProductResult.Status.STORED);
        assertThat(currency(Optional.empty()).code()).contains("USD");
    }

    @Test
    void aFullCatalogTakesChangesButNoMoreProducts() throws Exception {
        ProductIntake two = new ProductIntake(catalog, store, currency(Optional.empty()), Clock.systemUTC(), 2);
        assertThat(two.take(List.of(entry("a", "EUR"), entry("b", "EUR"), entry("c", "EUR"))))
                .extracting(ProductResult::status)
                .containsExactly(
                        ProductResult.Status.STORED, ProductResult.Status.STORED, ProductResult.Status.REFUSED);
        assertThat(two.take(List.of(entry("a", "EUR"))))
                .extracting(ProductResult::status)
                .containsExactly(ProductResult.Status.STORED);
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
