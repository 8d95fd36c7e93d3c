package dev.vitrine.candidates;

import java.util.List;

/**
 * How well chances agree with what was taken, as a reliability diagram tells it (Murphy and Winkler, "Reliability of subjective
 * probability forecasts of precipitation and temperature", Applied Statistics 1977). Each half of the visits is predicted by
 * what was learned from the other half.
 *
 * @param moments of past visits, each of which asked for a list
 * @param hitRate share of these whose next product is among the first ten
 * @param tenths of all that was proposed, the least likely tenth first
 */
public record Reliability(int moments, double hitRate, List<Tenth> tenths) {
    static final Reliability UNKNOWN = new Reliability(0, 0, List.of());

    /**
     * A tenth of the proposals.
     *
     * @param predicted mean chance
     * @param observed share that was taken next
     * @param low lower end of the 95 % interval of the observed share (Garwood 1936)
     * @param high upper end of it
     */
    public record Tenth(double predicted, double observed, double low, double high) {}
}
