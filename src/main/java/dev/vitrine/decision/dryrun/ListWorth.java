package dev.vitrine.decision.dryrun;

import dev.vitrine.merchandising.Candidate;
import java.util.List;

/**
 * What a list is expected to bring, for each time that it is shown. A product brings its chance to be taken next, as far as its
 * place is looked at: 1 / log2(1 + place) as often as the first (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
 * techniques", ACM TOIS 2002).
 *
 * @param takes products that are looked at next or put into the cart
 * @param orders of these, bought
 * @param revenue prices of these, in the shop's currency
 * @param earnings what is left of that after cost
 */
public record ListWorth(double takes, double orders, double revenue, double earnings) {
    public static final ListWorth NOTHING = new ListWorth(0, 0, 0, 0);

    public static ListWorth of(List<Candidate> shown) {
        double takes = 0;
        double orders = 0;
        double revenue = 0;
        double earnings = 0;
        for (int i = 0; i < shown.size(); i++) {
            Candidate candidate = shown.get(i);
            double taken = candidate.score() * Math.log(2) / Math.log(2.0 + i);
            double bought = taken * candidate.conversion();
            takes += taken;
            orders += bought;
            revenue += bought * candidate.price();
            earnings += bought * candidate.price() * candidate.margin();
        }
        return new ListWorth(takes, orders, revenue, earnings);
    }

    public ListWorth plus(ListWorth other) {
        return new ListWorth(
                takes + other.takes, orders + other.orders, revenue + other.revenue, earnings + other.earnings);
    }

    public ListWorth minus(ListWorth other) {
        return new ListWorth(
                takes - other.takes, orders - other.orders, revenue - other.revenue, earnings - other.earnings);
    }
}
