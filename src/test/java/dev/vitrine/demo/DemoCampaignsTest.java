package dev.vitrine.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The campaigns of the demo shop. */
@QuarkusTest
@WithTestResource(DemoCampaignsTest.OpenShop.class)
class DemoCampaignsTest {
    /** A database with the demo shop in it. */
    public static final class OpenShop implements QuarkusTestResourceLifecycleManager {
        private final TestDatabase database = new TestDatabase();

        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(database.start());
            settings.put("vitrine.demo", "true");
            return settings;
        }

        @Override
        public void stop() {
            database.stop();
        }
    }

    private static List<String> running() {
        return given().get("/campaigns?state=running")
                .then()
                .statusCode(200)
                .extract()
                .path("campaigns.id");
    }

    @Test
    void theClearanceRunsAndFreeShippingIsStartedAndEndedByHand() {
        assertThat(running()).containsExactly("clearance");
        given().get("/campaigns/free-shipping")
                .then()
                .statusCode(200)
                .body("state", is("planned"))
                .body("mode", is("promo"))
                .body("theme", is("spend-and-save"))
                .body("threshold", is(60.0f));
        given().post("/campaigns/free-shipping/activate").then().statusCode(200).body("state", is("running"));
        assertThat(running()).containsExactly("free-shipping", "clearance");
        given().post("/campaigns/free-shipping/end").then().statusCode(200).body("state", is("ended"));
        assertThat(running()).containsExactly("clearance");
    }

    @Test
    void theClearanceIsCheckedAgainstTheShippedRules() {
        given().get("/campaigns/clearance/check")
                .then()
                .statusCode(200)
                .body("edition", is(1))
                .body("covered.sellable", greaterThan(10))
                .body("problems.message", everyItem(notNullValue()))
                .body("problems.kind.findAll { it == 'cut-short' || it == 'rule-breaks' }", is(List.of()));
    }
}
