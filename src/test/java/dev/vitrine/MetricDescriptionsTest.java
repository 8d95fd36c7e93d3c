package dev.vitrine;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class MetricDescriptionsTest {
    @Test
    void everyMetricOfVitrineSaysWhatItMeans() {
        given().contentType(ContentType.JSON)
                .body("{\"placement\": \"home-page\", \"visit\": {\"id\": \"described\"}}")
                .post("/decisions")
                .then()
                .statusCode(200);
        given().get("/products").then().statusCode(405);

        List<String> helps = given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("# HELP vitrine_"))
                .toList();

        assertThat(helps)
                .anyMatch(line -> line.startsWith("# HELP vitrine_decisions_seconds Time of decisions"))
                .anyMatch(line -> line.startsWith("# HELP vitrine_requests_refused Requests"))
                .allMatch(line -> line.strip().split(" ").length > 3);
    }
}
