package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void takesOutWhatIsLeftBetweenExpectedAndObserved() {
        Curve curve = observed(0.5);
        assertThat(curve.at(0.1)).isCloseTo(0.05, within(0.01));
        assertThat(curve.at(0.01)).isCloseTo(0.005, within(0.002));
    }

    @Test
    void whatWasExpectedMoreStaysLikelier() {
        for (double truth : new double[] {0, 0.2, 1, 5}) {
            Curve curve = observed(truth);
            double last = 0;
            for (double expected = 1e-7; expected < 0.9; expected *= 1.07) {
                assertThat(curve.at(expected)).isLessThanOrEqualTo(1).isGreaterThan(last == 1 ? 0.99 : last);
                last = curve.at(expected);
            }
        }
    }

    @Test
    void followsWhatIsExpectedWhereNothingWasObserved() {
        Curve curve = new Curve.Counting().curve();
        assertThat(curve.at(0.03)).isCloseTo(0.03, within(1e-9));
    }

    /** @param truth observed by expected */
    private static Curve observed(double truth) {
        Random random = new Random(1);
        Curve.Counting counting = new Curve.Counting();
        for (int i = 0; i < 100_000; i++) {
            double expected = Math.pow(10, -3 * random.nextDouble()) / 5;
            counting.add(expected, random.nextDouble() < truth * expected, 1);
        }
        return counting.curve();
    }
}
