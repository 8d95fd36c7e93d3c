package dev.vitrine.candidates;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TrainingTest {
    /** Nobody's events but those of this test lie within 90 days of its newest one. */
    private static final Instant NEWEST = Instant.parse("2100-10-01T02:50:00Z");

    @Inject
    DataSource database;

    @Inject
    Catalog catalog;

    @Inject
    BuiltInModel model;

    @Inject
    Trainer trainer;

    @BeforeEach
    void stockTheShop() {
        catalog.put(List.of(
                Goods.product("training-mat", "training/mats"), Goods.product("training-roller", "training/rollers")));
    }

    @AfterEach
    void forget() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement delete = connection.createStatement()) {
            delete.execute("delete from event where id like 'training-%'");
        }
        trainer.trainNow();
    }

    @Test
    void theModelIsTrainedFromTheEventTableAndSwappedWhole() throws SQLException {
        event("1", "view", "v1", "training-mat", Duration.ofMinutes(3));
        event("2", "view", "v1", "training-roller", Duration.ofMinutes(2));
        event("3", "purchase", "v1", "training-roller", Duration.ofMinutes(1));
        event("4", "add-to-cart", "v1", "training-mat", Duration.ZERO);
        event("5", "view", "v2", "training-mat", Duration.ofDays(80));
        event("6", "view", "v3", "training-mat", Duration.ofDays(91));
        TrainedModel before = model.trained();

        TrainedModel trained = trainer.trainNow();

        assertThat(model.trained()).isSameAs(trained).isNotSameAs(before);
        assertThat(trained.clicks()).as("views of the last 90 days").isEqualTo(3);
        assertThat(trained.sessions()).isEqualTo(2);
        assertThat(trained.products()).isEqualTo(2);
        assertThat(trained.sellerRank("training-roller")).isEqualTo(1);
        assertThat(model.candidates(new CandidateRequest(List.of("training-mat"), "", List.of(), 5))
                        .get(0))
                .isEqualTo(new Scored("training-roller", 1, "vmis-knn"));
        given().get("/model")
                .then()
                .statusCode(200)
                .body("clicks", equalTo(3))
                .body("sessions", equalTo(2))
                .body("products", equalTo(2))
                .body("trainedAt", equalTo(trained.trainedAt().toString()))
                .body("training.running", equalTo(false))
                .body("problem", nullValue());
    }

    @Test
    void onlyTheMostRecentEventsAreReadWhereThereAreTooMany() throws SQLException {
        event("1", "view", "a", "training-mat", Duration.ofHours(3));
        event("2", "view", "b", "training-roller", Duration.ofHours(2));
        event("3", "view", "a", "training-roller", Duration.ofHours(1));
        AtomicLong expected = new AtomicLong();
        AtomicLong read = new AtomicLong();
        History history = new TrainingEvents(database).read(Duration.ofDays(90), 2, expected::set, read::set);
        assertThat(history.trained(NEWEST, sku -> null).clicks()).isEqualTo(2);
        assertThat(history.trained(NEWEST, sku -> null).products()).isEqualTo(1);
        assertThat(expected).hasValue(2);
        assertThat(read).hasValue(2);
    }

    @Test
    void aTrainingThatIsAskedForRunsAside() throws SQLException {
        event("1", "view", "v1", "training-mat", Duration.ZERO);
        Instant before = trainer.trainNow().trainedAt();
        event("2", "view", "v2", "training-mat", Duration.ZERO);

        given().post("/model/train").then().statusCode(202).body("training", notNullValue());

        until(() ->
                model.trained().trainedAt().isAfter(before) && model.trained().clicks() == 2);
    }

    @Test
    void theAgeOfTheModelIsAMetric() {
        trainer.trainNow();
        given().get("/q/metrics").then().statusCode(200).body(containsString("vitrine_model_age_seconds"));
    }

    private static void until(BooleanSupplier reached) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 seconds").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void event(String id, String type, String visit, String sku, Duration beforeNewest) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into event (id, type, visit, sku, at, quantity) values (?, ?, ?, ?, ?, 1)")) {
            insert.setString(1, "training-" + id);
            insert.setString(2, type);
            insert.setString(3, visit);
            insert.setString(4, sku);
            insert.setTimestamp(5, Timestamp.from(NEWEST.minus(beforeNewest)));
            insert.executeUpdate();
        }
    }
}
