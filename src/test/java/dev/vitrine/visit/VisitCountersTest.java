package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.event;
import static dev.vitrine.visit.Shop.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitCountersTest {
    /** Together they change every field. */
    private static final List<Event> EVENTS = List.of(
            event("a", EventType.VIEW, 0)
                    .sku("blender-a")
                    .source("email")
                    .sale(true)
                    .tags(Set.of("gift-wrap"))
                    .build(),
            view("mat-blue", 10),
            view("blender-a", 20),
            event("b", EventType.SEARCH, 30).query("red mat").build(),
            event("c", EventType.CATEGORY, 40)
                    .category("sport")
                    .sort("price-asc")
                    .build(),
            event("d", EventType.SPEC_VIEW, 50).sku("mat-red").build(),
            event("e", EventType.COUPON, 60).build(),
            event("f", EventType.ADD_TO_CART, 70).sku("mat-red").quantity(2).build(),
            event("g", EventType.REMOVE_FROM_CART, 80).sku("mat-red").build(),
            event("h", EventType.PURCHASE, 90).sku("phone").build(),
            view("mat-green", 95),
            event("i", EventType.IMPRESSION, 100).sku("mat-pink").build());

    private final Catalog catalog = Shop.catalog();

    private VisitCounters after(List<Event> events) {
        VisitCounters counters = new VisitCounters(500);
        events.forEach(event -> add(counters, event));
        counters.recent();
        return counters;
    }

    private void add(VisitCounters counters, Event event) {
        counters.add(event, event.sku() == null ? null : catalog.product(event.sku()));
    }

    @Test
    void theEventsOfThisTestChangeEveryField() {
        assertThat(unset(after(EVENTS))).isEmpty();
    }

    @Test
    void aLookLastsUntilTheNextThingThatTheVisitorDoes() {
        VisitCounters counters = after(List.of(
                view("mat-blue", 0),
                event("spec", EventType.SPEC_VIEW, 40).sku("mat-blue").build(),
                event("shown", EventType.IMPRESSION, 50).sku("mat-red").build(),
                view("mat-red", 60),
                event("cart", EventType.ADD_TO_CART, 65).sku("mat-red").build(),
                event("list", EventType.CATEGORY, 70).category("sport").build(),
                view("mat-blue", 100)));
        assertThat(counters.secondsViewed(Shop.NOON.plusSeconds(100)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("mat-blue", 60, "mat-red", 10));
        assertThat(counters.secondsViewed(Shop.NOON.plusSeconds(115))).containsEntry("mat-blue", 75);
    }

    @Test
    void whoeverStaysForLongWasAway() {
        VisitCounters counters = after(List.of(view("mat-blue", 0), view("mat-red", 1200)));
        assertThat(counters.secondsViewed(Shop.NOON.plusSeconds(1200))).containsEntry("mat-blue", 300);
    }

    @Test
    void aCopyHasEveryField() {
        VisitCounters counters = after(EVENTS);
        assertThat(counters.copy()).usingRecursiveComparison().isEqualTo(counters);
    }

    @Test
    void aCopySharesNothingThatChanges() {
        VisitCounters counters = after(EVENTS);
        VisitCounters copy = counters.copy();
        EVENTS.forEach(event -> add(copy, event));
        add(copy, view("blender-b", 200));
        add(
                copy,
                event("j", EventType.SEARCH, 210)
                        .query("pan")
                        .tags(Set.of("b2b"))
                        .build());
        add(copy, event("k", EventType.ADD_TO_CART, 220).sku("blender-c").build());
        add(copy, event("l", EventType.IMPRESSION, 230).sku("blender-c").build());
        assertThat(counters).usingRecursiveComparison().isEqualTo(after(EVENTS));
    }

    private static List<String> unset(VisitCounters counters) {
        return Arrays.stream(VisitCounters.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> isUnset(value(field, counters)))
                .map(Field::getName)
                .toList();
    }

    private static Object value(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isUnset(Object value) {
        if (value == null || value instanceof Collection<?> all && all.isEmpty()) {
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty();
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value)).anyMatch(i -> Array.getInt(value, i) == 0);
        }
        if (value instanceof LargestGroup groups) {
            return groups.largest().isEmpty();
        }
        return value.equals(VisitTimes.NONE) || value.equals(0) || value.equals(false);
    }
}
