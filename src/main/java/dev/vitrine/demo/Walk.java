package dev.vitrine.demo;

import dev.vitrine.catalog.Product;
import dev.vitrine.visit.Event;
import dev.vitrine.visit.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** One visitor's way through the shop, step by step. Each step is an event. */
final class Walk {
    private final String visit;
    private final String shopper;
    private final String source;
    private final IntSupplier pace;
    private final List<Event> events;
    private final List<Product> cart = new ArrayList<>();
    private Instant at;
    private int steps;

    /** @param pace seconds from each step to the next */
    Walk(String visit, String shopper, String source, Instant start, IntSupplier pace, List<Event> events) {
        this.visit = visit;
        this.shopper = shopper;
        this.source = source;
        this.pace = pace;
        this.events = events;
        this.at = start;
    }

    /** The time of the next step. */
    Instant at() {
        return at;
    }

    String shopper() {
        return shopper;
    }

    Walk views(Product product) {
        return step(EventType.VIEW, product, null, null, null, false);
    }

    Walk readsSpecification(Product product) {
        return step(EventType.SPEC_VIEW, product, null, null, null, false);
    }

    Walk compares(Product product) {
        return step(EventType.COMPARE, product, null, null, null, false);
    }

    Walk opens(String category) {
        return step(EventType.CATEGORY, null, category, null, null, false);
    }

    Walk opensSale(String category) {
        return step(EventType.CATEGORY, null, category, null, null, true);
    }

    Walk sortsByPrice(String category, boolean sale) {
        return step(EventType.CATEGORY, null, category, null, "price-asc", sale);
    }

    Walk searches(String query) {
        return step(EventType.SEARCH, null, null, query, null, false);
    }

    Walk triesCoupon() {
        return step(EventType.COUPON, null, null, null, null, false);
    }

    Walk takes(Product product) {
        cart.add(product);
        return step(EventType.ADD_TO_CART, product, null, null, null, false);
    }

    Walk putsBack(Product product) {
        cart.remove(product);
        return step(EventType.REMOVE_FROM_CART, product, null, null, null, false);
    }

    /** Buys everything in the cart at once, as one order that is named after the visit. */
    Walk buys() {
        for (Product product : cart) {
            write(EventType.PURCHASE, product, null, null, null, false, "order-" + visit);
        }
        cart.clear();
        return moveOn();
    }

    private Walk step(EventType type, Product product, String category, String query, String sort, boolean sale) {
        write(type, product, category, query, sort, sale, null);
        return moveOn();
    }

    private Walk moveOn() {
        at = at.plusSeconds(pace.getAsInt());
        return this;
    }

    private void write(
            EventType type, Product product, String category, String query, String sort, boolean sale, String order) {
        boolean ofCart =
                type == EventType.PURCHASE || type == EventType.ADD_TO_CART || type == EventType.REMOVE_FROM_CART;
        events.add(new Event(
                visit + "-" + ++steps,
                type,
                shopper,
                visit,
                at,
                product == null ? null : product.sku(),
                category,
                query,
                sort,
                sale,
                ofCart ? product.price() : null,
                ofCart ? 1 : null,
                source,
                null,
                null,
                order,
                Set.of()));
    }
}
