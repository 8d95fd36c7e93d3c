package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceChancesTest {
    @Test
    void aLaterPlaceIsAlwaysLessLikely() {
        List<Integer> onlyTheThird = new ArrayList<>();
        for (int list = 0; list < 500; list++) {
            onlyTheThird.add(3);
        }
        for (PlaceChances places : List.of(PlaceChances.PRIOR, PlaceChances.of(onlyTheThird))) {
            for (int place = 2; place <= 2000; place++) {
                assertThat(places.at(place))
                        .as("place %d", place)
                        .isLessThan(places.at(place - 1))
                        .isPositive();
            }
        }
    }

    @Test
    void whatWasTakenSaysHowLikelyAPlaceIs() {
        List<Integer> taken = new ArrayList<>();
        for (int list = 0; list < 1000; list++) {
            taken.add(list % 10 == 0 ? 1 : list % 25 == 3 ? 2 : 0);
        }
        PlaceChances places = PlaceChances.of(taken);
        assertThat(places.at(1)).isCloseTo(0.1, within(0.005));
        // 40 of 1,000 lists at the two places of the second octave
        assertThat(places.at(2)).isBetween(0.02, 0.035);
    }
}
