package dev.vitrine.candidates;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** The 95 % interval of a number that was counted (Garwood, "Fiducial limits for the Poisson distribution", Biometrika 1936). */
final class PoissonInterval {
    private static final double TAIL = 0.025;

    private PoissonInterval() {}

    static double low(int count) {
        return count == 0 ? 0 : new ChiSquaredDistribution(2.0 * count).inverseCumulativeProbability(TAIL) / 2;
    }

    static double high(int count) {
        return new ChiSquaredDistribution(2.0 * count + 2).inverseCumulativeProbability(1 - TAIL) / 2;
    }
}
