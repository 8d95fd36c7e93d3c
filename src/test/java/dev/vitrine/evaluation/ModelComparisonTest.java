package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.evaluation.ModelComparisonRepository.ComparedMoment;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-01T12:00:00Z");

    private final List<ComparedMoment> moments = new ArrayList<>();

    private void moment(String visit, String page, boolean service, boolean builtIn) {
        moments.add(new ComparedMoment(visit, page, "service", true, service, builtIn));
    }

    private ModelComparison compared() {
        return ModelComparison.of(moments, NOON.minusDays(1), NOON);
    }

    @Test
    void nothingIsSaidOfNothing() {
        assertThat(compared().verdict()).isEqualTo("Nothing was compared in this time.");
        moments.add(new ComparedMoment("v", "home", "built-in", false, false, false));
        assertThat(compared().verdict()).isEqualTo("1 moments were compared, and none was followed by anything yet.");
        assertThat(compared().all().service()).isNull();
        assertThat(compared().decidedBy()).isEqualTo(Map.of("built-in", 1L));
    }

    @Test
    void eachVisitCountsOnce() {
        for (int i = 0; i < 98; i++) {
            moment("long", "product", true, false);
        }
        moment("a", "home", false, true);
        moment("b", "home", true, true);
        moment("c", "home", false, false);
        ModelComparison.HitRates all = compared().all();
        assertThat(all.moments()).isEqualTo(101);
        assertThat(all.visits()).isEqualTo(4);
        assertThat(all.service()).isEqualTo(0.5);
        assertThat(all.builtIn()).isEqualTo(0.5);
        assertThat(all.both()).isEqualTo(0.25);
        assertThat(all.neither()).isEqualTo(0.25);
        assertThat(all.difference()).isZero();
        assertThat(all.interval().from()).isNegative();
        assertThat(compared().verdict())
                .isEqualTo(
                        "What 4 visits took next was among the first ten of your service in 50.0 % of the moments and"
                                + " of the built-in model in 50.0 %: the difference of +0.0 points may be chance (95 % interval"
                                + " -129.9 to +129.9 points).");
        assertThat(compared().pages()).containsOnlyKeys("home", "product");
        assertThat(compared().pages().get("product").service()).isEqualTo(1);
        assertThat(compared().pages().get("product").interval()).isNull();
    }

    @Test
    void aClearDifferenceIsNamed() {
        for (int i = 0; i < 200; i++) {
            moment("v" + i, "home", i % 2 == 0, i % 10 == 0);
        }
        ModelComparison.HitRates all = compared().all();
        assertThat(all.difference()).isCloseTo(0.4, within(1e-9));
        assertThat(compared().verdict()).contains("your service is better, by 40.0 points (95 % interval +33.");
    }
}
