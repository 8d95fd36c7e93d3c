package dev.vitrine.candidates;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.search.ProductSearch;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TrainingTest {
    /** Nobody's events but those of this test lie within 90 days of its newest one. */
    private static final Instant NEWEST = Instant.parse("2100-10-01T02:50:00Z");

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    @Inject
    StatelessSession session;

    @Inject
    TrainingEventRepository events;

    @Inject
    CandidatesConfig config;

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
    void forget() {
        sql.run("delete from event where id like 'training-%'");
        trainer.trainNow();
    }

    @Test
    void theModelIsTrainedFromTheEventTableAndReplacedAsAWhole() {
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
        assertThat(model.candidates(Requests.of(List.of("training-mat"), "", List.of(), 5))
                        .get(0)
                        .origin())
                .isEqualTo("vmis-knn");
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
    void onlyTheMostRecentEventsAreReadWhereThereAreTooMany() {
        event("1", "view", "a", "training-mat", Duration.ofHours(3));
        event("2", "view", "b", "training-roller", Duration.ofHours(2));
        event("3", "view", "a", "training-roller", Duration.ofHours(1));
        AtomicLong expected = new AtomicLong();
        AtomicLong read = new AtomicLong();
        History history = events.read(Duration.ofDays(90), 2, expected::set, read::set);
        assertThat(history.trained(NEWEST, sku -> null, sku -> null).clicks()).isEqualTo(2);
        assertThat(history.trained(NEWEST, sku -> null, sku -> null).products()).isEqualTo(1);
        assertThat(expected).hasValue(2);
        assertThat(read).hasValue(2);
    }

    @Test
    void aRequestedTrainingRunsInTheBackground() {
        event("1", "view", "v1", "training-mat", Duration.ZERO);
        Instant before = trainer.trainNow().trainedAt();
        event("2", "view", "v2", "training-mat", Duration.ZERO);

        given().post("/model/train").then().statusCode(202).body("training", notNullValue());

        await().until(() ->
                model.trained().trainedAt().isAfter(before) && model.trained().clicks() == 2);
    }

    @Test
    void aTrainingThatFoundNoDatabaseOrNoCatalogRunsWhenBothAreThere() {
        event("1", "view", "v1", "training-mat", Duration.ZERO);
        DatabaseState state = new DatabaseState(database, Clock.systemUTC());
        state.failed(new SQLException("gone", "08006"));
        Catalog late = new Catalog();
        BuiltInModel learner = new BuiltInModel(late, new ProductSearch(late), Clock.systemUTC());
        Trainer starting = new Trainer(
                new TrainingEventRepository(session, new Transactions(state)),
                state,
                late,
                learner,
                config,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        try {
            assertThatThrownBy(starting::trainNow).hasMessageContaining("cannot be reached");
            starting.startOverdue();
            assertThat(learner.trained()).isSameAs(TrainedModel.NOTHING);
            state.probe();
            starting.startOverdue();
            assertThat(learner.trained()).as("no product is known yet").isSameAs(TrainedModel.NOTHING);
            late.put(List.of(Goods.product("training-mat", "training/mats")));
            late.markLoaded();
            starting.startOverdue();
            await().until(() -> learner.trained().clicks() == 1 && starting.problem() == null);
            assertThat(learner.trained().bestSellers("training/mats", 1)).containsExactly("training-mat");
        } finally {
            starting.stop();
        }
    }

    @Test
    void theAgeOfTheModelIsAMetric() {
        trainer.trainNow();
        given().get("/q/metrics").then().statusCode(200).body(containsString("vitrine_model_age_seconds"));
    }

    private void event(String id, String type, String visit, String sku, Duration beforeNewest) {
        sql.run(
                "insert into event (id, type, visit, sku, at, quantity) values ('training-%s', '%s', '%s', '%s', '%s', 1)"
                        .formatted(id, type, visit, sku, NEWEST.minus(beforeNewest)));
    }
}
