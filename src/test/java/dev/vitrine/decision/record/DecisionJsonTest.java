package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored of a decision is what the first version stored, so that older ones and their readers stay good. */
@QuarkusTest
@WithTestResource(QuietService.class)
class DecisionJsonTest {
    @Inject
    DecisionJson json;

    @Inject
    FactSnapshot snapshot;

    @Inject
    DecisionRepository repository;

    @Inject
    Transactions transactions;

    @Inject
    Catalog catalog;

    @Inject
    Sql sql;

    private JsonNode golden;
    private DecisionRow row;

    @BeforeEach
    void write() throws Exception {
        catalog.put(List.of(RichDecision.product()));
        try (InputStream in = DecisionJsonTest.class.getResourceAsStream("recorded.json")) {
            golden = Json.MAPPER.readTree(in);
        }
        row = json.row(RichDecision.answered());
        sql.run("truncate decision");
    }

    @Test
    void aRowHasTheColumnsAndTheJsonThatItAlwaysHad() {
        DecisionEntity entity = json.entity(row);
        assertThat(CompressedJson.read(entity.facts)).isEqualTo(golden.get("facts"));
        assertThat(entity.answer).isEqualTo(golden.get("answer"));
        assertSameColumns(entity);
    }

    @Test
    void theDatabaseHasItAsItWasWritten() {
        transactions.run(() -> repository.insert(List.of(row)));
        DecisionEntity stored = transactions.call(() -> repository.findById(RichDecision.ID));
        assertThat(CompressedJson.read(stored.facts)).isEqualTo(golden.get("facts"));
        assertThat(stored.answer).isEqualTo(golden.get("answer"));
        assertSameColumns(stored);
        assertThat(json.explanation(stored)).isEqualTo(json.explanation(json.entity(row)));
    }

    private void assertSameColumns(DecisionEntity entity) {
        assertThat(entity.id).isEqualTo(golden.get("id").textValue());
        assertThat(entity.at).hasToString(golden.get("at").textValue());
        assertThat(entity.placement).isEqualTo(golden.get("placement").textValue());
        assertThat(entity.visit).isEqualTo(golden.get("visit").textValue());
        assertThat(entity.shopper).isEqualTo(golden.get("shopper").textValue());
        assertThat(entity.edition).isEqualTo(golden.get("edition").intValue());
        assertThat(entity.arm).isEqualTo(golden.get("arm").textValue());
        assertThat(entity.module).isEqualTo(golden.get("module").textValue());
        assertThat(entity.degraded).isTrue();
        assertThat(entity.tookMicros).isEqualTo(golden.get("took_micros").intValue());
    }

    @Test
    void aDecisionOfBeforeHasNothingOfTheShopsOwnWords() throws Exception {
        ObjectNode facts = golden.get("facts").deepCopy();
        ((ObjectNode) facts.get("page")).remove(List.of("priceLevel", "soldOut"));
        ((ObjectNode) facts.get("shopper")).remove(List.of("segments", "lastVisitCategories"));
        ((ObjectNode) facts.get("visit")).remove(List.of("device", "country", "language", "context"));
        ((ObjectNode) facts.at("/campaigns/0")).remove(List.of("id", "benefit"));
        ((ObjectNode) facts.at("/candidates/1"))
                .remove(List.of("attributes", "rating", "reviews", "returnRate", "fitsTo", "priceLevel"));
        Facts read = snapshot.read(facts, "product-page", RichDecision.AT);
        assertThat(read.page().priceLevel()).isNull();
        assertThat(read.page().soldOut()).isFalse();
        assertThat(read.shopper().segments()).isEmpty();
        assertThat(read.shopper().lastVisitCategories()).isEmpty();
        assertThat(read.visit().device()).isEqualTo(Device.UNKNOWN);
        assertThat(read.visit().country() + read.visit().language()).isEmpty();
        assertThat(read.visit().has("weather")).isFalse();
        assertThat(read.campaigns().get(0).id() + read.campaigns().get(0).benefit())
                .isEmpty();
        assertThat(read.candidates().get(0).text("size"))
                .as("as the catalog has it")
                .isEqualTo("L");
        assertThat(read.candidates().get(1).attributes()).isEmpty();
        assertThat(read.candidates().get(1).rating()).isNull();
        assertThat(read.candidates().get(1).priceLevel()).isNull();
        assertThat(read.candidates().get(1).fits(Anchor.PAGE)).isFalse();
    }

    @Test
    void aDecisionThatWaitsCanBeMadeAgainLikeAStoredOne() {
        transactions.run(() -> repository.insert(List.of(row)));
        ReplayInput waiting = json.replayInput(row).orElseThrow();
        ReplayInput stored = transactions
                .call(() -> repository.stored(RichDecision.ID))
                .flatMap(json::replayInput)
                .orElseThrow();
        assertThat(waiting)
                .usingRecursiveComparison()
                .ignoringAllOverriddenEquals()
                .isEqualTo(stored);
        assertThat(waiting.facts())
                .usingRecursiveComparison()
                .ignoringAllOverriddenEquals()
                .isEqualTo(RichDecision.answered().context().facts());
        assertThat(waiting.given().skus()).containsExactly("mat-blue", "extra");
    }
}
