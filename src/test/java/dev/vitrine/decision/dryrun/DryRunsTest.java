package dev.vitrine.decision.dryrun;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.AnswerAssembler;
import dev.vitrine.decision.Decider;
import dev.vitrine.decision.DemoShopWithItsRules;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionContextAssembler;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.decision.record.FactSnapshot;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.demo.DemoShop;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A recorded decision can be made again. */
@QuarkusTest
@WithTestResource(DemoShopWithItsRules.class)
class DryRunsTest {
    private static final List<String> PLACEMENTS =
            List.of("home-page", "category-page", "product-page", "search-page", "cart", "order-confirmation");

    private static final String PIN =
            """
            rule "The one of the day stands first"
                @owner( "Ines" )
            when
                $c : Candidate( sku == "%s" )
            then
                shelf.pin( $c, 1 );
            end
            """;
    private static final String PIN_EXAMPLES =
            """
            "The one of the day stands first":
              fires: [ { case: there, candidates: [ { sku: "%s", price: 2 } ] } ]
              does-not-fire: [ { case: not there, candidates: [ { sku: other, price: 30 } ] } ]
            """;

    @Inject
    DryRuns dryRuns;

    @Inject
    TestClock clock;

    @Inject
    DecisionContextAssembler contexts;

    @Inject
    Decider decider;

    @Inject
    AnswerAssembler answers;

    @Inject
    DecisionRecorder recorder;

    @Inject
    FactSnapshot snapshot;

    @Inject
    StoredDecisions storedDecisions;

    @Inject
    Rulebook rulebook;

    @Inject
    Catalog catalog;

    @Inject
    Sql sql;

    private static JsonNode decide(String request) {
        try {
            return Json.MAPPER.readTree(given().contentType("application/json")
                    .body(request)
                    .post("/decisions")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests of visits that look at various products, for all placements. */
    private List<String> requests() {
        Random chance = new Random(7);
        List<Product> products = catalog.products().stream()
                .sorted(Comparator.comparing(Product::sku))
                .toList();
        List<String> requests = new ArrayList<>();
        DemoShop.STORIES.forEach(story -> requests.add(DemoShop.story(story)));
        for (int i = 0; i < 54; i++) {
            List<Product> seen = Stream.generate(() -> products.get(chance.nextInt(products.size())))
                    .limit(1 + chance.nextInt(4))
                    .toList();
            String events = seen.stream()
                    .map(product -> "{\"type\": \"view\", \"sku\": \"%s\"}".formatted(product.sku()))
                    .reduce((a, b) -> a + "," + b)
                    .orElseThrow();
            String cart = i % 3 == 0
                    ? ", \"cart\": {\"items\": [{\"sku\": \"%s\", \"quantity\": 2}]}"
                            .formatted(seen.get(0).sku())
                    : "";
            String placement = PLACEMENTS.get(i % PLACEMENTS.size());
            String page = placement.equals("product-page")
                    ? ", \"page\": {\"type\": \"product\", \"sku\": \"%s\"}"
                            .formatted(seen.get(seen.size() - 1).sku())
                    : "";
            requests.add("{\"placement\": \"%s\", \"visit\": {\"id\": \"%s\"%s, \"events\": [%s]}%s}"
                    .formatted(placement, UUID.randomUUID(), page, events, cart));
        }
        return requests;
    }

    private JsonNode written(Facts facts, Instant at) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            snapshot.write(facts, at, json);
            json.writeEndObject();
        }
        return Json.MAPPER.readTree(text.toString());
    }

    private ReplayInput stored(String id) {
        storedDecisions.await(id);
        return storedDecisions.replayInput(id).orElseThrow();
    }

    @Test
    void theSameRulesDecideTheSameOnARecordedDecision() throws Exception {
        // all shipped rules except those with shares of a day, of which a dry run knows nothing
        Edition rules = rulebook.draft(List.of(
                        new Edit("margin/exposure.drl", null, true),
                        new Edit("margin/exposure.examples.yaml", null, true)))
                .edition();
        List<JsonNode> given = new ArrayList<>();
        for (String request : requests()) {
            DecisionContext context = contexts.of(
                    Json.MAPPER.readValue(request, DecisionRequest.class), rules.namedSkus(), rules.promises());
            Decider.Decided decided = decider.decide(context, rules);
            DecisionAnswer answer = answers.of(context, decided, System.nanoTime());
            recorder.answered(new AnsweredDecision(
                    context, rules, decided.settlement(), decided.firing().readings(), answer));
            given.add(Json.MAPPER.valueToTree(answer));
        }
        for (JsonNode answer : given) {
            String id = answer.get("decisionId").textValue();
            DryRun dryRun = dryRuns.run(stored(id), rules);
            JsonNode again = Json.MAPPER.valueToTree(dryRun.answer());
            for (String part :
                    List.of("edition", "module", "items", "readings", "shortfalls", "limits", "leftOut", "degraded")) {
                assertThat(again.get(part)).as("%s of %s", part, id).isEqualTo(answer.get(part));
            }
        }
        assertThat(given)
                .as("the test has something to compare")
                .anyMatch(answer -> !answer.get("readings").isEmpty())
                .anyMatch(
                        answer -> !answer.get("module").get("type").textValue().equals("ranking"));
    }

    @Test
    void aDryRunLeavesNoTrace() throws Exception {
        String visit = UUID.randomUUID().toString();
        DecisionRequest request = Json.MAPPER.readValue(
                """
                {"placement": "home-page", "visit": {"id": "%s", "events": [{"type": "view", "sku": "%s"}]}}"""
                        .formatted(visit, catalog.products().iterator().next().sku()),
                DecisionRequest.class);
        ReplayInput input = dryRuns.madeUp(request, Promises.NONE, dryRuns.now());
        assertThat(input.facts().visit().productPages()).isEqualTo(1);
        assertThat(input.given()).isNull();
        assertThat(dryRuns.run(input, rulebook.live()).answer().decisionId()).isNull();
        // a real decision, recorded after everything before
        JsonNode real = decide("{\"placement\": \"home-page\", \"visit\": {\"id\": \"%s\"}}".formatted(visit));
        ReplayInput next = stored(real.get("decisionId").textValue());
        assertThat(next.facts().visit().productPages()).isZero();
        assertThat(sql.number("select count(*) from decision where visit = '" + visit + "'"))
                .isEqualTo(1);
        assertThat(sql.number("select count(*) from event where visit = '" + visit + "'"))
                .isZero();
    }

    @Test
    void candidatesThatDifferFromTheCatalogAreStoredInFull() throws Exception {
        String known = catalog.products().stream()
                .filter(product -> product.kind() == Kind.PRODUCT)
                .findFirst()
                .orElseThrow()
                .sku();
        DecisionRequest request = Json.MAPPER.readValue(
                """
                {"placement": "home-page", "visit": {"id": "%s", "tags": ["gift-wrap"]},
                 "candidates": [
                   {"sku": "left-out", "score": 9},
                   {"sku": "foreign", "score": 7, "price": 10.1, "listPrice": 12, "kind": "bundle", "family": "f",
                    "name": "Föhn", "brand": "b", "category": "c/d", "cost": 3, "tags": ["core", "x"], "stock": 3,
                    "parts": ["%s", "other"], "launchedAt": "2020-01-01T00:00:00Z"},
                   {"sku": "plain", "score": 0.1, "price": 0},
                   {"sku": "%s", "score": -2.5, "brand": "another", "parts": [], "margin": -0.5}]}"""
                        .formatted(UUID.randomUUID(), known, known),
                DecisionRequest.class);
        ReplayInput input = dryRuns.madeUp(request, Promises.NONE, dryRuns.now());
        Facts facts = input.facts();
        JsonNode written = written(facts, input.context().at());
        Facts again =
                snapshot.read(written, facts.placement().name(), input.context().at());
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringAllOverriddenEquals()
                .isEqualTo(facts);
        Candidate foreign = again.candidates().get(0);
        assertThat(foreign.relevance()).as("the model itself would show it").isEqualTo(1);
        assertThat(foreign.name()).isEqualTo("Föhn");
    }

    @Test
    void fieldsOfTheCatalogAreNotStored() throws Exception {
        DecisionContext context = contexts.madeUp(
                Json.MAPPER.readValue(DemoShop.story("comparing-shoes"), DecisionRequest.class),
                Promises.NONE,
                contexts.now());
        JsonNode written = written(context.facts(), context.at());
        assertThat(written.get("candidates")).isNotEmpty().allSatisfy(candidate -> assertThat(
                        candidate.properties().stream().map(Map.Entry::getKey))
                .isSubsetOf(
                        "sku",
                        "score",
                        "extra",
                        "category",
                        "price",
                        "listPrice",
                        "margin",
                        "stock",
                        "tags",
                        "complement",
                        "variantTo",
                        "substituteTo",
                        "complementTo",
                        "fitsTo",
                        "priceLevel",
                        "sellerRank",
                        "viewed",
                        "secondsViewed",
                        "views",
                        "conversion"));
        assertThat(snapshot.read(written, "product-page", context.at()))
                .usingRecursiveComparison()
                .ignoringAllOverriddenEquals()
                .isEqualTo(context.facts());
    }

    @Test
    void olderDecisionsAreReadWherePossibleAndSkippedWhereNot() throws Exception {
        JsonNode answer = decide(DemoShop.story("gift-for-dad"));
        ReplayInput now = stored(answer.get("decisionId").textValue());
        String visit = UUID.randomUUID().toString();
        Instant at = Instant.parse("2020-01-01T10:00:00Z");
        ObjectNode facts = (ObjectNode) written(now.facts(), at);
        copy("old-1", visit, at, facts.deepCopy().without(List.of("shop", "interference")), now);
        ((ObjectNode) facts.get("page")).put("type", "planet");
        copy("old-2", visit, at, facts, now);
        copy("old-3", visit, at, Json.MAPPER.createObjectNode(), now);

        assertThat(storedDecisions
                        .replayInput("old-1")
                        .orElseThrow()
                        .facts()
                        .shop()
                        .hour())
                .isEqualTo(10);
        assertThat(dryRuns.run(storedDecisions.replayInput("old-1").orElseThrow(), rulebook.live())
                        .answer()
                        .items())
                .isNotEmpty();
        assertThat(dryRuns.recorded("old-2")).isEmpty();
        assertThat(dryRuns.recorded("nothing")).isEmpty();
        RecordedDecisions recorded = dryRuns.last(Integer.MAX_VALUE, null);
        int read = 0;
        while (recorded.hasMore()) {
            read += recorded.next().size();
        }
        assertThat(recorded.unreadable()).isEqualTo(2);
        assertThat(read).isEqualTo(recorded.size() - 2);
        assertThat(recorded.next()).isEmpty();
        sql.run("delete from decision where visit = '" + visit + "'");
    }

    /** As earlier versions stored it, and the migration left it. */
    private void copy(String id, String visit, Instant at, JsonNode facts, ReplayInput of) {
        sql.run(
                """
                insert into decision
                select '%s', '%s', placement, '%s', shopper, edition, arm, module, degraded, took_micros,
                    convert_to('%s', 'UTF8'), answer
                from decision where id = '%s'"""
                        .formatted(
                                id,
                                at,
                                visit,
                                facts.toString().replace("'", "''"),
                                of.given().decisionId()));
        assertThat(sql.number("select count(*) from decision where id = '" + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void theLastDecisionsAreReadNewestFirst() throws Exception {
        String placement = "cart";
        // other tests of this shop decide with the clock set days ahead
        clock.pass(Duration.ofDays(30));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(
                    0,
                    decide("{\"placement\": \"%s\", \"visit\": {\"id\": \"%s\"}}"
                                    .formatted(placement, UUID.randomUUID()))
                            .get("decisionId")
                            .textValue());
        }
        for (String id : ids) {
            stored(id);
        }
        RecordedDecisions recorded = dryRuns.last(2, placement);
        assertThat(recorded.size()).isEqualTo(2);
        assertThat(recorded.next())
                .extracting(input -> input.given().decisionId())
                .isEqualTo(ids.subList(0, 2));
        assertThat(recorded.hasMore()).isFalse();
        clock.reset();
    }

    @Test
    void skusThatADraftNamesBecomeCandidates() throws Exception {
        ReplayInput input = dryRuns.madeUp(
                Json.MAPPER.readValue(
                        """
                {"placement": "home-page", "visit": {"id": "v"},
                 "candidates": [{"sku": "a", "score": 1, "price": 1}, {"sku": "b", "score": 0.5, "price": 1}]}""",
                        DecisionRequest.class),
                Promises.NONE,
                dryRuns.now());
        Product named = catalog.products().stream()
                .filter(product -> product.kind() == Kind.PRODUCT && product.stock() > 0)
                .filter(product -> input.facts().candidates().stream()
                        .noneMatch(candidate -> candidate.sku().equals(product.sku())))
                .findFirst()
                .orElseThrow();
        Draft draft = rulebook.draft(List.of(
                new Edit("pin.drl", PIN.formatted(named.sku()), null),
                new Edit("pin.examples.yaml", PIN_EXAMPLES.formatted(named.sku()), null)));
        assertThat(draft.faults()).isEmpty();
        DryRun dryRun = dryRuns.run(input, draft.edition());
        assertThat(dryRun.answer().items().get(0).sku()).isEqualTo(named.sku());
        assertThat(dryRun.rules()).contains("The one of the day stands first");
        assertThat(Set.copyOf(dryRuns.run(input, rulebook.live()).answer().items().stream()
                        .map(DecisionAnswer.Item::sku)
                        .toList()))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void membersOfGroupsThatADraftGuaranteesBecomeCandidates() throws Exception {
        Draft draft = rulebook.draft(List.of(
                new Edit(
                        "iris.drl",
                        """
                        rule "A third of the home page is of Iris"
                            @owner( "Tom" )
                        when
                            Placement( name == "home-page" )
                        then
                            shelf.guarantee( 0.3, ofBrand( "Iris" ) );
                        end
                        """,
                        null),
                new Edit(
                        "iris.examples.yaml",
                        """
                        "A third of the home page is of Iris":
                          fires: [ { case: the home page, placement: { name: home-page } } ]
                          does-not-fire: [ { case: the cart, placement: { name: cart } } ]
                        """,
                        null)));
        assertThat(draft.faults()).isEmpty();
        DecisionRequest request = Json.MAPPER.readValue(
                "{\"placement\": \"home-page\", \"visit\": {\"id\": \"nobody-yet\"}}", DecisionRequest.class);
        assertThat(iris(dryRuns.madeUp(request, draft.edition().promises(), dryRuns.now())))
                .isGreaterThanOrEqualTo(3)
                .isGreaterThan(iris(dryRuns.madeUp(request, Promises.NONE, dryRuns.now())));
    }

    private static long iris(ReplayInput input) {
        return input.facts().candidates().stream()
                .filter(candidate -> candidate.brand().equals("Iris"))
                .count();
    }
}
