package dev.vitrine.decision.record;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.Transactions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that looks at two decisions at a time. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class DecisionSearchLimitTest {
    @Inject
    DecisionSearch search;

    @Inject
    StoredDecisions stored;

    @Inject
    Transactions transactions;

    private String decided(String visit, String sku) {
        String id = given().contentType("application/json")
                .body("{\"placement\": \"search-page\", \"visit\": {\"id\": \"" + visit
                        + "\"}, \"candidates\": [{\"sku\": \"" + sku + "\", \"score\": 1, \"price\": 10}]}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        stored.await(id);
        return id;
    }

    private DecisionSearch.Page page(String visit, String sku, DecisionQuery.Cursor before) {
        DecisionQuery query = new DecisionQuery(visit, null, sku, null, null, null, null, before, 5);
        return transactions.call(() -> search.page(query, 2));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "search-limit-1")
    void itSaysWhereItStoppedAndGoesOnFromThere(String visit) {
        String old = decided("search-limit-1", "search-limit-old");
        for (int i = 0; i < 4; i++) {
            decided("search-limit-1", "search-limit-new");
        }
        DecisionSearch.Page page = page(visit, "search-limit-old", null);
        assertThat(page.decisions()).isEmpty();
        List<String> found = new ArrayList<>();
        int pages = 0;
        while (page.next() != null && !found.contains(old) && pages++ < 100) {
            page = page(visit, "search-limit-old", page.next());
            page.decisions().forEach(decision -> found.add(decision.decisionId()));
        }
        assertThat(found).contains(old);
        assertThat(pages).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aFullPageGoesOnAfterItsLast() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(0, decided("search-limit-2", "search-limit-a"));
        }
        DecisionSearch.Page first = page("search-limit-2", "search-limit-a", null);
        assertThat(first.decisions())
                .extracting(FoundDecision::decisionId)
                .containsExactlyElementsOf(made.subList(0, 2));
        DecisionSearch.Page second = page("search-limit-2", "search-limit-a", first.next());
        assertThat(second.decisions()).extracting(FoundDecision::decisionId).containsExactly(made.get(2));
        assertThat(second.next()).isNull();
    }
}
