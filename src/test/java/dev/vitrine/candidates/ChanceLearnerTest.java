package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.search.ProductSearch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop whose visitors go from each product to the one of the next number, or to another of the category. */
class ChanceLearnerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PRODUCTS = 60;
    private static final int VISITS = 2000;
    private static final double NEXT_NUMBER = 0.5;
    private static final double GOES_ON = 0.75;

    private final Catalog catalog = new Catalog();
    private final BuiltInModel model =
            new BuiltInModel(catalog, new ProductSearch(catalog), Clock.fixed(NOW, ZoneOffset.UTC));
    private final Function<String, String> categoryOf = sku -> {
        Product product = catalog.product(sku);
        return product == null ? null : product.category();
    };
    private final Random random = new Random(3);

    @BeforeEach
    void openTheShop() {
        for (int i = 0; i < PRODUCTS; i++) {
            catalog.put(List.of(Goods.product("p" + i, "shop/c" + i % 3)));
        }
    }

    private Chances learned(int visits) {
        Instant split = NOW.minus(Duration.ofDays(1));
        History history = new History(NOW.toEpochMilli(), split.toEpochMilli());
        for (int visit = 0; visit < visits; visit++) {
            long at = NOW.minus(Duration.ofDays(5)).toEpochMilli()
                    + visit * Duration.ofDays(5).toMillis() / visits;
            int product = random.nextInt(PRODUCTS);
            for (int view = 0; view == 0 || random.nextDouble() < GOES_ON; view++) {
                history.view("v" + visit, "p" + product, at + view * 10_000L);
                product = random.nextDouble() < NEXT_NUMBER
                        ? (product + 1) % PRODUCTS
                        : (product + 3 * random.nextInt(PRODUCTS / 3)) % PRODUCTS;
            }
        }
        List<Moment> moments = history.moments(categoryOf);
        TrainedModel earlier = history.earlier(categoryOf, categoryOf);
        Chances chances = new ChanceLearner(model.sourcesThen(earlier)).learned(moments, looked -> {});
        model.replace(history.trained(NOW, categoryOf, categoryOf).with(chances));
        return chances;
    }

    @Test
    void aScoreIsTheChanceThatTheProductIsTakenNext() {
        learned(VISITS);
        double next = 0;
        double sum = 0;
        for (int product = 0; product < PRODUCTS; product++) {
            String following = "p" + (product + 1) % PRODUCTS;
            List<Proposed> list =
                    model.candidates(Requests.of(List.of("p" + product), "shop/c" + product % 3, List.of(), PRODUCTS));
            assertThat(list.subList(0, 6)).extracting(Proposed::sku).contains(following);
            next += list.stream()
                            .filter(one -> one.sku().equals(following))
                            .findFirst()
                            .orElseThrow()
                            .chance()
                    / PRODUCTS;
            sum += list.stream().mapToDouble(Proposed::chance).sum() / PRODUCTS;
        }
        // who is before and who is after a product is the same to the sources
        assertThat(next).isBetween(GOES_ON * NEXT_NUMBER / 4, GOES_ON * NEXT_NUMBER);
        assertThat(sum).isCloseTo(GOES_ON, withinPercentage(20));
    }

    @Test
    void predictedAndObservedAgree() {
        Reliability reliability = learned(VISITS).reliability();
        assertThat(reliability.moments()).isGreaterThan(1000);
        assertThat(reliability.hitRate()).isGreaterThan(0.4);
        assertThat(reliability.tenths()).hasSize(10);
        double predicted = reliability.tenths().stream()
                .mapToDouble(Reliability.Tenth::predicted)
                .sum();
        double observed = reliability.tenths().stream()
                .mapToDouble(Reliability.Tenth::observed)
                .sum();
        assertThat(predicted).isCloseTo(observed, withinPercentage(10));
        Reliability.Tenth likeliest = reliability.tenths().get(9);
        assertThat(likeliest.predicted()).isCloseTo(likeliest.observed(), withinPercentage(20));
        assertThat(likeliest.observed())
                .isGreaterThan(5 * reliability.tenths().get(4).observed());
    }

    @Test
    void aFewVisitsChangeLittle() {
        double[] prior = Chances.PRIOR.in(new Setting(PageType.PRODUCT, 1)).weights();
        double[] learned = learned(20).in(new Setting(PageType.PRODUCT, 1)).weights();
        List<Double> moved = new ArrayList<>();
        for (int i = 0; i < prior.length - 1; i++) {
            moved.add(Math.abs(learned[i] - prior[i]));
        }
        assertThat(moved).allMatch(by -> by < 2);
    }

    @Test
    void withoutAMomentThePriorStays() {
        assertThat(learned(0)).isSameAs(Chances.PRIOR);
    }
}
