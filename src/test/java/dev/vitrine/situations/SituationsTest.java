package dev.vitrine.situations;

import static org.awaitility.Awaitility.await;

import dev.vitrine.candidates.BuiltInModel;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.decision.DemoShopWithItsRules;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo shop, as shoppers meet it. */
@QuarkusTest
@WithTestResource(DemoShopWithItsRules.class)
class SituationsTest {
    @Inject
    Catalog catalog;

    @Inject
    BuiltInModel model;

    @Inject
    Clock clock;

    @BeforeEach
    void theModelIsTrained() {
        await().until(() -> model.trained().sessions() > 0);
    }

    @Test
    void everyShelfMakesSenseToTheShopper() {
        Situations.mustHold(Situation.DEMO, catalog, clock.instant());
    }
}
