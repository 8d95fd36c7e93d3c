package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.deed;
import static dev.vitrine.visit.Shop.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveVisitTest {
    private static final VisitContext NOBODY = new VisitContext("v", null, null, Set.of());
    private final LiveVisit trail = new LiveVisit(Shop.catalog(), Shop.config(500, 1));

    private Visit after(Event... events) {
        for (Event event : events) {
            trail.add(event);
        }
        return trail.told(NOBODY, Set.of(), Instant.EPOCH).visit();
    }

    @Test
    void aVisitWithoutEventsHasJustBegun() {
        assertThat(after()).isEqualTo(Visit.JUST_BEGUN);
    }

    @Test
    void goingBackNeedsAnotherProductInBetween() {
        assertThat(after(view("blender-a", 0), view("blender-a", 10)).goingsBack())
                .isZero();
        assertThat(after(view("blender-b", 20)).goingsBack()).isZero();
        assertThat(after(view("blender-a", 30)).goingsBack()).isEqualTo(1);
        assertThat(after(view("blender-b", 40)).goingsBack()).isEqualTo(2);
        assertThat(trail.told(NOBODY, Set.of(), Instant.EPOCH).recent())
                .containsExactly("blender-a", "blender-b", "blender-a", "blender-b");
    }

    @Test
    void fiveColoursOfOneMatAreVariantsAndNoComparison() {
        Visit visit = after(
                view("mat-blue", 0),
                view("mat-red", 10),
                view("mat-green", 20),
                view("mat-black", 30),
                view("mat-pink", 40));
        assertThat(visit.variantFamily()).isEqualTo("mat");
        assertThat(visit.variants()).isEqualTo(5);
        assertThat(visit.products()).isEqualTo(5);
        assertThat(visit.comparedCategory()).isEqualTo("sport/yoga/mats");
        assertThat(visit.compared()).isEqualTo(1);
    }

    @Test
    void theComparedCategoryHasTheMostFamilies() {
        Visit visit = after(
                view("blender-a", 0),
                deed("s", EventType.SPEC_VIEW, 5).sku("blender-b").done(),
                deed("c", EventType.COMPARE, 6).sku("blender-c").done(),
                view("mat-blue", 10),
                view("mat-red", 20),
                view("mat-green", 30),
                view("mat-pink", 40));
        assertThat(visit.comparedCategory()).isEqualTo("home/kitchen/blenders");
        assertThat(visit.compared()).isEqualTo(3);
        assertThat(visit.variantFamily()).isEqualTo("mat");
        assertThat(visit.specViews()).isEqualTo(1);
        assertThat(visit.seen()).contains("blender-b", "blender-c").hasSize(7);
    }

    @Test
    void tiesGoToWhatWasLookedAtLast() {
        assertThat(after(view("blender-a", 0), view("phone", 10)).comparedCategory())
                .isEqualTo("electronics/phones");
        Visit visit = after(view("blender-a", 20));
        assertThat(visit.comparedCategory()).isEqualTo("home/kitchen/blenders");
        assertThat(visit.variantFamily()).isEqualTo("blender-a");
    }

    @Test
    void whatTheCatalogDoesNotKnowLiesWhereTheEventSays() {
        Visit visit = after(
                deed("1", EventType.VIEW, 0).sku("vase").category("home/vases").done(),
                deed("2", EventType.VIEW, 5).sku("bowl").done());
        assertThat(visit.comparedCategory()).isEqualTo("home/vases");
        assertThat(visit.compared()).isEqualTo(1);
        assertThat(visit.variantFamily()).isEqualTo("bowl");
    }

    @Test
    void thePaceIsTheTimeBetweenPages() {
        assertThat(after(view("phone", 0)).secondsPerPage()).isZero();
        Visit visit = after(
                deed("c", EventType.CATEGORY, 20).category("home").done(),
                deed("s", EventType.SEARCH, 60).query("blender").done(),
                deed("a", EventType.ADD_TO_CART, 100).sku("phone").done());
        assertThat(visit.pages()).isEqualTo(3);
        assertThat(visit.secondsPerPage()).isEqualTo(30);
        assertThat(visit.seconds()).isEqualTo(100);
    }

    @Test
    void savingShowsInSortsCouponsAndSalePages() {
        Visit visit = after(
                deed("1", EventType.CATEGORY, 0)
                        .category("sale")
                        .sort("price-asc")
                        .onSale()
                        .done(),
                deed("2", EventType.CATEGORY, 1)
                        .category("sale")
                        .sort("price-desc")
                        .done(),
                deed("3", EventType.COUPON, 2).done(),
                deed("4", EventType.VIEW, 3).sku("phone").onSale().done(),
                deed("5", EventType.SEARCH, 4)
                        .query("x")
                        .sort("price-asc")
                        .onSale()
                        .done());
        assertThat(visit.priceSorts()).isEqualTo(2);
        assertThat(visit.couponTries()).isEqualTo(1);
        assertThat(visit.salePages()).isEqualTo(2);
    }

    @Test
    void searchesAreTakenApartIntoWords() {
        Visit visit = after(
                deed("1", EventType.SEARCH, 0).query("Gifts for DAD, 50%").done(),
                deed("2", EventType.SEARCH, 1).query("Größe-2").done());
        assertThat(visit.searchWords()).containsExactlyInAnyOrder("gifts", "for", "dad", "50", "größe", "2");
        assertThat(visit.searches()).isEqualTo(2);
    }

    @Test
    void theFirstEventThatNamesASourceTellsIt() {
        assertThat(after(view("phone", 10)).source()).isEqualTo("direct");
        assertThat(after(
                                deed("b", EventType.VIEW, 20)
                                        .sku("phone")
                                        .from("email")
                                        .done(),
                                deed("c", EventType.VIEW, 30)
                                        .sku("phone")
                                        .from("social")
                                        .done())
                        .source())
                .isEqualTo("email");
        assertThat(after(deed("a", EventType.VIEW, 0)
                                .sku("phone")
                                .from("search-ads")
                                .done())
                        .source())
                .isEqualTo("search-ads");
    }

    @Test
    void theCartFollowsTheEvents() {
        after(
                deed("1", EventType.ADD_TO_CART, 0).sku("phone").at(900, 2).done(),
                deed("2", EventType.ADD_TO_CART, 1).sku("mat-blue").done(),
                deed("3", EventType.ADD_TO_CART, 2).sku("blender-a").done(),
                deed("4", EventType.REMOVE_FROM_CART, 3).sku("phone").done(),
                deed("5", EventType.REMOVE_FROM_CART, 4).sku("mat-blue").done(),
                deed("6", EventType.REMOVE_FROM_CART, 4).sku("mat-red").done());
        assertThat(trail.told(NOBODY, Set.of(), Instant.EPOCH).cart()).isEqualTo(Map.of("phone", 1, "blender-a", 1));
        after(deed("7", EventType.PURCHASE, 5).sku("phone").at(900, 1).done());
        assertThat(trail.told(NOBODY, Set.of(), Instant.EPOCH).cart()).isEqualTo(Map.of("blender-a", 1));
    }

    @Test
    void anEventCountsOnce() {
        after(view("phone", 0));
        assertThat(trail.add(view("phone", 0))).isFalse();
        assertThat(trail.told(NOBODY, Set.of(), Instant.EPOCH).visit().pages()).isEqualTo(1);
    }

    @Test
    void moreThanIdleMinutesBeginTheVisitAnew() {
        assertThat(after(view("phone", 0), view("mat-blue", 1800)).pages()).isEqualTo(2);
        Visit anew = after(view("mat-red", 3601));
        assertThat(anew.pages()).isEqualTo(1);
        assertThat(anew.seen()).containsExactly("mat-red");
    }

    @Test
    void theOrderInWhichEventsComeInDoesNotMatter() {
        List<Event> events = new ArrayList<>(List.of(
                deed("0", EventType.VIEW, -4000).sku("phone").from("email").done(),
                view("blender-a", 0),
                deed("f", EventType.VIEW, 5).sku("phone").from("social").by("s").done(),
                view("blender-b", 60),
                view("blender-a", 120),
                deed("c", EventType.ADD_TO_CART, 150).sku("blender-a").done(),
                deed("r", EventType.REMOVE_FROM_CART, 160).sku("blender-a").done(),
                deed("s", EventType.SEARCH, 1700).query("red mat").done(),
                view("mat-red", 3400)));
        LiveVisit inOrder = new LiveVisit(Shop.catalog(), Shop.config(500, 1));
        events.forEach(inOrder::add);
        assertThat(inOrder.told(NOBODY, Set.of(), Instant.EPOCH).visit().pages())
                .isEqualTo(6);
        assertThat(inOrder.told(NOBODY, Set.of(), Instant.EPOCH).visit().goingsBack())
                .isEqualTo(1);
        // the one that holds the visit together comes early: an event beyond a gap would begin it anew
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Event> shuffled = new ArrayList<>(events.subList(0, 7));
            Collections.shuffle(shuffled, random);
            shuffled.addAll(events.subList(7, 9));
            LiveVisit late = new LiveVisit(Shop.catalog(), Shop.config(500, 1));
            shuffled.forEach(late::add);
            assertThat(late.told(NOBODY, Set.of(), Instant.EPOCH))
                    .isEqualTo(inOrder.told(NOBODY, Set.of(), Instant.EPOCH));
        }
    }

    @Test
    void aLateEventOfAnEarlierVisitIsLeftOut() {
        after(view("phone", 0), view("mat-blue", -2000));
        assertThat(trail.told(NOBODY, Set.of(), Instant.EPOCH).visit().seen()).containsExactly("phone");
        assertThat(trail.knows(view("mat-blue", -2000))).isFalse();
    }

    @Test
    void theCountersGoOnWithoutTheEvents() {
        LiveVisit small = new LiveVisit(Shop.catalog(), Shop.config(3, 1));
        for (int i = 0; i < 10; i++) {
            small.add(view(i % 2 == 0 ? "phone" : "mat-blue", i * 10));
        }
        small.add(view("phone", 5));
        Visit visit = small.copy().told(NOBODY, Set.of(), Instant.EPOCH).visit();
        assertThat(visit.pages()).isEqualTo(11);
        assertThat(visit.goingsBack()).isEqualTo(9);
        assertThat(visit.seconds()).isEqualTo(90);
    }

    @Test
    void aBotThatLooksAtEverythingIsBounded() {
        LiveVisit small = new LiveVisit(Shop.catalog(), Shop.config(10, 1));
        for (int i = 0; i < 100; i++) {
            small.add(view("sku-" + i, i));
        }
        assertThat(small.told(NOBODY, Set.of(), Instant.EPOCH).visit().products())
                .isEqualTo(10);
        assertThat(small.told(NOBODY, Set.of(), Instant.EPOCH).visit().pages()).isEqualTo(100);
        assertThat(small.told(NOBODY, Set.of(), Instant.EPOCH).recent())
                .hasSize(20)
                .endsWith("sku-99");
    }

    @Test
    void aCopyLeavesTheVisitAlone() {
        after(view("phone", 0));
        LiveVisit copy = trail.copy();
        copy.add(view("mat-blue", 10));
        assertThat(trail.told(NOBODY, Set.of(), Instant.EPOCH).visit().seen()).containsExactly("phone");
        assertThat(copy.told(NOBODY, Set.of(), Instant.EPOCH).visit().seen()).contains("phone", "mat-blue");
    }

    private Visit told(VisitContext arrival, Set<String> shown, long seconds) {
        return trail.told(arrival, shown, Shop.NOON.plusSeconds(seconds)).visit();
    }

    @Test
    void whatTheShopSaysOfTheVisitIsUnitedWithWhatItSaysWithEvents() {
        after(
                deed("1", EventType.ADD_TO_CART, 0)
                        .sku("phone")
                        .tagged("gift-wrap", "b2b")
                        .done(),
                deed("2", EventType.COUPON, 1).tagged("gift-wrap").done());
        assertThat(told(NOBODY, Set.of(), 2).tags()).containsExactlyInAnyOrder("gift-wrap", "b2b");
        assertThat(told(new VisitContext("v", null, null, Set.of("other-address", "b2b")), Set.of(), 2)
                        .tags())
                .containsExactlyInAnyOrder("gift-wrap", "b2b", "other-address");
    }

    @Test
    void whatWasShownIsToldByDecisionsAndByImpressions() {
        after(deed("1", EventType.IMPRESSION, 0).sku("phone").done());
        assertThat(told(NOBODY, Set.of(), 1).shown()).containsExactly("phone");
        assertThat(told(NOBODY, Set.of("mat-red"), 1).shown()).containsExactlyInAnyOrder("phone", "mat-red");
        assertThat(told(NOBODY, Set.of("mat-red"), 1).seen()).isEmpty();
    }

    @Test
    void thePauseIsTheLongerOfTheLastTwo() {
        after(view("phone", 0), view("mat-red", 100));
        assertThat(told(NOBODY, Set.of(), 101).secondsIdle()).isEqualTo(100);
        assertThat(told(NOBODY, Set.of(), 250).secondsIdle()).isEqualTo(150);
        after(view("mat-blue", 300));
        assertThat(told(NOBODY, Set.of(), 300).secondsIdle()).isEqualTo(200);
    }

    @Test
    void whatWeShowEndsNoPause() {
        after(
                view("phone", 0),
                deed("i", EventType.IMPRESSION, 1).sku("mat-red").done(),
                view("mat-blue", 100),
                deed("j", EventType.IMPRESSION, 101).sku("mat-red").done());
        assertThat(told(NOBODY, Set.of(), 102).secondsIdle()).isEqualTo(100);
    }

    @Test
    void aLateEventIsPartOfThePauseInWhicheverWayItIsCounted() {
        after(view("phone", 0), view("mat-red", 100), view("mat-blue", 70));
        assertThat(told(NOBODY, Set.of(), 100).secondsIdle()).isEqualTo(30);
        assertThat(trail.copy()
                        .told(NOBODY, Set.of(), Shop.NOON.plusSeconds(100))
                        .visit()
                        .secondsIdle())
                .isEqualTo(30);
        LiveVisit small = new LiveVisit(Shop.catalog(), Shop.config(2, 1));
        List.of(view("phone", 0), view("phone", 10), view("mat-red", 100), view("mat-blue", 70))
                .forEach(small::add);
        assertThat(small.told(NOBODY, Set.of(), Shop.NOON.plusSeconds(100))
                        .visit()
                        .secondsIdle())
                .isEqualTo(30);
    }

    @Test
    void productPagesCountEachTimeAndCategoriesOnce() {
        Visit visit = after(
                view("mat-red", 0),
                view("mat-red", 1),
                view("mat-blue", 2),
                deed("s", EventType.SPEC_VIEW, 3).sku("phone").done(),
                deed("1", EventType.VIEW, 4)
                        .sku("brick")
                        .category("sport/yoga/blocks")
                        .done(),
                deed("2", EventType.VIEW, 5).sku("thing").done(),
                deed("c", EventType.CATEGORY, 6).category("garden").done(),
                deed("a", EventType.ADD_TO_CART, 7).sku("blender-a").done());
        assertThat(visit.productPages()).isEqualTo(5);
        assertThat(visit.products()).isEqualTo(5);
        assertThat(visit.categoriesSeen()).isEqualTo(3);
    }

    @Test
    void whatGoesIntoTheCartOutOfItAndToTheTillIsCounted() {
        Visit visit = after(
                deed("1", EventType.ADD_TO_CART, 0).sku("phone").at(900, 2).done(),
                deed("2", EventType.ADD_TO_CART, 1).sku("phone").done(),
                deed("3", EventType.REMOVE_FROM_CART, 2).sku("phone").done(),
                deed("4", EventType.PURCHASE, 3).sku("phone").at(900, 2).done());
        assertThat(visit.cartAdds()).isEqualTo(2);
        assertThat(visit.cartRemovals()).isEqualTo(1);
        assertThat(visit.purchases()).isEqualTo(1);
    }

    @Test
    void aGuestsOwnPurchasesAreToldForAsLongAsTheVisitGoesOn() {
        after(
                deed("1", EventType.PURCHASE, 0)
                        .sku("mat-blue")
                        .at(30, 2)
                        .order("o")
                        .done(),
                deed("2", EventType.PURCHASE, 1)
                        .sku("phone")
                        .at(900, 1)
                        .order("o")
                        .done(),
                view("mat-red", 1500),
                view("mat-red", 3000));
        Shopper guest = trail.told(NOBODY, Set.of(), Shop.NOON.plusSeconds(3000))
                .bought()
                .asGuest(Shop.NOON.plusSeconds(3000));
        assertThat(guest.orders()).isEqualTo(1);
        assertThat(guest.lifetimeValue()).isEqualTo(960);
        assertThat(guest.daysSinceLastPurchase()).isZero();
        assertThat(guest.lastPurchasePrice()).isEqualTo(900);
        assertThat(guest.lastPurchaseSku()).isEqualTo("phone");
        assertThat(guest.lastPurchaseCategory()).isEqualTo("electronics/phones");
        assertThat(guest.returning()).isFalse();
        assertThat(guest.visits()).isZero();
        after(deed("0", EventType.PURCHASE, -5).sku("mat-red").order("o").done());
        assertThat(trail.told(NOBODY, Set.of(), Shop.NOON).bought().spent()).isEqualTo(990);
        after(view("phone", 9000));
        assertThat(trail.told(NOBODY, Set.of(), Shop.NOON).bought().asGuest(Shop.NOON))
                .isEqualTo(Shopper.NEWCOMER);
    }

    @Test
    void thatAVisitIsForAGiftIsToldOnceAndIsNothingThatTheVisitorDid() {
        assertThat(trail.gift("v", "s", Shop.NOON)).isNull();
        after(view("phone", 0));
        assertThat(trail.gift("v", null, Shop.NOON)).isNull();
        assertThat(trail.gift("v", "s", Shop.NOON.plusSeconds(1801))).isNull();
        Event told = trail.gift("v", "s", Shop.NOON.plusSeconds(60));
        assertThat(told.shopper()).isEqualTo("s");
        LiveVisit.Told before = trail.told(NOBODY, Set.of(), Shop.NOON.plusSeconds(70));
        assertThat(trail.add(told)).isTrue();
        assertThat(trail.told(NOBODY, Set.of(), Shop.NOON.plusSeconds(70))).isEqualTo(before);
        assertThat(trail.add(told)).isFalse();
        assertThat(trail.gift("v", "s", Shop.NOON.plusSeconds(80))).isNull();
    }
}
