package dev.vitrine.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.DemoShopWithItsRules;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a shop with a model, a catalog and all shipped rules, each product has a reason that agrees with the list. */
@QuarkusTest
@WithTestResource(DemoShopWithItsRules.class)
class WhyInTheDemoShopTest {
    private static final int ASKED = 50;

    @Inject
    Catalog catalog;

    private static JsonPath json(String path, Object... more) {
        return given().get(path, more).then().statusCode(200).extract().jsonPath();
    }

    /** Some of all, evenly. */
    private static List<String> some(List<String> all) {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < ASKED && !all.isEmpty(); i++) {
            some.add(all.get((int) ((long) i * all.size() / ASKED)));
        }
        return some;
    }

    @ParameterizedTest
    @ValueSource(strings = {"home-page", "category-page"})
    void everyProductHasAReasonThatAgreesWithTheList(String placement) {
        List<String> products =
                catalog.products().stream().map(Product::sku).sorted().toList();
        String category = catalog.product(products.get(0)).category();
        String id = given().contentType("application/json")
                .body("{\"placement\": \"" + placement + "\", \"limit\": 8, \"visit\": {\"id\": \"why-demo-" + placement
                        + "\", \"page\": {\"category\": \"" + category + "\"}}}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        JsonPath decision = json("/decisions/{id}", id);
        List<String> shown = decision.getList("items.sku");
        List<String> hidden = decision.getList("hidden.sku");
        List<String> candidates = decision.getList("facts.candidates.sku");
        Set<String> asked = new LinkedHashSet<>(shown);
        asked.addAll(some(hidden));
        asked.addAll(some(candidates));
        asked.addAll(some(products));
        Set<ProductState> met = EnumSet.noneOf(ProductState.class);
        for (String sku : asked) {
            JsonPath why = json("/decisions/{id}/why?sku={sku}", id, sku);
            ProductState state = ProductState.valueOf(
                    why.getString("state").toUpperCase(Locale.ROOT).replace('-', '_'));
            met.add(state);
            String told = sku + ": " + why.prettify();
            assertThat(state == ProductState.SHOWN).as(told).isEqualTo(shown.contains(sku));
            assertThat(state == ProductState.NOT_PROPOSED && why.get("modelRank") == null)
                    .as(told)
                    .isEqualTo(state == ProductState.NOT_PROPOSED);
            if (hidden.contains(sku)) {
                assertThat(state).as(told).isEqualTo(ProductState.HIDDEN);
            }
            // decisions of other tests may have used up the share of a day that this one settled with
            String note = why.getString("note");
            assertThat(note == null || note.startsWith("Settled again, the list differs"))
                    .as(told)
                    .isTrue();
            assertThat(state == ProductState.UNKNOWN && note == null).as(told).isFalse();
            assertThat(why.getString("sentence")).as(told).endsWith(".");
            if (state == ProductState.OUTRANKED && why.get("lacks") != null) {
                assertThat(why.getDouble("lacks") * why.getDouble("score"))
                        .as(told)
                        .isCloseTo(why.getDouble("last.score"), within(1e-6));
            }
            if (state == ProductState.SQUEEZED_OUT) {
                assertThat(why.getInt("rank") <= why.getInt("places")
                                || why.getString("sentence").contains("no boost would bring it onto the list"))
                        .as(told)
                        .isTrue();
            }
        }
        assertThat(met).contains(ProductState.SHOWN, ProductState.NOT_PROPOSED);
    }
}
