package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.deed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.problem.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShopperHistoryTest {
    private static final long DAY = 86_400;

    private final Catalog catalog = Shop.catalog();

    private ShopperHistory after(List<Event> events) {
        ShopperHistory history = ShopperHistory.blank("s");
        for (Event event : events) {
            history = history.with(event, catalog, Shop.IDLE);
        }
        return history;
    }

    private static Shopper facts(ShopperHistory history, String visit, long seconds) {
        return history.facts(visit, Shop.NOON.plusSeconds(seconds), Shop.IDLE);
    }

    private static Event view(String visit, String sku, long seconds) {
        return deed(visit + sku + seconds, EventType.VIEW, seconds)
                .in(visit)
                .sku(sku)
                .done();
    }

    private static Event purchase(String visit, String order, String sku, double price, long seconds) {
        return deed(visit + sku + seconds, EventType.PURCHASE, seconds)
                .in(visit)
                .sku(sku)
                .at(price, 1)
                .order(order)
                .done();
    }

    @Test
    void nobodyIsANewcomer() {
        assertThat(facts(after(List.of()), "a", 0)).isEqualTo(Shopper.NEWCOMER);
    }

    @Test
    void theFirstVisitMakesNobodyReturning() {
        ShopperHistory history = after(List.of(view("a", "phone", 0), view("a", "mat-blue", 60)));
        assertThat(facts(history, "a", 70)).isEqualTo(Shopper.NEWCOMER);
    }

    @Test
    void theNextVisitDoes() {
        ShopperHistory history = after(List.of(view("a", "phone", 0), view("b", "mat-blue", 3 * DAY)));
        Shopper shopper = facts(history, "b", 3 * DAY + 5);
        assertThat(shopper.returning()).isTrue();
        assertThat(shopper.visits()).isEqualTo(1);
        assertThat(shopper.daysSinceLastVisit()).isEqualTo(3);
        assertThat(shopper.categories()).containsExactly("electronics/phones");
        assertThat(shopper.knows("electronics/cases")).isTrue();
    }

    @Test
    void aVisitKeyUsedAgainAfterIdleMinutesIsAnotherVisit() {
        ShopperHistory history = after(List.of(view("a", "phone", 0), view("a", "phone", DAY)));
        assertThat(facts(history, "a", DAY).visits()).isEqualTo(1);
        assertThat(facts(history, "a", 2 * DAY).visits()).isEqualTo(2);
        assertThat(facts(history, "a", 2 * DAY).daysSinceLastVisit()).isEqualTo(1);
    }

    @Test
    void twoDevicesSideBySideAreTwoVisits() {
        ShopperHistory history = after(
                List.of(view("a", "phone", 0), view("b", "phone", 1), view("a", "phone", 2), view("b", "phone", 3)));
        assertThat(facts(history, "c", 10).visits()).isEqualTo(2);
        assertThat(facts(history, "a", 10).visits()).isEqualTo(1);
    }

    @Test
    void theOrderKeyMakesTheOrder() {
        ShopperHistory history = after(List.of(
                purchase("a", "o1", "phone", 900, 0),
                purchase("a", "o1", "mat-blue", 30, 1),
                purchase("a", "o2", "mat-red", 30, 2)));
        Shopper shopper = facts(history, "a", DAY);
        assertThat(shopper.orders()).isEqualTo(2);
        assertThat(shopper.lifetimeValue()).isEqualTo(960);
        assertThat(shopper.lastPurchaseSku()).isEqualTo("mat-red");
    }

    @Test
    void purchasesWithoutKeyAreOneOrderAVisit() {
        ShopperHistory history = after(List.of(
                purchase("a", null, "phone", 900, 0),
                purchase("a", null, "mat-blue", 30, 5),
                purchase("a", null, "mat-red", 30, DAY)));
        assertThat(facts(history, "b", DAY).orders()).isEqualTo(2);
    }

    @Test
    void theMostExpensiveItemOfTheLastOrderIsTheLastPurchase() {
        ShopperHistory history = after(List.of(
                purchase("a", "o1", "blender-b", 2000, 0),
                purchase("b", "o2", "mat-blue", 30, DAY),
                purchase("b", "o2", "phone", 900, DAY + 1),
                purchase("b", "o2", "mat-red", 30, DAY + 2)));
        Shopper shopper = facts(history, "c", 3 * DAY);
        assertThat(shopper.lastPurchaseSku()).isEqualTo("phone");
        assertThat(shopper.lastPurchasePrice()).isEqualTo(900);
        assertThat(shopper.lastPurchaseCategory()).isEqualTo("electronics/phones");
        assertThat(shopper.daysSinceLastPurchase()).isEqualTo(1);
    }

    @Test
    void aPurchaseOfThisVisitCounts() {
        Shopper shopper = facts(after(List.of(purchase("a", null, "phone", 900, 0))), "a", 60);
        assertThat(shopper.returning()).isFalse();
        assertThat(shopper.daysSinceLastPurchase()).isZero();
        assertThat(shopper.orders()).isEqualTo(1);
    }

    @Test
    void aPurchaseWithoutPriceCountsAtTheCatalogs() {
        Event event = deed("p", EventType.PURCHASE, 0).sku("phone").done();
        assertThat(facts(after(List.of(event)), "x", DAY).lifetimeValue()).isEqualTo(900);
    }

    @Test
    void theOrderInWhichEventsComeInDoesNotMatter() {
        List<Event> events = new ArrayList<>();
        for (int day = 0; day < 15; day++) {
            events.add(view("v" + day, "blender-a", day * DAY));
            events.add(purchase("v" + day, day % 2 == 0 ? "o" + day : null, "mat-blue", 30 + day, day * DAY + 60));
        }
        Shopper expected = facts(after(events), "v14", 14 * DAY + 60);
        assertThat(expected.visits()).isEqualTo(14);
        assertThat(expected.orders()).isEqualTo(15);
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(events, random);
            assertThat(facts(after(events), "v14", 14 * DAY + 60)).isEqualTo(expected);
        }
    }

    @Test
    void anImportOfOldVisitsCountsEachOnce() {
        List<Event> events = new ArrayList<>(List.of(view("now", "phone", 0)));
        for (int day = 100; day > 0; day--) {
            events.add(view("v" + day, "mat-blue", -day * DAY));
            events.add(view("v" + day, "mat-red", -day * DAY + 60));
        }
        ShopperHistory history = after(events);
        assertThat(facts(history, "now", 10).visits()).isEqualTo(100);
        assertThat(history.recentVisits()).hasSize(20);
        assertThat(history.lastSeen()).isEqualTo(Shop.NOON);
    }

    @Test
    void atMostAHundredCategoriesAreRemembered() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            events.add(deed("c" + i, EventType.CATEGORY, i).category("c/" + i).done());
        }
        assertThat(facts(after(events), "other", DAY).categories()).hasSize(100).contains("c/149");
    }

    @Test
    void aHistoryIsReadAsItWasWritten() throws Exception {
        ShopperHistory history = after(List.of(view("a", "phone", 0), purchase("b", null, "phone", 900, DAY)));
        String json = Json.MAPPER.writeValueAsString(history);
        assertThat(Json.MAPPER.readValue(json, ShopperHistory.class)).isEqualTo(history);
    }
}
