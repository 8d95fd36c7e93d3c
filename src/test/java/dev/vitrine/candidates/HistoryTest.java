package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, String> CATEGORIES = Map.of(
            "mat", "sport/yoga/mats",
            "mat2", "sport/yoga/mats",
            "mat3", "sport/yoga/mats",
            "roller", "sport/yoga/rollers",
            "ball", "sport/balls",
            "phone", "electronics/phones");

    private final History history = new History(NOW.toEpochMilli(), NOW.toEpochMilli());

    @Test
    void aVisitEndsAfterThirtyIdleMinutes() {
        view("v", "mat", 100);
        view("v", "roller", 75);
        view("v", "phone", 44);
        view("v", "ball", 14);

        TrainedModel trained = trained();
        assertThat(trained.sessions()).isEqualTo(2);
        assertThat(trained.clicks()).isEqualTo(4);
        assertThat(trained.products()).isEqualTo(4);
        assertThat(trained.visits().recommend(List.of("mat"), 10, true))
                .extracting(Scored::sku)
                .containsExactly("roller");
    }

    @Test
    void visitsOfOneProductCountForPopularityOnly() {
        view("v", "mat", 30);
        view("v", "mat", 29);
        TrainedModel trained = trained();
        assertThat(trained.visits().sessions()).isZero();
        assertThat(trained.sessions()).isEqualTo(1);
        assertThat(trained.popularity().within("sport/yoga").best())
                .extracting(Scored::sku)
                .containsExactly("mat");
    }

    @Test
    void popularityHalvesInTwoWeeks() {
        history.view("a", "mat", NOW.toEpochMilli());
        history.view("b", "mat2", NOW.minus(Duration.ofDays(14)).toEpochMilli());
        List<Scored> mats = trained().popularity().within("sport/yoga/mats").best();
        assertThat(mats).extracting(Scored::sku).containsExactly("mat", "mat2");
        assertThat(mats).extracting(Scored::score).containsExactly(1.0, 0.5);
    }

    @Test
    void popularityCoversTheCategoriesBelow() {
        view("a", "ball", 1);
        view("b", "mat", 1);
        view("c", "mat", 1);
        view("d", "phone", 1);
        view("e", "not in the catalog", 1);
        Popularity popularity = trained().popularity();
        assertThat(popularity.within("sport").best()).extracting(Scored::sku).containsExactly("mat", "ball");
        assertThat(popularity.within("").best()).extracting(Scored::sku).containsExactly("mat", "ball", "phone");
        assertThat(popularity.within("garden").best()).isEmpty();
    }

    @Test
    void sellersAreRankedWithinTheirCategory() {
        history.purchase("a", null, "mat", NOW.toEpochMilli(), 1);
        history.purchase("b", null, "mat2", NOW.toEpochMilli(), 3);
        history.purchase("c", null, "ball", NOW.toEpochMilli(), 2);
        view("d", "mat3", 1);
        TrainedModel trained = trained();
        assertThat(trained.sellerRank("mat2")).isEqualTo(1);
        assertThat(trained.sellerRank("mat")).isEqualTo(2);
        assertThat(trained.sellerRank("ball")).isEqualTo(1);
        assertThat(trained.sellerRank("mat3")).isEqualTo(Integer.MAX_VALUE);
        assertThat(trained.sellerRank("nobody knows it")).isEqualTo(Integer.MAX_VALUE);
        assertThat(trained.bestSellers("sport/yoga/mats", 3)).containsExactly("mat2", "mat", "mat3");
        assertThat(trained.bestSellers("sport", 2)).containsExactly("mat2", "ball");
        assertThat(trained.bestSellers("", 1)).containsExactly("mat2");
        assertThat(trained.bestSellers("garden", 3)).isEmpty();
    }

    @Test
    void oneLargeOrderDoesNotMakeABestSeller() {
        history.purchase("reseller", null, "mat", NOW.toEpochMilli(), 100_000);
        for (int order = 0; order < 11; order++) {
            history.purchase("v" + order, null, "mat2", NOW.toEpochMilli(), 1);
        }
        assertThat(trained().sellerRank("mat2")).isEqualTo(1);
    }

    @Test
    void whatIsOftenBoughtTogetherBeatsWhatWasOnce() {
        for (int order = 0; order < 5; order++) {
            history.purchase("v" + order, "o" + order, "phone", NOW.toEpochMilli(), 1);
            history.purchase("v" + order, "o" + order, "ball", NOW.toEpochMilli(), 1);
        }
        history.purchase("w", "p", "phone", NOW.toEpochMilli(), 1);
        history.purchase("w", "p", "mat", NOW.toEpochMilli(), 1);
        // two orders in one visit are not one
        history.purchase("w", "q", "roller", NOW.toEpochMilli(), 1);

        Together orders = trained().orders();
        List<Scored> withPhone = orders.with(List.of("phone"), 10);
        assertThat(withPhone).extracting(Scored::sku).containsExactly("ball", "mat");
        // 5 common orders of 6 and 5: 5/√30, half-believed by 5/(5+3)
        assertThat(withPhone.get(0).score())
                .isCloseTo(5 / Math.sqrt(30) * 5 / 8, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(orders.with(List.of("phone", "ball"), 10))
                .extracting(Scored::sku)
                .containsExactly("mat");
        assertThat(orders.with(List.of("roller", "unknown"), 10)).isEmpty();
    }

    @Test
    void whatComesTogetherByChanceIsNoPair() {
        // of 100 orders, 30 have a mat and 30 a roller: 9 with both are just what chance would make
        for (int order = 0; order < 100; order++) {
            String key = "o" + order;
            history.purchase(key, key, "phone", NOW.toEpochMilli(), 1);
            if (order < 30) {
                history.purchase(key, key, "mat", NOW.toEpochMilli(), 1);
            }
            if (order >= 21 && order < 51) {
                history.purchase(key, key, "roller", NOW.toEpochMilli(), 1);
            }
            if (order >= 10 && order < 16) {
                history.purchase(key, key, "ball", NOW.toEpochMilli(), 1);
            }
        }
        Together orders = trained().orders();
        assertThat(orders.moreThanChance(List.of("mat"))).containsExactly("ball");
        assertThat(orders.moreThanChance(List.of("roller"))).isEmpty();
        assertThat(orders.moreThanChance(List.of("ball"))).containsExactly("mat");
    }

    @Test
    void twoCommonOrdersAreACoincidence() {
        for (int order = 0; order < 2; order++) {
            history.purchase("v" + order, "o" + order, "mat", NOW.toEpochMilli(), 1);
            history.purchase("v" + order, "o" + order, "ball", NOW.toEpochMilli(), 1);
        }
        for (int order = 0; order < 500; order++) {
            history.purchase("w" + order, "p" + order, "phone", NOW.toEpochMilli(), 1);
        }
        assertThat(trained().orders().moreThanChance(List.of("mat"))).isEmpty();
    }

    @Test
    void nothingTrainedAnswersNothing() {
        assertThat(TrainedModel.NOTHING.trainedAt()).isNull();
        assertThat(TrainedModel.NOTHING.products()).isZero();
        assertThat(TrainedModel.NOTHING.bestSellers("sport", 3)).isEmpty();
    }

    private void view(String visit, String sku, int minutesAgo) {
        history.view(visit, sku, NOW.minus(Duration.ofMinutes(minutesAgo)).toEpochMilli());
    }

    private TrainedModel trained() {
        return history.trained(NOW, CATEGORIES::get, CATEGORIES::get);
    }
}
