package dev.vitrine.rulebook.source;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people: four digits say all that anybody reads, and a price keeps its cents. */
public final class ShortNumber {
    private static final int DIGITS = 4;
    private static final int CENTS = 2;

    private ShortNumber() {}

    /** The number in plain digits: {@code 0.5201} for 0.5200573065902578, {@code 3} for 3.0. */
    public static String of(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded = exact(number).stripTrailingZeros();
        return rounded.scale() < 0
                ? rounded.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : rounded.toPlainString();
    }

    /** The same as a number. */
    public static double rounded(double number) {
        return Double.isNaN(number) || Double.isInfinite(number)
                ? number
                : exact(number).doubleValue();
    }

    private static BigDecimal exact(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        int decimals = Math.max(CENTS, DIGITS - exact.precision() + exact.scale());
        return exact.scale() <= decimals ? exact : exact.setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
