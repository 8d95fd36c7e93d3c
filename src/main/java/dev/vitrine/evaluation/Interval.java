package dev.vitrine.evaluation;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A 95 % confidence interval. */
@Schema(description = "95 % confidence interval")
record Interval(double from, double to) {
    private static final double CONFIDENCE = 0.95;

    /** Of a share (Wilson 1927), which also holds for shares near 0 and 1; null where {@code of} is 0. */
    static Interval ofShare(int count, int of) {
        if (of == 0) {
            return null;
        }
        ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(of, count, CONFIDENCE);
        // rounding can put the bounds just outside of 0 and 1
        return new Interval(Math.max(0, wilson.getLowerBound()), Math.min(1, wilson.getUpperBound()));
    }

    /** Of the mean of independent numbers (Student's t); null for fewer than two. */
    static Interval ofMean(StatisticalSummary numbers) {
        long count = numbers.getN();
        if (count < 2) {
            return null;
        }
        double t = new TDistribution(null, count - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        double half = t * numbers.getStandardDeviation() / Math.sqrt(count);
        return new Interval(numbers.getMean() - half, numbers.getMean() + half);
    }
}
