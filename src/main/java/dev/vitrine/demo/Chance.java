package dev.vitrine.demo;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Random numbers that are the same on every machine: a fixed seed, and no arithmetic whose rounding depends on it. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** True in this share of the cases. */
    boolean in(double share) {
        return random.nextDouble() < share;
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** 0 to {@code count} - 1, low ones more often: few shoppers come often, and most come rarely. */
    int mostlyLow(int count) {
        double u = random.nextDouble();
        return (int) (u * u * count);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the choices, as often as its weight says. */
    <T> T oneOf(List<T> choices, ToDoubleFunction<T> weight) {
        double all = 0;
        for (T choice : choices) {
            all += weight.applyAsDouble(choice);
        }
        double left = random.nextDouble() * all;
        for (T choice : choices) {
            left -= weight.applyAsDouble(choice);
            if (left < 0) {
                return choice;
            }
        }
        return choices.get(choices.size() - 1);
    }

    /** One of the choices; the first is a best seller, and the tenth sells a tenth as often (Zipf's law). */
    <T> T popular(List<T> choices) {
        double all = 0;
        for (int i = 0; i < choices.size(); i++) {
            all += 1.0 / (i + 1);
        }
        double left = random.nextDouble() * all;
        for (int i = 0; i < choices.size(); i++) {
            left -= 1.0 / (i + 1);
            if (left < 0) {
                return choices.get(i);
            }
        }
        return choices.get(choices.size() - 1);
    }
}
