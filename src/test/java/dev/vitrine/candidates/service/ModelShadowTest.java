package dev.vitrine.candidates.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.Await;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A model service in shadow: nobody waits for it or sees what it says. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(value = ExampleModelServer.class, initArgs = @ResourceArg(name = "use", value = "shadow"))
class ModelShadowTest {
    @Inject
    Sql sql;

    private static JsonPath decide(String visit) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("placement", "home-page", "visit", Map.of("id", visit)))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private int compared(String visit, String served) {
        return (int) sql.number("select count(*) from model_comparison where visit = '" + visit + "' and served = '"
                + served + "' and service = '[\"towel\", \"bag\"]'::jsonb and built_in @> '\"lamp\"'::jsonb");
    }

    @Test
    void theBuiltInModelDecidesAndBothAreKept() {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "products",
                        Stream.of("towel", "bag", "lamp")
                                .map(sku -> Map.of(
                                        "sku",
                                        sku,
                                        "name",
                                        sku,
                                        "category",
                                        "c",
                                        "price",
                                        20,
                                        "currency",
                                        "EUR",
                                        "stock",
                                        9))
                                .toList()))
                .post("/products")
                .then()
                .statusCode(200);
        long begun = System.nanoTime();
        JsonPath hanging = decide("hang-1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        assertThat(hanging.getMap("degraded")).isNull();
        assertThat(decide("well-1").getList("items.sku")).isEqualTo(hanging.<List<String>>get("items.sku"));
        Await.until(() -> compared("well-1", "built-in") == 1);
        assertThat(compared("hang-1", "built-in")).isZero();
    }
}
