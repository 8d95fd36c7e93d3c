package dev.vitrine.merchandising;

import java.time.DayOfWeek;

/**
 * The shop at the moment of the decision; hour and weekday are in its time zone.
 *
 * @param sellable products and bundles in stock
 * @param small fewer products than the setting says (100) can be sold, so there is little to discover and much to combine
 */
public record Shop(int sellable, boolean small, int hour, DayOfWeek weekday) {
    public static final DayOfWeek MONDAY = DayOfWeek.MONDAY;
    public static final DayOfWeek TUESDAY = DayOfWeek.TUESDAY;
    public static final DayOfWeek WEDNESDAY = DayOfWeek.WEDNESDAY;
    public static final DayOfWeek THURSDAY = DayOfWeek.THURSDAY;
    public static final DayOfWeek FRIDAY = DayOfWeek.FRIDAY;
    public static final DayOfWeek SATURDAY = DayOfWeek.SATURDAY;
    public static final DayOfWeek SUNDAY = DayOfWeek.SUNDAY;

    public Shop {
        weekday = weekday == null ? DayOfWeek.MONDAY : weekday;
    }
}
