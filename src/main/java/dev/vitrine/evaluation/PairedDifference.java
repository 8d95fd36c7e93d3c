package dev.vitrine.evaluation;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A number that is measured on both sides of the same decisions. Decisions of one visit resemble each other, so each
 * visit counts once, by its means. The interval is that of the visits' mean differences.
 */
final class PairedDifference {
    private final Map<String, Sums> visits = new HashMap<>();
    private int decisions;

    private static final class Sums {
        private int count;
        private double live;
        private double draft;
    }

    void add(String visit, double live, double draft) {
        Sums sums = visits.computeIfAbsent(visit, key -> new Sums());
        sums.count++;
        sums.live += live;
        sums.draft += draft;
        decisions++;
    }

    /** Null where there are no decisions. */
    Report.Contrast contrast() {
        if (decisions == 0) {
            return null;
        }
        SummaryStatistics live = new SummaryStatistics();
        SummaryStatistics draft = new SummaryStatistics();
        SummaryStatistics difference = new SummaryStatistics();
        for (Sums sums : visits.values()) {
            live.addValue(sums.live / sums.count);
            draft.addValue(sums.draft / sums.count);
            difference.addValue((sums.draft - sums.live) / sums.count);
        }
        return new Report.Contrast(
                live.getMean(),
                draft.getMean(),
                difference.getMean(),
                Interval.ofMean(difference),
                decisions,
                visits.size());
    }

    /** Null where there are no decisions. */
    Report.Mean meanOfDraft() {
        if (decisions == 0) {
            return null;
        }
        SummaryStatistics means = new SummaryStatistics();
        visits.values().forEach(sums -> means.addValue(sums.draft / sums.count));
        return new Report.Mean(means.getMean(), Interval.ofMean(means));
    }
}
