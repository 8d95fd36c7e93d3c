package dev.vitrine.rulebook.check;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.folder.TemporaryRules;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop with a handful of products shows combinations and does not repeat itself. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class SmallShopTest {
    @BeforeEach
    void fiveProducts() {
        given().contentType("application/json")
                .body("""
                        {"products": [%s, %s, %s, %s, %s]}"""
                        .formatted(
                                product("small-mat", "small/yoga/mats"),
                                product("small-mat-cork", "small/yoga/mats"),
                                product("small-kettle", "small/kitchen"),
                                product("small-cup", "small/kitchen"),
                                product("small-lamp", "small/light")))
                .post("/products")
                .then()
                .statusCode(200);
    }

    private static String product(String sku, String category) {
        return """
                {"sku": "%s", "kind": "product", "name": "%s", "category": "%s", "price": 20, "currency": "EUR", "stock": 9}"""
                .formatted(sku, sku, category);
    }

    private static List<String> shown(String visit, String page, int limit, String... skus) {
        StringBuilder candidates = new StringBuilder();
        for (int i = 0; i < skus.length; i++) {
            candidates
                    .append(i == 0 ? "" : ",")
                    .append("{\"sku\": \"%s\", \"score\": %s}".formatted(skus[i], 1 - 0.1 * i));
        }
        JsonPath answer = given().contentType("application/json")
                .body(
                        """
                        {"placement": "product-page", "limit": %d, "visit": {"id": "%s",
                          "page": {"type": "product", "sku": "%s"}}, "scores": "chance", "candidates": [%s]}"""
                                .formatted(limit, visit, page, candidates))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return answer.getList("items.sku");
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    @Test
    void alternativesToTheProductAreBoosted() {
        assertThat(shown(fresh(), "small-mat", 3, "small-kettle", "small-lamp", "small-mat-cork"))
                .startsWith("small-mat-cork");
    }

    @Test
    void aVisitSeesNothingTwiceWhileThereIsSomethingElse() {
        String visit = fresh();
        List<String> first = shown(visit, "small-lamp", 2, "small-kettle", "small-cup", "small-mat", "small-mat-cork");
        List<String> second = shown(visit, "small-lamp", 2, "small-kettle", "small-cup", "small-mat", "small-mat-cork");
        assertThat(first).containsExactly("small-kettle", "small-cup");
        assertThat(second).containsExactly("small-mat", "small-mat-cork");
        assertThat(shown(fresh(), "small-lamp", 2, "small-kettle", "small-cup", "small-mat", "small-mat-cork"))
                .as("another visit")
                .isEqualTo(first);
    }
}
