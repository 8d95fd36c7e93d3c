package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

/** Compared with values computed by hand, with z = 1.959964 and t from the tables. */
class IntervalTest {
    private static void isAbout(Interval interval, double from, double to) {
        assertThat(interval.from()).isCloseTo(from, within(5e-5));
        assertThat(interval.to()).isCloseTo(to, within(5e-5));
    }

    @Test
    void aShareOfFewDecisionsIsUncertain() {
        // (0.5 + 0.19207) / 1.38415 -/+ 1.95996 * sqrt(0.025 + 0.0096037) / 1.38415
        isAbout(Interval.ofShare(5, 10), 0.23659, 0.76341);
        isAbout(Interval.ofShare(50, 100), 0.40383, 0.59617);
    }

    @Test
    void aShareStaysBetweenZeroAndOne() {
        isAbout(Interval.ofShare(0, 10), 0, 0.27753);
        isAbout(Interval.ofShare(10, 10), 0.72247, 1);
        assertThat(Interval.ofShare(0, 10).from()).isNotNegative();
        assertThat(Interval.ofShare(10, 10).to()).isLessThanOrEqualTo(1);
        assertThat(Interval.ofShare(0, 0)).isNull();
    }

    @Test
    void aMeanOfFewNumbersUsesStudentsT() {
        SummaryStatistics numbers = new SummaryStatistics();
        numbers.addValue(1);
        assertThat(Interval.ofMean(numbers)).isNull();
        numbers.addValue(2);
        numbers.addValue(3);
        // t(2) = 4.30265, standard error 1 / sqrt 3
        isAbout(Interval.ofMean(numbers), 2 - 2.48414, 2 + 2.48414);
    }

    @Test
    void aVisitCountsOnceWhateverItsNumberOfDecisions() {
        PairedDifference paired = new PairedDifference();
        for (int i = 0; i < 100; i++) {
            paired.add("busy", 0, 1);
        }
        paired.add("quick", 1, 4);
        Report.Contrast contrast = paired.contrast();
        assertThat(contrast.live()).isEqualTo(0.5);
        assertThat(contrast.draft()).isEqualTo(2.5);
        assertThat(contrast.difference()).isEqualTo(2);
        // visits differ by 1 and 3: t(1) = 12.7062, standard error sqrt 2 / sqrt 2
        isAbout(contrast.interval(), 2 - 12.7062, 2 + 12.7062);
        assertThat(contrast.decisions()).isEqualTo(101);
        assertThat(contrast.visits()).isEqualTo(2);
    }

    @Test
    void withoutDataThereIsNoResult() {
        assertThat(new PairedDifference().contrast()).isNull();
        assertThat(new PairedDifference().meanOfDraft()).isNull();
    }
}
