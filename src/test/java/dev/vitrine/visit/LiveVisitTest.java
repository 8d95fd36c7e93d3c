package dev.vitrine.visit;

import static dev.vitrine.visit.Shop.event;
import static dev.vitrine.visit.Shop.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
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
    private static final VisitContext NOBODY =
            new VisitContext("v", null, null, Set.of(), Circumstances.UNKNOWN, Set.of());
    private final LiveVisit live = new LiveVisit(Shop.catalog(), Shop.config(500, 1));

    private Visit after(Event... events) {
        for (Event event : events) {
            live.add(event);
        }
        return live.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit();
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
        assertThat(live.snapshot(NOBODY, Set.of(), Instant.EPOCH).recent())
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
                event("s", EventType.SPEC_VIEW, 5).sku("blender-b").build(),
                event("c", EventType.COMPARE, 6).sku("blender-c").build(),
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
    void ofEqualGroupsTheOneLookedAtLastCounts() {
        assertThat(after(view("blender-a", 0), view("phone", 10)).comparedCategory())
                .isEqualTo("electronics/phones");
        Visit visit = after(view("blender-a", 20));
        assertThat(visit.comparedCategory()).isEqualTo("home/kitchen/blenders");
        assertThat(visit.variantFamily()).isEqualTo("blender-a");
    }

    @Test
    void aProductThatTheCatalogLacksIsInTheCategoryOfTheEvent() {
        Visit visit = after(
                event("1", EventType.VIEW, 0).sku("vase").category("home/vases").build(),
                event("2", EventType.VIEW, 5).sku("bowl").build());
        assertThat(visit.comparedCategory()).isEqualTo("home/vases");
        assertThat(visit.compared()).isEqualTo(1);
        assertThat(visit.variantFamily()).isEqualTo("bowl");
    }

    @Test
    void thePaceIsTheTimeBetweenPages() {
        assertThat(after(view("phone", 0)).secondsPerPage()).isZero();
        Visit visit = after(
                event("c", EventType.CATEGORY, 20).category("home").build(),
                event("s", EventType.SEARCH, 60).query("blender").build(),
                event("a", EventType.ADD_TO_CART, 100).sku("phone").build());
        assertThat(visit.pages()).isEqualTo(3);
        assertThat(visit.secondsPerPage()).isEqualTo(30);
        assertThat(visit.seconds()).isEqualTo(100);
    }

    @Test
    void priceSortsCouponsAndSalePagesAreCounted() {
        Visit visit = after(
                event("1", EventType.CATEGORY, 0)
                        .category("sale")
                        .sort("price-asc")
                        .sale(true)
                        .build(),
                event("2", EventType.CATEGORY, 1)
                        .category("sale")
                        .sort("price-desc")
                        .build(),
                event("3", EventType.COUPON, 2).build(),
                event("4", EventType.VIEW, 3).sku("phone").sale(true).build(),
                event("5", EventType.SEARCH, 4)
                        .query("x")
                        .sort("price-asc")
                        .sale(true)
                        .build());
        assertThat(visit.priceSorts()).isEqualTo(2);
        assertThat(visit.couponTries()).isEqualTo(1);
        assertThat(visit.salePages()).isEqualTo(2);
    }

    @Test
    void searchesAreSplitIntoWords() {
        Visit visit = after(
                event("1", EventType.SEARCH, 0).query("Gifts for DAD, 50%").build(),
                event("2", EventType.SEARCH, 1).query("Größe-2").build());
        assertThat(visit.searchWords()).containsExactlyInAnyOrder("gifts", "for", "dad", "50", "größe", "2");
        assertThat(visit.searches()).isEqualTo(2);
    }

    @Test
    void theSourceIsThatOfTheFirstEventThatNamesOne() {
        assertThat(after(view("phone", 10)).source()).isEqualTo("direct");
        assertThat(after(
                                event("b", EventType.VIEW, 20)
                                        .sku("phone")
                                        .source("email")
                                        .build(),
                                event("c", EventType.VIEW, 30)
                                        .sku("phone")
                                        .source("social")
                                        .build())
                        .source())
                .isEqualTo("email");
        assertThat(after(event("a", EventType.VIEW, 0)
                                .sku("phone")
                                .source("search-ads")
                                .build())
                        .source())
                .isEqualTo("search-ads");
    }

    @Test
    void theCartFollowsTheEvents() {
        after(
                event("1", EventType.ADD_TO_CART, 0)
                        .sku("phone")
                        .price(900)
                        .quantity(2)
                        .build(),
                event("2", EventType.ADD_TO_CART, 1).sku("mat-blue").build(),
                event("3", EventType.ADD_TO_CART, 2).sku("blender-a").build(),
                event("4", EventType.REMOVE_FROM_CART, 3).sku("phone").build(),
                event("5", EventType.REMOVE_FROM_CART, 4).sku("mat-blue").build(),
                event("6", EventType.REMOVE_FROM_CART, 4).sku("mat-red").build());
        assertThat(live.snapshot(NOBODY, Set.of(), Instant.EPOCH).cart()).isEqualTo(Map.of("phone", 1, "blender-a", 1));
        after(event("7", EventType.PURCHASE, 5)
                .sku("phone")
                .price(900)
                .quantity(1)
                .build());
        assertThat(live.snapshot(NOBODY, Set.of(), Instant.EPOCH).cart()).isEqualTo(Map.of("blender-a", 1));
    }

    @Test
    void anEventCountsOnce() {
        after(view("phone", 0));
        assertThat(live.add(view("phone", 0))).isFalse();
        assertThat(live.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().pages())
                .isEqualTo(1);
    }

    @Test
    void anEventAfterTheIdleTimeStartsAnotherVisit() {
        assertThat(after(view("phone", 0), view("mat-blue", 1800)).pages()).isEqualTo(2);
        Visit another = after(view("mat-red", 3601));
        assertThat(another.pages()).isEqualTo(1);
        assertThat(another.seen()).containsExactly("mat-red");
    }

    @Test
    void theOrderInWhichEventsArriveDoesNotMatter() {
        List<Event> events = new ArrayList<>(List.of(
                event("0", EventType.VIEW, -4000).sku("phone").source("email").build(),
                view("blender-a", 0),
                event("f", EventType.VIEW, 5)
                        .sku("phone")
                        .source("social")
                        .shopper("s")
                        .build(),
                view("blender-b", 60),
                view("blender-a", 120),
                event("c", EventType.ADD_TO_CART, 150).sku("blender-a").build(),
                event("r", EventType.REMOVE_FROM_CART, 160).sku("blender-a").build(),
                event("s", EventType.SEARCH, 1700).query("red mat").build(),
                view("mat-red", 3400)));
        LiveVisit inOrder = new LiveVisit(Shop.catalog(), Shop.config(500, 1));
        events.forEach(inOrder::add);
        assertThat(inOrder.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().pages())
                .isEqualTo(6);
        assertThat(inOrder.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().goingsBack())
                .isEqualTo(1);
        // the last two stay last: an event after a gap of more than the idle time would start another visit
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Event> shuffled = new ArrayList<>(events.subList(0, 7));
            Collections.shuffle(shuffled, random);
            shuffled.addAll(events.subList(7, 9));
            LiveVisit late = new LiveVisit(Shop.catalog(), Shop.config(500, 1));
            shuffled.forEach(late::add);
            assertThat(late.snapshot(NOBODY, Set.of(), Instant.EPOCH))
                    .isEqualTo(inOrder.snapshot(NOBODY, Set.of(), Instant.EPOCH));
        }
    }

    @Test
    void aLateEventOfAnEarlierVisitIsLeftOut() {
        after(view("phone", 0), view("mat-blue", -2000));
        assertThat(live.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().seen())
                .containsExactly("phone");
        assertThat(live.knows(view("mat-blue", -2000))).isFalse();
    }

    @Test
    void theCountersGoOnWithoutTheOldestEvents() {
        LiveVisit small = new LiveVisit(Shop.catalog(), Shop.config(3, 1));
        for (int i = 0; i < 10; i++) {
            small.add(view(i % 2 == 0 ? "phone" : "mat-blue", i * 10));
        }
        small.add(view("phone", 5));
        Visit visit = small.copy().snapshot(NOBODY, Set.of(), Instant.EPOCH).visit();
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
        assertThat(small.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().products())
                .isEqualTo(10);
        assertThat(small.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().pages())
                .isEqualTo(100);
        assertThat(small.snapshot(NOBODY, Set.of(), Instant.EPOCH).recent())
                .hasSize(20)
                .endsWith("sku-99");
    }

    @Test
    void aCopyLeavesTheVisitAlone() {
        after(view("phone", 0));
        LiveVisit copy = live.copy();
        copy.add(view("mat-blue", 10));
        assertThat(live.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().seen())
                .containsExactly("phone");
        assertThat(copy.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().seen())
                .contains("phone", "mat-blue");
    }

    private Visit visitAt(VisitContext context, Set<String> shown, long seconds) {
        return live.snapshot(context, shown, Shop.NOON.plusSeconds(seconds)).visit();
    }

    @Test
    void tagsOfTheRequestAndOfEventsAreUnited() {
        after(
                event("1", EventType.ADD_TO_CART, 0)
                        .sku("phone")
                        .tags(Set.of("gift-wrap", "b2b"))
                        .build(),
                event("2", EventType.COUPON, 1).tags(Set.of("gift-wrap")).build());
        assertThat(visitAt(NOBODY, Set.of(), 2).tags()).containsExactlyInAnyOrder("gift-wrap", "b2b");
        assertThat(visitAt(
                                new VisitContext(
                                        "v",
                                        null,
                                        null,
                                        Set.of("other-address", "b2b"),
                                        Circumstances.UNKNOWN,
                                        Set.of()),
                                Set.of(),
                                2)
                        .tags())
                .containsExactlyInAnyOrder("gift-wrap", "b2b", "other-address");
    }

    @Test
    void shownSkusComeFromDecisionsAndImpressions() {
        after(event("1", EventType.IMPRESSION, 0).sku("phone").build());
        assertThat(visitAt(NOBODY, Set.of(), 1).shown()).containsExactly("phone");
        assertThat(visitAt(NOBODY, Set.of("mat-red"), 1).shown()).containsExactlyInAnyOrder("phone", "mat-red");
        assertThat(visitAt(NOBODY, Set.of("mat-red"), 1).seen()).isEmpty();
    }

    @Test
    void thePauseIsTheLongerOfTheLastTwo() {
        after(view("phone", 0), view("mat-red", 100));
        assertThat(visitAt(NOBODY, Set.of(), 101).secondsIdle()).isEqualTo(100);
        assertThat(visitAt(NOBODY, Set.of(), 250).secondsIdle()).isEqualTo(150);
        after(view("mat-blue", 300));
        assertThat(visitAt(NOBODY, Set.of(), 300).secondsIdle()).isEqualTo(200);
    }

    @Test
    void anImpressionEndsNoPause() {
        after(
                view("phone", 0),
                event("i", EventType.IMPRESSION, 1).sku("mat-red").build(),
                view("mat-blue", 100),
                event("j", EventType.IMPRESSION, 101).sku("mat-red").build());
        assertThat(visitAt(NOBODY, Set.of(), 102).secondsIdle()).isEqualTo(100);
    }

    @Test
    void aLateEventShortensThePauseHoweverItIsCounted() {
        after(view("phone", 0), view("mat-red", 100), view("mat-blue", 70));
        assertThat(visitAt(NOBODY, Set.of(), 100).secondsIdle()).isEqualTo(30);
        assertThat(live.copy()
                        .snapshot(NOBODY, Set.of(), Shop.NOON.plusSeconds(100))
                        .visit()
                        .secondsIdle())
                .isEqualTo(30);
        LiveVisit small = new LiveVisit(Shop.catalog(), Shop.config(2, 1));
        List.of(view("phone", 0), view("phone", 10), view("mat-red", 100), view("mat-blue", 70))
                .forEach(small::add);
        assertThat(small.snapshot(NOBODY, Set.of(), Shop.NOON.plusSeconds(100))
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
                event("s", EventType.SPEC_VIEW, 3).sku("phone").build(),
                event("1", EventType.VIEW, 4)
                        .sku("brick")
                        .category("sport/yoga/blocks")
                        .build(),
                event("2", EventType.VIEW, 5).sku("thing").build(),
                event("c", EventType.CATEGORY, 6).category("garden").build(),
                event("a", EventType.ADD_TO_CART, 7).sku("blender-a").build());
        assertThat(visit.productPages()).isEqualTo(5);
        assertThat(visit.products()).isEqualTo(5);
        assertThat(visit.categoriesSeen()).isEqualTo(3);
    }

    @Test
    void cartAddsCartRemovalsAndPurchasesAreCounted() {
        Visit visit = after(
                event("1", EventType.ADD_TO_CART, 0)
                        .sku("phone")
                        .price(900)
                        .quantity(2)
                        .build(),
                event("2", EventType.ADD_TO_CART, 1).sku("phone").build(),
                event("3", EventType.REMOVE_FROM_CART, 2).sku("phone").build(),
                event("4", EventType.PURCHASE, 3)
                        .sku("phone")
                        .price(900)
                        .quantity(2)
                        .build());
        assertThat(visit.cartAdds()).isEqualTo(2);
        assertThat(visit.cartRemovals()).isEqualTo(1);
        assertThat(visit.purchases()).isEqualTo(1);
    }

    @Test
    void aGuestsPurchasesAreKnownUntilTheVisitEnds() {
        after(
                event("1", EventType.PURCHASE, 0)
                        .sku("mat-blue")
                        .price(30)
                        .quantity(2)
                        .order("o")
                        .build(),
                event("2", EventType.PURCHASE, 1)
                        .sku("phone")
                        .price(900)
                        .quantity(1)
                        .order("o")
                        .build(),
                view("mat-red", 1500),
                view("mat-red", 3000));
        Shopper guest = live.snapshot(NOBODY, Set.of(), Shop.NOON.plusSeconds(3000))
                .bought()
                .asGuest(Set.of(), Shop.NOON.plusSeconds(3000));
        assertThat(guest.orders()).isEqualTo(1);
        assertThat(guest.lifetimeValue()).isEqualTo(960);
        assertThat(guest.daysSinceLastPurchase()).isZero();
        assertThat(guest.lastPurchasePrice()).isEqualTo(900);
        assertThat(guest.lastPurchaseSku()).isEqualTo("phone");
        assertThat(guest.lastPurchaseCategory()).isEqualTo("electronics/phones");
        assertThat(guest.returning()).isFalse();
        assertThat(guest.visits()).isZero();
        after(event("0", EventType.PURCHASE, -5).sku("mat-red").order("o").build());
        assertThat(live.snapshot(NOBODY, Set.of(), Shop.NOON).bought().spent()).isEqualTo(990);
        after(view("phone", 9000));
        assertThat(live.snapshot(NOBODY, Set.of(), Shop.NOON).bought().asGuest(Set.of(), Shop.NOON))
                .isEqualTo(Shopper.NEWCOMER);
    }

    @Test
    void whatIsForgottenCountsNoMoreAndWhatCameLaterStays() {
        after(
                event("1", EventType.PURCHASE, 0)
                        .sku("phone")
                        .price(900)
                        .shopper("s")
                        .build(),
                view("mat-red", 100),
                view("mat-blue", 101));
        assertThat(live.forget(Shop.NOON.plusSeconds(100))).isTrue();
        LiveVisit.VisitFacts facts = live.snapshot(NOBODY, Set.of(), Shop.NOON.plusSeconds(102));
        assertThat(facts.recent()).containsExactly("mat-blue");
        assertThat(facts.shopper()).isNull();
        assertThat(facts.bought().orders()).isZero();
        assertThat(live.forget(Shop.NOON.plusSeconds(100)))
                .as("again, with nothing left of before")
                .isTrue();
        assertThat(live.forget(Shop.NOON.plusSeconds(101))).isFalse();

        LiveVisit small = new LiveVisit(Shop.catalog(), Shop.config(2, 1));
        List.of(view("phone", 0), view("mat-red", 100), view("mat-blue", 101)).forEach(small::add);
        assertThat(small.forget(Shop.NOON))
                .as("counts events that it does not have any more")
                .isFalse();
    }

    @Test
    void theMarkOfAGiftVisitIsRecordedOnceAndChangesNoFact() {
        assertThat(live.gift("v", "s", Shop.NOON)).isEmpty();
        after(view("phone", 0));
        assertThat(live.gift("v", null, Shop.NOON)).isEmpty();
        assertThat(live.gift("v", "s", Shop.NOON.plusSeconds(1801))).isEmpty();
        Event gift = live.gift("v", "s", Shop.NOON.plusSeconds(60)).orElseThrow();
        assertThat(gift.shopper()).isEqualTo("s");
        LiveVisit.VisitFacts before = live.snapshot(NOBODY, Set.of(), Shop.NOON.plusSeconds(70));
        assertThat(live.add(gift)).isTrue();
        assertThat(live.snapshot(NOBODY, Set.of(), Shop.NOON.plusSeconds(70))).isEqualTo(before);
        assertThat(live.add(gift)).isFalse();
        assertThat(live.gift("v", "s", Shop.NOON.plusSeconds(80))).isEmpty();
    }

    @Test
    void aRecountUsesTheProductsOfTheCatalogThatHasLoadedMeanwhile() {
        Catalog late = new Catalog();
        LiveVisit early = new LiveVisit(late, Shop.config(500, 1));
        early.add(view("mat-blue", 0));
        early.add(event("p", EventType.PURCHASE, 10).sku("mat-red").build());
        late.put(List.copyOf(Shop.catalog().products()));
        early.recount();
        after(
                view("mat-blue", 0),
                event("p", EventType.PURCHASE, 10).sku("mat-red").build());
        assertThat(early.snapshot(NOBODY, Set.of(), Instant.EPOCH))
                .isEqualTo(live.snapshot(NOBODY, Set.of(), Instant.EPOCH));
        assertThat(early.snapshot(NOBODY, Set.of(), Instant.EPOCH).visit().variantFamily())
                .isEqualTo("mat");
    }
}
