package dev.vitrine.merchandising;

import java.time.DayOfWeek;

/**
 * The shop at the moment of the decision.
 *
 * @param sellable products and bundles in stock
 * @param small whether it is a small shop: fewer products than the setting says (100) can be sold, so that there is little
 *     to discover and much to combine
 * @param hour hour of the day in the shop's time zone, 0 to 23
 * @param weekday day of the week there
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
