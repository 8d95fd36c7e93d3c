package dev.vitrine.candidates;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * Logistic regression with a normal prior around given weights, by Newton's method (Hastie, Tibshirani, Friedman, "The Elements
 * of Statistical Learning", 2nd ed., 4.4). So a few observations change little, and many decide.
 */
final class LogisticRegression {
    /** Standard deviation of a weight: e-fold odds. The one of the intercept is wider, since each shop has its own level. */
    private static final double DEVIATION = 1;

    private static final double INTERCEPT_DEVIATION = 5;
    private static final int STEPS_MAX = 30;
    private static final double ENOUGH = 1e-4;
    /** A longer step leaves the place where the curve looks like a parabola. */
    private static final double STEP_MAX = 2;
    /** Keeps rounding from making the matrix singular. */
    private static final double LEAST_VARIANCE = 1e-9;

    private LogisticRegression() {}

    /**
     * What was proposed to a shopper.
     *
     * @param shares by source; 0 where it did not propose it
     * @param taken whether it is what was taken next
     * @param weight how many it stands for
     */
    record Observed(float[] shares, boolean taken, double weight) {}

    static double chance(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    static double[] fitted(List<Observed> observed, double[] prior) {
        double[] weights = prior.clone();
        for (int step = 0; step < STEPS_MAX; step++) {
            double longest = improve(weights, observed, prior);
            if (longest < ENOUGH) {
                break;
            }
        }
        return weights;
    }

    private static double improve(double[] weights, List<Observed> observed, double[] prior) {
        int size = weights.length;
        double[][] curvature = new double[size][size];
        double[] gradient = new double[size];
        int[] places = new int[size];
        double[] values = new double[size];
        for (Observed one : observed) {
            int features = Source.features(one.shares, places, values);
            double chance = chance(Source.logOdds(one.shares, weights));
            double miss = one.weight * ((one.taken ? 1 : 0) - chance);
            double variance = one.weight * Math.max(LEAST_VARIANCE, chance * (1 - chance));
            for (int i = 0; i < features; i++) {
                gradient[places[i]] += miss * values[i];
                for (int j = 0; j <= i; j++) {
                    curvature[places[i]][places[j]] += variance * values[i] * values[j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            double deviation = i == size - 1 ? INTERCEPT_DEVIATION : DEVIATION;
            gradient[i] -= (weights[i] - prior[i]) / (deviation * deviation);
            curvature[i][i] += 1 / (deviation * deviation);
            for (int j = 0; j < i; j++) {
                curvature[j][i] = curvature[i][j];
            }
        }
        RealVector steps = new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false))
                .getSolver()
                .solve(new ArrayRealVector(gradient, false));
        double longest = 0;
        for (int i = 0; i < size; i++) {
            double step = Math.max(-STEP_MAX, Math.min(STEP_MAX, steps.getEntry(i)));
            weights[i] += step;
            longest = Math.max(longest, Math.abs(step));
        }
        return longest;
    }
}
