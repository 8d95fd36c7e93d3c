package dev.vitrine.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProductResourceTest {
    private static final String PROBLEM = "application/problem+json";

    @Inject
    Catalog catalog;

    @Test
    void aProductIsStoredAndReadBackWithItsMargin() {
        post("""
                        {"products": [{"sku": "mat-6-green", "family": "mat-6", "name": "Yoga mat, 6 mm",
                          "category": "sport/yoga/mats", "brand": "Asana", "price": 30, "listPrice": 40, "cost": 12,
                          "currency": "EUR", "stock": 112, "tags": ["eco", "core"], "attributes": {"thickness": "6 mm",
                          "weight": 1.20, "rollable": true}, "rating": 4.5, "reviews": 12, "returnRate": 0.03,
                          "launchedAt": "2026-02-01T08:00:00+01:00"}]}""")
                .statusCode(200)
                .contentType("application/json")
                .body("results.sku", contains("mat-6-green"))
                .body("results.status", contains("stored"))
                .body("results[0].problem", nullValue());
        get("mat-6-green")
                .statusCode(200)
                .contentType("application/json")
                .body("kind", is("product"))
                .body("family", is("mat-6"))
                .body("category", is("sport/yoga/mats"))
                .body("price", is(30.0f))
                .body("listPrice", is(40.0f))
                .body("margin", is(0.6f))
                .body("currency", is("EUR"))
                .body("stock", is(112))
                .body("tags", contains("core", "eco"))
                .body("attributes.thickness", is("6 mm"))
                .body("attributes.weight", is("1.2"))
                .body("attributes.rollable", is("true"))
                .body("rating", is(4.5f))
                .body("reviews", is(12))
                .body("returnRate", is(0.03f))
                .body("launchedAt", is("2026-02-01T07:00:00Z"));
    }

    @Test
    void aChangeOfPriceStockAndTagCountsAtOnce() {
        store(product("changing", "\"price\": 9, \"stock\": 3, \"tags\": [\"core\"]"));
        store(product("changing", "\"price\": 7, \"stock\": 0"));
        Product changed = catalog.product("changing");
        assertThat(changed.price()).isEqualTo(7);
        assertThat(changed.stock()).isZero();
        assertThat(changed.tags()).isEmpty();
    }

    @Test
    void bundlesArticlesLossesAndFutureLaunchesAreStored() {
        store(product("kit", "\"kind\": \"bundle\", \"parts\": [\"mat\", \"roller\"]"));
        store(product("guide", "\"kind\": \"article\", \"price\": 0"));
        store(product("loss", "\"price\": 5, \"cost\": 8"));
        get("loss").body("margin", is(-0.6f));
        store(product(
                "soon",
                "\"launchedAt\": \"" + OffsetDateTime.now(ZoneOffset.UTC).plusDays(360) + "\""));
        store(product("umlaut", "\"category\": \"möbel/küche-2/瑜伽\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table product; --", "a/b?c#d;e=f%20g+h", "..a", "ä 瑜伽 \uD83E\uDDD8", "{\"\\\"}"})
    void aSkuOfAnyPrintableCharactersIsStoredUnchanged(String sku) {
        store(product(sku.replace("\\", "\\\\").replace("\"", "\\\""), "\"price\": 3"));
        String encoded = URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
        given().urlEncodingEnabled(false)
                .get("/products/" + encoded)
                .then()
                .statusCode(200)
                .body("sku", equalTo(sku));
    }

    @Test
    void anUnknownSkuIsNotFound() {
        get("nothing-like-it")
                .statusCode(404)
                .contentType(PROBLEM)
                .body("field", is("sku"))
                .body("detail", is("No product has the sku 'nothing-like-it'"));
    }

    @Test
    void aBadProductIsRefusedAndTheOthersAreStored() {
        post(batch(
                        product("good-1", "\"price\": 1"),
                        product("bad", "\"price\": -1"),
                        product("good-2", "\"price\": 2")))
                .statusCode(200)
                .contentType("application/json")
                .body("results.status", contains("stored", "refused", "stored"))
                .body("results[1].sku", is("bad"))
                .body("results[1].problem.field", is("products[1].price"))
                .body("results[1].problem.detail", is("is -1.0; must be from 0 to 1000000000"));
        get("good-2").statusCode(200);
        get("bad").statusCode(404);
    }

    static Stream<Arguments> refusedProducts() {
        return Stream.of(
                refused("an unknown field", "\"prize\": 3", "prize", "did you mean 'price'?"),
                refused("text for a number", "\"price\": \"9.5\"", "price", "must be a number"),
                refused("a number for text", "\"name\": 7", "name", "is not text"),
                refused("an object for text", "\"name\": {}", "name", "must be text"),
                refused("text for a list", "\"tags\": \"core\"", "tags", "must be a list"),
                refused("a fraction for a whole number", "\"stock\": 1.5", "stock", "whole number"),
                refused("a stock past the whole numbers", "\"stock\": 99999999999", "stock", "whole number"),
                refused("NaN as text", "\"price\": \"NaN\"", "price", "must be"),
                refused("1e400", "\"price\": 1e400", "price", "must be from 0 to 1000000000"),
                refused("a negative price", "\"price\": -0.01", "price", "must be from 0 to 1000000000"),
                refused("a price past the limit", "\"price\": 1000000001", "price", "must be from 0 to 1000000000"),
                refused("a product for nothing", "\"price\": 0", "price", "only an article"),
                refused("a missing price", "\"price\": null", "price", "is required"),
                refused("a list price below the price", "\"listPrice\": 3", "listPrice", "below the price"),
                refused("a negative cost", "\"cost\": -1", "cost", "must be from 0"),
                refused("a negative stock", "\"stock\": -1", "stock", "must be from 0"),
                refused("an empty sku", "\"sku\": \"\"", "sku", "must not be blank"),
                refused("a long sku", "\"sku\": \"" + "x".repeat(129) + "\"", "sku", "at most 128"),
                refused("a control character in the sku", "\"sku\": \"a\\u0000b\"", "sku", "U+0000"),
                refused("a lone surrogate in the sku", "\"sku\": \"a\\ud800b\"", "sku", "U+D800"),
                refused("a lone surrogate in a tag", "\"tags\": [\"\\udc00\"]", "tags[0]", "U+DC00"),
                refused("a field of control characters", "\"\\u0007\": 1", "\u0007", "is not a known field"),
                refused("an unknown currency", "\"currency\": \"EURO\"", "currency", "ISO 4217"),
                refused("another currency", "\"currency\": \"JPY\"", "currency", "the shop's currency is EUR"),
                refused("upper case in the category", "\"category\": \"Sport\"", "category", "'Sport'"),
                refused("an empty segment", "\"category\": \"sport//mats\"", "category", "''"),
                refused("seven segments", "\"category\": \"a/b/c/d/e/f/g\"", "category", "at most 6"),
                refused("a long category", "\"category\": \"" + "x".repeat(201) + "\"", "category", "at most 200"),
                refused("an unknown kind", "\"kind\": \"service\"", "kind", "one of product, article, bundle"),
                refused("a kind by number", "\"kind\": 0", "kind", "one of product, article, bundle"),
                refused("a bundle without parts", "\"kind\": \"bundle\"", "parts", "1 to 20"),
                refused("parts without a bundle", "\"parts\": [\"x\"]", "parts", "only a bundle"),
                refused("a null tag", "\"tags\": [null]", "tags[0]", "is required"),
                refused("51 tags", "\"tags\": [" + repeated("\"t\"", 51) + "]", "tags", "at most 50"),
                refused("a long tag", "\"tags\": [\"" + "t".repeat(65) + "\"]", "tags[0]", "at most 64"),
                refused(
                        "a launch in the far future",
                        "\"launchedAt\": \"2999-01-01T00:00:00Z\"",
                        "launchedAt",
                        "365 days"),
                refused(
                        "a launch past all calendars",
                        "\"launchedAt\": \"+999999999-01-01T00:00:00Z\"",
                        "launchedAt",
                        "365"),
                refused(
                        "a launch without offset",
                        "\"launchedAt\": \"2026-01-01T00:00:00\"",
                        "launchedAt",
                        "with offset"),
                refused("a launch as a number", "\"launchedAt\": 1767225600", "launchedAt", "with offset"));
    }

    private static Arguments refused(String what, String fields, String field, String detail) {
        return Arguments.of(what, fields, field, detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedProducts")
    void aWrongFieldIsNamedAndItsProductRefused(String what, String fields, String field, String detail) {
        store(product("euro", "\"price\": 1"));
        post(batch(product("fine", "\"price\": 1"), product("refused", fields)))
                .statusCode(200)
                .contentType("application/json")
                .body("results.status", contains("stored", "refused"))
                .body("results[1].problem.status", is(400))
                .body("results[1].problem.field", is("products[1]." + field))
                .body("results[1].problem.detail", containsString(detail));
        get("refused").statusCode(404);
    }

    @Test
    void anElementThatIsNotAnObjectIsRefused() {
        post("{\"products\": [null, 3, \"mat\", []]}")
                .statusCode(200)
                .body("results.status", contains("refused", "refused", "refused", "refused"))
                .body("results[0].problem.field", is("products[0]"))
                .body("results[3].problem.detail", is("must be an object"));
    }

    @Test
    void theSecondProductWithOneSkuInABatchIsRefused() {
        post(batch(product("twice", "\"price\": 1"), product("twice", "\"price\": 2")))
                .statusCode(200)
                .body("results.status", contains("stored", "refused"))
                .body("results[1].problem.field", is("products[1].sku"));
        get("twice").body("price", is(1.0f));
    }

    static Stream<Arguments> refusedBodies() {
        String thousandAndOne = IntStream.range(0, 1001)
                .mapToObj(i -> product("p" + i, "\"price\": 1"))
                .collect(Collectors.joining(",", "{\"products\": [", "]}"));
        return Stream.of(
                Arguments.of("nothing", "", "products"),
                Arguments.of("null", "null", "products"),
                Arguments.of("malformed JSON", "{\"products\": [{\"sku\": \"a\",]}", "products[0].sku"),
                Arguments.of("a truncated body", "{\"products\": [{\"sku\": \"a\"", "products[0].sku"),
                Arguments.of("trailing text", batch(product("a", "\"price\": 1")) + " x", null),
                Arguments.of("a list", "[]", null),
                Arguments.of("text", "\"products\"", null),
                Arguments.of("no products", "{}", "products"),
                Arguments.of("an unknown field", "{\"product\": []}", "product"),
                Arguments.of("products that are no list", "{\"products\": {}}", "products"),
                Arguments.of("an empty list", "{\"products\": []}", "products"),
                Arguments.of("1001 products", thousandAndOne, "products"),
                Arguments.of("a bare NaN", batch(product("a", "\"price\": NaN")), "products[0].price"),
                Arguments.of(
                        "duplicate keys",
                        batch(product("a", "\"stock\": 2")).replace("\"name\"", "\"stock\": 3, \"name\""),
                        "products[0].stock"),
                Arguments.of(
                        "a number of 100 digits", batch(product("a", "\"price\": " + "9".repeat(100))), "products[0]"),
                Arguments.of(
                        "deep nesting", "{\"products\": [" + "[".repeat(5000) + "]".repeat(5000) + "]}", "products[0]"),
                Arguments.of("a lone surrogate as a field", batch(product("a", "\"\\ud800\": 1")), "products[0]"),
                Arguments.of("control characters", "\u0000\u0001", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedBodies")
    void aBodyThatIsNotABatchIsRefusedWhole(String what, String body, String field) {
        post(body).statusCode(400).contentType(PROBLEM).body("status", is(400)).body("field", is(field));
    }

    @Test
    void theOpenApiDocumentHasTheLimitsAndTheNamesOfConstants() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("components.schemas.ProductBatch.properties.products.maxItems", is(1000))
                .body("components.schemas.Kind.enum", contains("product", "article", "bundle"));
    }

    @Test
    void invalidUtf8IsRefused() {
        given().contentType("application/json")
                .body(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'})
                .post("/products")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json; charset=UTF-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/products")
                .then();
    }

    private static ValidatableResponse get(String sku) {
        return given().get("/products/{sku}", sku).then();
    }

    private static void store(String product) {
        post(batch(product)).statusCode(200).body("results.status", contains("stored"));
    }

    private static String batch(String... products) {
        return "{\"products\": [" + String.join(", ", products) + "]}";
    }

    /** A valid product with these fields in place of its own. */
    private static String product(String sku, String fields) {
        StringBuilder product = new StringBuilder("{" + fields);
        String[][] rest = {
            {"sku", "\"" + sku + "\""},
            {"name", "\"A mat\""},
            {"category", "\"sport/yoga\""},
            {"price", "9.5"},
            {"currency", "\"EUR\""},
            {"stock", "4"}
        };
        for (String[] field : rest) {
            if (!fields.contains("\"" + field[0] + "\":")) {
                product.append(", \"").append(field[0]).append("\": ").append(field[1]);
            }
        }
        return product.append('}').toString();
    }

    private static String repeated(String element, int times) {
        return String.join(", ", Collections.nCopies(times, element));
    }
}
