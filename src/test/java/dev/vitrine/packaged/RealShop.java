package dev.vitrine.packaged;

import java.util.List;

/**
 * A real shop's log, and the commands that import it.
 *
 * @param name as the table has it
 * @param log its visits
 * @param products arguments of {@code import products}
 * @param someRefused whether some products are refused, and said so
 * @param events arguments of {@code import events}
 * @param situations the shop's name where situations are played to it, else ""
 */
record RealShop(
        String name, ClickLog log, List<String> products, boolean someRefused, List<String> events, String situations) {
    /** Of each log the visits that began last; they are played to a service that knows all others. */
    static final int HELD_OUT = 500;
}
