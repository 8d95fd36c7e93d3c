package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.problem.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;

class ShopperHistoryTest {
    private static final long DAY = 86_400;
    private static final long HALF_LIFE = 12 * 3600;
    private static final String MATS = "sport/yoga/mats";
    private static final String PHONES = "electronics/phones";
    private static final VisitConfig CONFIG = Shop.config(500, 1);

    private final Catalog catalog = Shop.catalog();

    private ShopperHistory after(List<Event> events) {
        ShopperHistory history = ShopperHistory.blank("s");
        for (Event event : events) {
            history = history.with(event, catalog, CONFIG);
        }
        return history;
    }

    private static Shopper facts(ShopperHistory history, String visit, long seconds) {
        return history.facts(visit, Set.of(), Shop.NOON.plusSeconds(seconds), CONFIG);
    }

    private static Event view(String visit, String sku, long seconds) {
        return event(visit + sku + seconds, EventType.VIEW, seconds)
                .visit(visit)
                .sku(sku)
                .build();
    }

    private static Event purchase(String visit, String order, String sku, double price, long seconds) {
        return event(visit + sku + seconds, EventType.PURCHASE, seconds)
                .visit(visit)
                .sku(sku)
                .price(price)
                .quantity(1)
                .order(order)
                .build();
    }

    @Test
    void aBlankHistoryIsANewcomer() {
        assertThat(facts(after(List.of()), "a", 0)).isEqualTo(Shopper.NEWCOMER);
    }

    private static ShopperHistory in(ShopperHistory history, String... segments) {
        return history.in(new StoredSegments(Set.of(segments), Shop.NOON.plusSeconds(DAY)));
    }

    @Test
    void storedSegmentsAndSentOnesAddUp() {
        ShopperHistory history = in(after(List.of(view("a", "phone", 0))), "vip", "staff");
        assertThat(facts(history, "b", DAY).segments()).containsExactlyInAnyOrder("vip", "staff");
        assertThat(history.facts("b", Set.of("vip", "early"), Shop.NOON.plusSeconds(DAY), CONFIG)
                        .segments())
                .containsExactlyInAnyOrder("vip", "staff", "early");
        assertThat(history.asGuest(Set.of("early"), Shop.NOON).segments()).contains("early");
    }

    @Test
    void segmentsOutliveEventsAndAreLaterThanThem() {
        ShopperHistory history = in(after(List.of(view("a", "phone", 0))), "vip");
        assertThat(history.lastSeen()).isEqualTo(Shop.NOON.plusSeconds(DAY));
        assertThat(history.with(view("b", "phone", 2 * DAY), catalog, CONFIG)
                        .stored()
                        .segments())
                .isEqualTo(history.segments());
        assertThat(history.emptied().segments()).isEqualTo(history.segments());
        assertThat(history.emptied().visits()).isZero();
        assertThat(history.bytes())
                .isGreaterThan(after(List.of(view("a", "phone", 0))).bytes());
    }

    @Test
    void theLastVisitsCategoriesAreThoseOfTheVisitBeforeThisOne() {
        ShopperHistory history = after(List.of(
                view("a", "phone", 0),
                view("b", "mat-blue", DAY),
                view("b", "blender-a", DAY),
                view("c", "phone", 2 * DAY)));
        assertThat(facts(history, "c", 2 * DAY).lastVisitCategories())
                .containsExactlyInAnyOrder("sport/yoga/mats", "home/kitchen/blenders");
        assertThat(facts(history, "d", 3 * DAY).lastVisitCategories()).containsExactly("electronics/phones");
    }

    @Test
    void theFirstVisitMakesNobodyReturning() {
        ShopperHistory history = after(List.of(view("a", "phone", 0), view("a", "mat-blue", 60)));
        assertThat(facts(history, "a", 70)).isEqualTo(Shopper.NEWCOMER);
    }

    @Test
    void theSecondVisitMakesAShopperReturning() {
        ShopperHistory history = after(List.of(view("a", "phone", 0), view("b", "mat-blue", 3 * DAY)));
        Shopper shopper = facts(history, "b", 3 * DAY + 5);
        assertThat(shopper.returning()).isTrue();
        assertThat(shopper.visits()).isEqualTo(1);
        assertThat(shopper.daysSinceLastVisit()).isEqualTo(3);
        assertThat(shopper.categories()).containsExactly("electronics/phones");
        assertThat(shopper.knows("electronics/cases")).isTrue();
    }

    @Test
    void aVisitKeyUsedAgainAfterTheIdleTimeIsAnotherVisit() {
        ShopperHistory history = after(List.of(view("a", "phone", 0), view("a", "phone", DAY)));
        assertThat(facts(history, "a", DAY).visits()).isEqualTo(1);
        assertThat(facts(history, "a", 2 * DAY).visits()).isEqualTo(2);
        assertThat(facts(history, "a", 2 * DAY).daysSinceLastVisit()).isEqualTo(1);
    }

    @Test
    void twoDevicesAtOnceAreTwoVisits() {
        ShopperHistory history = after(
                List.of(view("a", "phone", 0), view("b", "phone", 1), view("a", "phone", 2), view("b", "phone", 3)));
        assertThat(facts(history, "c", 10).visits()).isEqualTo(2);
        assertThat(facts(history, "a", 10).visits()).isEqualTo(1);
    }

    @Test
    void purchasesWithOneOrderKeyAreOneOrder() {
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
        Event event = event("p", EventType.PURCHASE, 0).sku("phone").build();
        assertThat(facts(after(List.of(event)), "x", DAY).lifetimeValue()).isEqualTo(900);
    }

    @Test
    void theOrderInWhichEventsArriveDoesNotMatter() {
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
            assertThat(facts(after(events), "v14", 14 * DAY + 60))
                    .usingRecursiveComparison()
                    .withComparatorForType(new DoubleComparator(1e-9), Double.class)
                    .isEqualTo(expected);
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
            events.add(event("c" + i, EventType.CATEGORY, i).category("c/" + i).build());
        }
        assertThat(facts(after(events), "other", DAY).categories()).hasSize(100).contains("c/149");
    }

    @Test
    void aHistoryIsReadAsItWasWritten() throws Exception {
        ShopperHistory history = after(List.of(view("a", "phone", 0), purchase("b", null, "phone", 900, DAY)));
        String json = Json.MAPPER.writeValueAsString(history);
        assertThat(Json.MAPPER.readValue(json, ShopperHistory.class)).isEqualTo(history);
    }

    private static Event gift(String visit, long seconds) {
        return event("gift" + visit, EventType.GIFT, seconds).visit(visit).build();
    }

    private static Event of(EventType type, String visit, String sku, long seconds) {
        return event(type + visit + sku + seconds, type, seconds)
                .visit(visit)
                .sku(sku)
                .build();
    }

    @Test
    void interestIsDividedByWhatEarlierVisitsDid() {
        ShopperHistory history = after(List.of(
                view("a", "phone", 0),
                of(EventType.SPEC_VIEW, "a", "phone", 1),
                of(EventType.ADD_TO_CART, "a", "phone", 2),
                of(EventType.REMOVE_FROM_CART, "a", "phone", 3),
                of(EventType.IMPRESSION, "a", "blender-a", 3),
                view("a", "mat-blue", 4),
                view("a", "mat-red", 5),
                view("b", "blender-a", DAY)));
        Shopper shopper = facts(history, "b", DAY);
        assertThat(shopper.interests()).containsOnlyKeys(PHONES, MATS);
        assertThat(shopper.interest("electronics")).isCloseTo(0.75, within(1e-9));
        assertThat(shopper.interest("sport/yoga")).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void theCurrentVisitIsNoInterestYet() {
        assertThat(facts(after(List.of(view("a", "phone", 0))), "a", 60).interests())
                .isEmpty();
    }

    @Test
    void interestHalvesWithEachHalfLife() {
        ShopperHistory history = after(List.of(
                purchase("a", null, "phone", 900, -30 * DAY), view("b", "mat-blue", 0), view("b", "mat-red", 0)));
        assertThat(facts(history, "c", 0).interest(PHONES)).isCloseTo(2.5 / 4.5, within(1e-9));
    }

    @Test
    void interestOutlivesTheRecentVisits() {
        List<Event> events = new ArrayList<>(List.of(view("first", "phone", -30 * DAY)));
        for (int i = 0; i < 40; i++) {
            events.add(view("v" + i, "mat-blue", i * 3600));
        }
        Shopper shopper = facts(after(events), "now", 40 * 3600);
        assertThat(shopper.interest(PHONES)).isCloseTo(0.5 / 40.5, within(0.001));
        assertThat(shopper.interest(MATS)).isCloseTo(40 / 40.5, within(0.001));
    }

    @Test
    void aGiftsCategoryFadesOutOfLaterVisits() {
        ShopperHistory history = after(List.of(
                view("old", "mat-blue", -5 * DAY),
                view("a", "phone", 0),
                view("a", "mat-red", 1),
                gift("a", 2),
                view("a", "blender-a", 3)));
        assertThat(facts(history, "a", 4).gifts()).isEmpty();
        Shopper later = facts(history, "b", 3 + HALF_LIFE);
        assertThat(later.gifts()).containsOnlyKeys(PHONES, "home/kitchen/blenders");
        assertThat(later.fade(PHONES)).isCloseTo(0.5, within(1e-9));
        assertThat(later.fade(MATS)).isEqualTo(1);
        assertThat(later.interests()).containsOnlyKeys(MATS);
        assertThat(facts(history, "c", 20 * DAY).fade(PHONES)).isEqualTo(0.01);
    }

    @Test
    void twoLooksInALaterVisitMakeAGiftsCategoryAnOrdinaryOne() {
        List<Event> events = new ArrayList<>(List.of(view("a", "phone", 0), gift("a", 1), view("b", "phone", DAY)));
        assertThat(facts(after(events), "b", DAY).fade(PHONES)).isCloseTo(0.25, within(1e-9));
        events.add(view("b", "phone", DAY + 60));
        assertThat(facts(after(events), "b", DAY + 60).fade(PHONES)).isEqualTo(1);
        assertThat(facts(after(events), "c", 2 * DAY).fade(PHONES)).isEqualTo(1);
        assertThat(facts(after(events), "c", 2 * DAY).interest(PHONES)).isEqualTo(1);
    }

    @Test
    void aSecondVisitForTheSameGiftDoesNotMakeItsCategoryAnOrdinaryOne() {
        ShopperHistory history = after(List.of(
                view("a", "phone", 0),
                gift("a", 1),
                view("b", "phone", DAY),
                view("b", "phone", DAY + 1),
                gift("b", DAY + 2)));
        assertThat(facts(history, "b", DAY + 3).gifts()).isEmpty();
        assertThat(facts(history, "c", DAY + 1 + HALF_LIFE).fade(PHONES)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aGiftStaysOneWhenItsVisitIsNoLongerRecent() {
        List<Event> events = new ArrayList<>(List.of(view("a", "phone", 0), gift("a", 1)));
        for (int i = 1; i <= 30; i++) {
            events.add(view("v" + i, i == 30 ? "phone" : "mat-blue", i * DAY));
        }
        assertThat(facts(after(events), "now", 31 * DAY).fade(PHONES)).isEqualTo(0.01);
        events.add(view("v30", "phone", 30 * DAY + 1));
        assertThat(facts(after(events), "now", 31 * DAY).fade(PHONES)).isEqualTo(1);
    }

    @Test
    void theOrderInWhichAGiftVisitArrivesDoesNotMatter() {
        List<Event> events = new ArrayList<>(List.of(
                view("old", "mat-blue", -DAY),
                view("a", "phone", 0),
                view("a", "mat-red", 1),
                gift("a", 2),
                view("b", "blender-a", DAY),
                view("b", "blender-b", DAY + 60),
                gift("b", DAY + 61),
                view("c", "blender-a", 2 * DAY),
                view("c", "blender-b", 2 * DAY + 60)));
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(events, random);
            assertThat(facts(after(events), "d", 3 * DAY).gifts()).containsOnlyKeys(PHONES);
        }
    }

    @Test
    void purchasesAreCountedByFamilyAndOncePerOrder() {
        List<Event> events = new ArrayList<>(List.of(
                purchase("a", "o1", "mat-blue", 30, 0),
                purchase("a", "o1", "phone", 900, 1),
                purchase("a", "o1", "mat-red", 30, 2),
                purchase("b", "o2", "mat-pink", 30, 10 * DAY),
                purchase("c", "o3", "mat-blue", 30, 30 * DAY + 2)));
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(events, random);
            Shopper shopper = facts(after(events), "d", 45 * DAY);
            assertThat(shopper.bought()).containsOnlyKeys("mat", "phone");
            assertThat(shopper.bought().get("mat").times()).isEqualTo(3);
            assertThat(shopper.bought().get("mat").daysSince()).isEqualTo(14);
            assertThat(shopper.bought().get("mat").everyDays()).isCloseTo(15, within(0.001));
            assertThat(shopper.bought().get("phone")).isEqualTo(new Shopper.Bought(1, 44, 0));
        }
    }

    @Test
    void theHundredFamiliesBoughtLastAreRemembered() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            events.add(purchase("a" + i, null, "thing-" + i, 1, i * DAY));
        }
        assertThat(facts(after(events), "b", 150 * DAY).bought())
                .hasSize(100)
                .containsKeys("thing-50", "thing-149")
                .doesNotContainKey("thing-49");
    }

    @Test
    void aHistoryStoredBeforeThereWereInterestsAndGiftsIsRead() throws Exception {
        String stored =
                """
                {"id": "s", "version": 3, "visits": 1, "orders": 1, "recentOrders": ["order o"], "spent": 900.0,
                 "recentVisits": [{"visit": "a", "from": "2026-03-01T12:00:00Z", "to": "2026-03-01T12:05:00Z",
                                   "order": null}],
                 "categories": [{"category": "sport/yoga/mats", "since": "2026-03-01T12:00:00Z"}],
                 "lastPurchase": {"order": "order o", "at": "2026-03-01T12:05:00Z", "sku": "phone", "price": 900.0,
                                  "category": "electronics/phones"}}""";
        ShopperHistory history = Json.MAPPER.readValue(stored, ShopperHistory.class);
        Shopper shopper = facts(history, "b", DAY);
        assertThat(shopper.categories()).containsExactly(MATS);
        assertThat(shopper.interests()).isEmpty();
        assertThat(shopper.gifts()).isEmpty();
        assertThat(shopper.bought()).isEmpty();
        history = history.with(view("b", "mat-blue", DAY), catalog, CONFIG).with(gift("b", DAY + 1), catalog, CONFIG);
        assertThat(facts(history, "c", 2 * DAY).gifts()).isEmpty();
    }

    @Test
    void interestsGiftsAndFamiliesAreReadAsTheyWereWritten() throws Exception {
        List<Event> events = new ArrayList<>(List.of(view("a", "phone", 0), gift("a", 1)));
        for (int i = 1; i <= 30; i++) {
            events.add(purchase("v" + i, null, "mat-blue", 30, i * DAY));
        }
        events.add(view("z", "blender-a", 31 * DAY));
        events.add(gift("z", 31 * DAY));
        ShopperHistory history = after(events);
        String json = Json.MAPPER.writeValueAsString(history);
        assertThat(Json.MAPPER.readValue(json, ShopperHistory.class)).isEqualTo(history);
    }
}
