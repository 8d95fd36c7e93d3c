package dev.vitrine.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class KnownParametersTest {
    @ParameterizedTest
    @CsvSource({
        "/audit?foo=1, foo, 'known are limit, before, from, to, who, thing, action'",
        "/audit?whoo=y, whoo, did you mean 'who'?",
        "/rulebook/audit?whoo=y, whoo, did you mean 'who'?",
        "/campaigns?stat=running, stat, did you mean 'state'?",
        "/rulebook/editions?limt=5, limt, did you mean 'limit'?",
        "/rulebook?x, x, this call takes none",
        "/model?limit=3, limit, this call takes none",
        "/insights/shares?placment=home-page, placment, did you mean 'placement'?",
        "/insights/shares?by=day&by=hour, by, is given 2 times",
    })
    void anUnknownParameterIsRefusedWithTheNearestOne(String address, String field, String detail) {
        given().get(address)
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("field", is(field))
                .body("detail", containsString(detail));
    }

    @Test
    void alsoWhereACallHasABody() {
        given().contentType(ContentType.JSON)
                .body("{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}}")
                .post("/decisions?limit=3")
                .then()
                .statusCode(400)
                .body("field", is("limit"));
    }

    @Test
    void whoMayNotCallLearnsNoParameters() {
        given().header("Authorization", "Bearer " + TestDatabase.STOREFRONT_KEY)
                .get("/audit?foo=1")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit?limit=1&thing=key&from=2026-01-01T00:00:00Z",
                "/campaigns?limit=1",
                "/q/health/live?x=1",
                "/q/openapi?format=json",
                "/q/metrics?x=1"
            })
    void whatIsKnownOrOfQuarkusPasses(String address) {
        given().get(address).then().statusCode(200);
    }
}
