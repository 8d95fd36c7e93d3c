package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Compared with values computed by hand from equation 32 of Webber, Moffat and Zobel 2010, with p = 0.9. */
class OverlapTest {
    private static void overlap(List<String> one, List<String> other, double expected) {
        assertThat(Overlap.of(one, other)).isCloseTo(expected, within(1e-12));
        assertThat(Overlap.of(other, one)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void equalListsHaveAnOverlapOfOne() {
        overlap(List.of("a", "b", "c"), List.of("a", "b", "c"), 1);
    }

    @Test
    void disjointListsHaveNoOverlap() {
        overlap(List.of("a", "b"), List.of("c", "d", "e"), 0);
    }

    @Test
    void twoSwappedItemsOverlapByThePersistence() {
        // agreement 0 at depth 1, 1 at depth 2: 0.1 / 0.9 * 0.81 + 0.81
        overlap(List.of("a", "b"), List.of("b", "a"), 0.9);
    }

    @Test
    void theTopCountsMost() {
        // agreements 1/1, 2/2, 2/3: 0.1 / 0.9 * (0.9 + 0.81 + 2/3 * 0.729) + 2/3 * 0.729
        overlap(List.of("a", "b", "c"), List.of("a", "b", "x"), 0.73);
        // agreements 0/1, 1/2, 2/3: 0.1 / 0.9 * (0.405 + 2/3 * 0.729) + 2/3 * 0.729
        overlap(List.of("a", "b", "c"), List.of("x", "b", "c"), 0.585);
    }

    @Test
    void aShorterPrefixIsExtrapolatedAsEqual() {
        overlap(List.of("a"), List.of("a", "b"), 1);
        overlap(List.of("a", "b"), List.of("a", "b", "c", "d"), 1);
    }

    @Test
    void anItemFurtherDownTheLongerListCountsHalf() {
        // X_1 = 0, X_2 = 1: 0.1 / 0.9 * 0.405 + (1 - 0) / 2 * 0.81
        overlap(List.of("b"), List.of("a", "b"), 0.45);
    }

    @Test
    void anEmptyListEqualsOnlyAnEmptyList() {
        overlap(List.of(), List.of(), 1);
        overlap(List.of(), List.of("a"), 0);
    }
}
