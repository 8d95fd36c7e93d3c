package dev.vitrine.visit;

import dev.vitrine.merchandising.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a shopper bought of one family; hashes of recent orders make two colours in one order count once. */
record BoughtFamily(String family, int times, Instant first, Instant last, List<Integer> recentOrders) {
    /** As many as there are categories in {@link Interests}. */
    private static final int FAMILIES = 100;
    /** A purchase that arrives late belongs to one of the last few orders. */
    private static final int RECENT = 8;

    private static final double DAY = Duration.ofDays(1).toMillis();

    BoughtFamily {
        recentOrders = List.copyOf(recentOrders);
    }

    /** The families with one more purchase. When there are too many, the one bought least recently goes. */
    static List<BoughtFamily> with(List<BoughtFamily> families, String family, String order, Instant at) {
        List<BoughtFamily> all = new ArrayList<>(families.size() + 1);
        BoughtFamily bought = new BoughtFamily(family, 0, at, at, List.of());
        for (BoughtFamily known : families) {
            if (known.family().equals(family)) {
                bought = known;
            } else {
                all.add(known);
            }
        }
        all.add(bought.with(order.hashCode(), at));
        if (all.size() > FAMILIES) {
            BoughtFamily oldest = all.get(0);
            for (BoughtFamily one : all) {
                oldest = one.last().isBefore(oldest.last()) ? one : oldest;
            }
            all.remove(oldest);
        }
        return all;
    }

    private BoughtFamily with(int order, Instant at) {
        List<Integer> orders = new ArrayList<>(recentOrders);
        boolean known = orders.contains(order);
        if (!known) {
            orders.add(order);
        }
        return new BoughtFamily(
                family,
                known ? times : times + 1,
                at.isBefore(first) ? at : first,
                at.isAfter(last) ? at : last,
                orders.size() > RECENT ? orders.subList(1, orders.size()) : orders);
    }

    static Map<String, Shopper.Bought> snapshot(List<BoughtFamily> families, Instant now) {
        if (families.isEmpty()) {
            return Map.of();
        }
        Map<String, Shopper.Bought> byFamily = new HashMap<>();
        families.forEach(bought -> byFamily.put(bought.family(), bought.snapshot(now)));
        return byFamily;
    }

    private Shopper.Bought snapshot(Instant now) {
        double between = times < 2 ? 0 : Duration.between(first, last).toMillis() / DAY / (times - 1);
        return new Shopper.Bought(
                times, (int) Math.max(0, Duration.between(last, now).toDays()), between);
    }
}
