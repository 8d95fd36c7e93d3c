package dev.vitrine.candidates;

import java.util.Arrays;

/**
 * From an expected chance to the one that was observed: always rising (after isotonic regression: Zadrozny and Elkan, "Transforming
 * classifier scores into accurate multiclass probability estimates", KDD 2002), by the pooling of adjacent violators (Ayer and
 * others, Annals of Mathematical Statistics 1955). Chances are counted in half-octaves, with a line between the logarithms of two.
 * Where little was observed, a curve follows what was expected.
 */
final class Curve {
    /** Down to a chance of one in twelve million. */
    private static final int STEPS = 48;

    static final Curve STRAIGHT = new Counting().curve();

    /** Of one step to the next at least, so that no two chances become one. */
    private static final double RISE = 1 + 1e-4;

    /** At the middle of each step. */
    private final double[] observed;

    private Curve(double[] observed) {
        this.observed = observed;
    }

    double at(double expected) {
        double step = step(expected);
        int low = (int) step;
        int high = Math.min(STEPS - 1, low + 1);
        return Math.min(1, observed[low] * Math.pow(observed[high] / observed[low], step - low));
    }

    private static double step(double chance) {
        return Math.max(0, Math.min(STEPS - 1.0, STEPS - 1 + 2 * Math.log(chance) / Math.log(2)));
    }

    static final class Counting {
        /** What was expected counts as much as three that were taken. */
        private static final double STRENGTH = 3;

        private final double[] taken = new double[STEPS];
        private final double[] expected = new double[STEPS];

        /** @param weight how many it stands for */
        void add(double chance, boolean wasTaken, double weight) {
            int step = (int) Math.round(step(chance));
            expected[step] += weight * chance;
            taken[step] += wasTaken ? weight : 0;
        }

        /** Of each run of steps the same share of what was expected, so that what was expected more stays likelier. */
        Curve curve() {
            double whole = (Arrays.stream(taken).sum() + STRENGTH)
                    / (Arrays.stream(expected).sum() + STRENGTH);
            double[] takenInRun = new double[STEPS];
            double[] expectedInRun = new double[STEPS];
            int[] end = new int[STEPS];
            int runs = 0;
            for (int step = 0; step < STEPS; step++) {
                takenInRun[runs] = taken[step];
                expectedInRun[runs] = expected[step] * whole;
                end[runs++] = step + 1;
                while (runs > 1
                        && factor(takenInRun[runs - 2], expectedInRun[runs - 2]) * middle(end[runs - 2] - 1)
                                > factor(takenInRun[runs - 1], expectedInRun[runs - 1]) * middle(end[runs - 2])) {
                    takenInRun[runs - 2] += takenInRun[runs - 1];
                    expectedInRun[runs - 2] += expectedInRun[runs - 1];
                    end[runs - 2] = end[runs - 1];
                    runs--;
                }
            }
            double[] observed = new double[STEPS];
            int step = 0;
            for (int run = 0; run < runs; run++) {
                while (step < end[run]) {
                    double likely = middle(step) * whole * factor(takenInRun[run], expectedInRun[run]);
                    observed[step] = step == 0 ? likely : Math.max(likely, observed[step - 1] * RISE);
                    step++;
                }
            }
            return new Curve(observed);
        }

        private static double factor(double taken, double expected) {
            return (taken + STRENGTH) / (expected + STRENGTH);
        }

        private static double middle(int step) {
            return Math.pow(2, (step + 1 - STEPS) / 2.0);
        }
    }
}
