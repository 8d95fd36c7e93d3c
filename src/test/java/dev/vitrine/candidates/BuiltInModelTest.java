package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.search.ProductSearch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BuiltInModelTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Catalog catalog = new Catalog();
    private final ProductSearch search = new ProductSearch(catalog);
    private final BuiltInModel model = new BuiltInModel(catalog, search, Clock.fixed(NOW, ZoneOffset.UTC));
    private final History history = new History(NOW.toEpochMilli(), NOW.toEpochMilli());

    @Test
    void anEmptyShopAnswersWithAnEmptyList() {
        assertThat(model.candidates(Requests.of(List.of("a"), "sport", List.of(), 10)))
                .isEmpty();
    }

    @Test
    void anUntrainedModelShowsTheNewestThenBySku() {
        catalog.put(List.of(
                Goods.product("b", "sport"),
                Goods.product("a", "sport"),
                Goods.launched("new", "sport", NOW.minus(Duration.ofDays(1))),
                Goods.launched("newer", "home", NOW.minus(Duration.ofHours(1))),
                Goods.launched("not yet on sale", "home", NOW.plus(Duration.ofDays(1)))));
        assertThat(model.candidates(Requests.of(List.of(), "", List.of(), 10)))
                .extracting(Proposed::sku)
                .containsExactlyInAnyOrder("newer", "new", "a", "b")
                .endsWith("a", "b");
        catalog.put(List.of(Goods.product("0", "sport")));
        assertThat(model.candidates(Requests.of(List.of(), "", List.of(), 10)))
                .as("a product that has just come")
                .extracting(Proposed::sku)
                .contains("0");
    }

    @Test
    void sourcesGoFromTheClosestToTheMostGeneral() {
        catalog.put(List.of(
                Goods.product("phone", "electronics/phones"),
                Goods.product("case", "electronics/cases"),
                Goods.product("charger", "electronics/chargers"),
                Goods.product("phone2", "electronics/phones"),
                Goods.product("mat", "sport/mats"),
                Goods.product("dusty", "attic"),
                Goods.bundle("kit", "phone", "case")));
        visit("v1", "phone", "case");
        history.purchase("v2", "o", "phone", NOW.toEpochMilli(), 1);
        history.purchase("v2", "o", "charger", NOW.toEpochMilli(), 1);
        visit("v3", "phone2");
        visit("v4", "mat");
        train();

        List<Proposed> list = model.candidates(Requests.of(List.of("phone"), "electronics/phones", List.of(), 9));

        assertThat(list).extracting(Proposed::sku).containsExactly("case", "charger", "kit", "phone2", "mat", "dusty");
        assertThat(list)
                .extracting(Proposed::origin)
                .containsExactly("vmis-knn", "co-purchase", "catalog", "popular-in-category", "popular", "new");
    }

    @Test
    void popularityGoesFromTheCategoryToThoseAbove() {
        catalog.put(List.of(
                Goods.product("mat", "sport/yoga/mats"),
                Goods.product("block", "sport/yoga/blocks"),
                Goods.product("ball", "sport/balls"),
                Goods.product("lamp", "home")));
        visit("1", "lamp");
        visit("2", "lamp");
        visit("3", "ball");
        visit("4", "ball");
        visit("5", "block");
        visit("6", "mat");
        train();
        assertThat(model.candidates(Requests.of(List.of(), "sport/yoga/mats", List.of(), 10)))
                .extracting(Proposed::sku)
                .containsExactly("mat", "block", "ball", "lamp");
    }

    @Test
    void theFocusProductAndTheCartAreLeftOut() {
        randomShop(3);
        List<String> all = model.candidates(Requests.of(List.of(), "", List.of(), 50)).stream()
                .map(Proposed::sku)
                .toList();
        CandidateRequest request = Requests.of(all.subList(0, 3), "sport", all.subList(3, 6), 50);
        assertThat(model.candidates(request))
                .extracting(Proposed::sku)
                .doesNotContain(all.get(2), all.get(3), all.get(4), all.get(5))
                .contains(all.get(0));
    }

    @Test
    void oneInTenMayBeAProductWithoutData() {
        randomShop(4);
        List<Product> fresh = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            fresh.add(Goods.launched("fresh" + i, "sport/new", NOW.minus(Duration.ofDays(i))));
        }
        catalog.put(fresh);
        model.readCatalog();
        List<String> tried = newcomers("p1");
        assertThat(tried).hasSizeBetween(1, 4);
        assertThat(newcomers("p2"))
                .as("another visit tries others")
                .isNotEmpty()
                .isNotEqualTo(tried);
    }

    private List<String> newcomers(String seen) {
        return model.candidates(Requests.of(List.of(seen), "", List.of(), 40)).stream()
                .map(Proposed::sku)
                .filter(sku -> sku.startsWith("fresh"))
                .toList();
    }

    @Test
    void listsHaveNoDuplicatesAndDescendingPositiveScoresAndAreRepeatable() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            if (round % 100 == 0) {
                randomShop(round);
            }
            CandidateRequest request = Requests.of(
                    skus(random, 5),
                    random.nextBoolean() ? "sport/c" + random.nextInt(5) : "",
                    skus(random, 3),
                    random.nextInt(250));
            List<Proposed> list = model.candidates(request);
            assertThat(list).hasSizeLessThanOrEqualTo(request.count());
            assertThat(list).extracting(Proposed::sku).doesNotHaveDuplicates();
            for (int i = 0; i < list.size(); i++) {
                assertThat(list.get(i).chance()).isPositive().isLessThanOrEqualTo(1);
                assertThat(catalog.product(list.get(i).sku())).isNotNull();
                if (i > 0) {
                    assertThat(list.get(i).chance())
                            .isLessThanOrEqualTo(list.get(i - 1).chance());
                }
            }
            int possible = catalog.products().size()
                    - (int) new HashSet<>(concat(request))
                            .stream()
                                    .filter(sku -> catalog.product(sku) != null)
                                    .count();
            assertThat(list).as("filled up").hasSize(Math.min(request.count(), possible));
            assertThat(model.candidates(request)).isEqualTo(list);
        }
    }

    private static List<String> concat(CandidateRequest request) {
        List<String> out = new ArrayList<>(request.cart());
        if (!request.recent().isEmpty()) {
            out.add(request.recent().get(request.recent().size() - 1));
        }
        return out;
    }

    private static List<String> skus(Random random, int max) {
        List<String> skus = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            skus.add("p" + random.nextInt(220));
        }
        return skus;
    }

    /** 150 products, of which 120 have data; 220 skus that visitors have seen. */
    private void randomShop(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            catalog.put(List.of(Goods.launched(
                    "p" + i, "sport/c" + i % 5, i % 3 == 0 ? NOW.minus(Duration.ofDays(random.nextInt(60))) : null)));
        }
        for (int v = 0; v < 300; v++) {
            for (String sku : skus(random, 6)) {
                if (sku.length() < 4 || sku.compareTo("p120") < 0 || sku.compareTo("p150") >= 0) {
                    history.view("v" + v, sku, NOW.toEpochMilli() - random.nextInt(1_000_000));
                    if (random.nextInt(5) == 0) {
                        history.purchase("v" + v, null, sku, NOW.toEpochMilli(), 1);
                    }
                }
            }
        }
        train();
    }

    private void visit(String visit, String... skus) {
        for (String sku : skus) {
            history.view(visit, sku, NOW.toEpochMilli());
        }
    }

    private void train() {
        Function<String, String> categoryOf = sku -> {
            Product product = catalog.product(sku);
            return product == null ? null : product.category();
        };
        model.replace(history.trained(NOW, categoryOf, model.sorts()));
    }

    private List<String> skus(CandidateRequest request) {
        return model.candidates(request).stream().map(Proposed::sku).toList();
    }

    @Test
    void aSearchPageHoldsWhatIsSearchedForAndItsCategory() {
        catalog.put(List.of(
                Goods.product("yoga mat", "sport/yoga/mats"),
                Goods.product("cork", "sport/yoga/mats"),
                Goods.product("pan", "home/kitchen"),
                Goods.product("mat for the bath", "home/bath")));
        search.refresh();
        visit("1", "pan");
        train();
        assertThat(skus(Requests.on(PageType.SEARCH, "", "yoga mats", 10))).containsExactly("yoga mat", "cork");
        assertThat(skus(Requests.on(PageType.SEARCH, "", "surfboard", 10))).startsWith("pan");
    }

    @Test
    void ofWhatFitsAlikeThePopularComesFirst() {
        catalog.put(List.of(
                Goods.product("mat plum", "mats"),
                Goods.product("mat blue", "mats"),
                Goods.product("mat cork", "mats")));
        search.refresh();
        visit("1", "mat blue");
        visit("2", "mat blue");
        visit("3", "mat cork");
        train();
        assertThat(skus(Requests.on(PageType.SEARCH, "", "mat", 10)))
                .containsExactly("mat blue", "mat cork", "mat plum");
    }

    @Test
    void aCategoryPageHoldsTheCategoryAndItsSisters() {
        catalog.put(List.of(
                Goods.product("mat", "sport/yoga/mats"),
                Goods.product("block", "sport/yoga/blocks"),
                Goods.product("shoe", "sport/running/shoes"),
                Goods.product("pan", "home/kitchen")));
        visit("1", "pan");
        visit("2", "shoe");
        train();
        assertThat(skus(Requests.on(PageType.CATEGORY, "sport/yoga/mats", "", 10)))
                .containsExactly("mat", "block");
        assertThat(skus(Requests.on(PageType.CATEGORY, "sport/yoga", "", 10)))
                .containsExactlyInAnyOrder("mat", "block");
        assertThat(skus(Requests.on(PageType.CATEGORY, "home", "", 10))).containsExactly("pan");
    }

    @Test
    void onTheFirstDayTheCategoryComesBeforeTheRest() {
        catalog.put(List.of(
                Goods.launched("new pan", "home/kitchen", NOW),
                Goods.product("mat", "sport/yoga/mats"),
                Goods.product("block", "sport/yoga/blocks")));
        assertThat(skus(Requests.of(List.of(), "sport/yoga/mats", List.of(), 10)))
                .containsExactly("mat", "block", "new pan");
    }

    @Test
    void aProductThatNobodyKnowsIsFoundByItsName() {
        catalog.put(List.of(Goods.product("copper kettle", "home"), Goods.product("pan", "home")));
        search.refresh();
        visit("1", "pan");
        visit("2", "pan");
        train();
        assertThat(skus(Requests.on(PageType.PRODUCT, "", "Large copper kettle", 10)))
                .startsWith("copper kettle");
    }

    @Test
    void earlierVisitsSayWhatTheHomePageIsAbout() {
        catalog.put(List.of(
                Goods.product("mat", "sport/yoga/mats"),
                Goods.product("pan", "home/kitchen"),
                Goods.product("case", "phones/cases")));
        visit("1", "pan");
        visit("2", "pan");
        visit("3", "mat");
        for (int order = 0; order < 3; order++) {
            history.purchase("w" + order, "o" + order, "phone", NOW.toEpochMilli(), 1);
            history.purchase("w" + order, "o" + order, "case", NOW.toEpochMilli(), 1);
        }
        train();
        assertThat(skus(new CandidateRequest(
                        PageType.HOME,
                        List.of(),
                        "",
                        "",
                        List.of(),
                        Set.of("phone"),
                        Map.of("sport/yoga/mats", 0.8),
                        List.of(),
                        10)))
                .containsExactly("case", "mat", "pan");
    }

    @Test
    void whatRulesPromisePlacesToIsProposedNearThePage() {
        randomShop(5);
        catalog.put(List.of(
                Goods.tagged("core mat", "sport/c1", "core"),
                Goods.tagged("core ball", "sport/c2", "core"),
                Goods.tagged("core lamp", "home/lamps", "core")));
        List<String> proposed = skus(new CandidateRequest(
                PageType.PRODUCT,
                List.of("p1"),
                "sport/c1",
                "",
                List.of(),
                List.of(),
                Map.of(),
                List.of(Groups.taggedWith("core")),
                20));
        assertThat(proposed)
                .contains("core mat", "core ball")
                .doesNotContain("core lamp")
                .hasSize(20);
    }
}
