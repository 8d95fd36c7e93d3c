package dev.vitrine.candidates;

import java.util.List;

/**
 * The chance of the product at each place of a list that is known by its order alone, counted in octaves: of place 1, of 2 and
 * 3, of 4 to 7 and so on. It always falls from one place to the next.
 */
final class PlaceChances {
    /** 1,024 places, more than a request may have candidates. */
    private static final int OCTAVES = 11;

    /** Of the first place: about what three logs came to. Later ones are that much less likely (Zipf). */
    private static final double FIRST = 0.06;

    /** What is expected counts as much as three that were taken. */
    private static final double STRENGTH = 3;

    static final PlaceChances PRIOR = of(List.of());

    private final double[] chances = new double[OCTAVES];

    /** @param taken for each list the place of what was taken, from 1; 0 for none of it */
    static PlaceChances of(List<Integer> taken) {
        PlaceChances places = new PlaceChances();
        int[] counts = new int[OCTAVES];
        for (int place : taken) {
            if (place > 0) {
                counts[Math.min(OCTAVES - 1, octave(place))]++;
            }
        }
        double above = 1;
        for (int octave = 0; octave < OCTAVES; octave++) {
            double prior = FIRST / middle(octave);
            double expected = taken.size() * prior * (1 << octave);
            double chance = prior * (counts[octave] + STRENGTH) / (expected + STRENGTH);
            // each octave is at least a tenth less likely than the one before
            places.chances[octave] = Math.min(chance, above * 0.9);
            above = places.chances[octave];
        }
        return places;
    }

    private static int octave(int place) {
        return 31 - Integer.numberOfLeadingZeros(place);
    }

    /** The mean of its places. */
    private static double middle(int octave) {
        return ((1 << octave) + (1 << octave + 1) - 1) / 2.0;
    }

    /** @param place from 1 */
    double at(int place) {
        int low = Math.min(octave(place), OCTAVES - 1);
        if (low > 0 && place < middle(low)) {
            low--;
        }
        int high = Math.min(low + 1, OCTAVES - 1);
        double part = high == low ? 0 : Math.log(place / middle(low)) / Math.log(middle(high) / middle(low));
        double chance = chances[low] * Math.pow(chances[high] / chances[low], part);
        return high == low ? chance * middle(low) / place : chance;
    }
}
