package dev.vitrine.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.problem.Json;
import dev.vitrine.visit.Event;
import dev.vitrine.visit.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DemoShopTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 15);
    private static final Instant MIDNIGHT = DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final DemoShop SHOP = DemoShop.generate(DAY);

    @Test
    void theShopIsTheSameEveryTime() {
        assertThat(DemoShop.generate(DAY)).isEqualTo(SHOP);
    }

    @Test
    void anotherDayHasTheSameEventsAtLaterTimes() {
        List<Event> later = DemoShop.generate(DAY.plusDays(10)).events();

        assertThat(later.size()).isEqualTo(SHOP.events().size());
        for (int i = 0; i < later.size(); i++) {
            Event event = SHOP.events().get(i);
            assertThat(later.get(i).id()).isEqualTo(event.id());
            assertThat(later.get(i).sku()).isEqualTo(event.sku());
            assertThat(later.get(i).at()).isEqualTo(event.at().plus(Duration.ofDays(10)));
        }
        assertThat(SHOP.events().stream().map(Event::id).distinct().count()).isEqualTo(later.size());
    }

    @Test
    void itIsASmallShopWithWeeksOfVisits() {
        assertThat(SHOP.products()).hasSizeBetween(280, 320);
        assertThat(of(Kind.ARTICLE)).hasSizeBetween(6, 8);
        assertThat(of(Kind.BUNDLE)).hasSizeBetween(6, 12);
        assertThat(SHOP.events().size()).isBetween(20_000, 30_000);
        assertThat(SHOP.events().stream().map(Event::visit).distinct().count()).isBetween(3000L, 3300L);
        assertThat(SHOP.events().stream().map(Event::type).collect(toSet()))
                .contains(EventType.VIEW, EventType.CATEGORY, EventType.SEARCH, EventType.SPEC_VIEW)
                .contains(EventType.ADD_TO_CART, EventType.PURCHASE, EventType.COUPON, EventType.COMPARE);
        long orders = SHOP.events().stream()
                .map(Event::order)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        assertThat(orders).isBetween(350L, 600L);
    }

    @Test
    void eventsAreInTheFourWeeksBeforeTheDay() {
        assertThat(SHOP.events()).allMatch(event -> event.at().isBefore(MIDNIGHT));
        assertThat(SHOP.events().get(0).at()).isAfter(MIDNIGHT.minus(Duration.ofDays(28)));
        assertThat(SHOP.events()).isSortedAccordingTo(Comparator.comparing(Event::at));
    }

    @Test
    void everySkuExistsAndWasOnSaleWhenItWasSeen() {
        Map<String, Product> products = bySku();
        for (Event event : SHOP.events()) {
            if (event.sku() != null) {
                assertThat(products).containsKey(event.sku());
                assertThat(products.get(event.sku()).launchedAt()).isBeforeOrEqualTo(event.at());
            } else {
                assertThat(event.type()).isIn(EventType.CATEGORY, EventType.SEARCH, EventType.COUPON);
            }
        }
        for (Product bundle : of(Kind.BUNDLE)) {
            assertThat(bundle.parts()).hasSizeGreaterThan(1).allMatch(products::containsKey);
            assertThat(bundle.price()).isLessThan(bundle.listPrice());
        }
    }

    @Test
    void everyInterestNamesCategoriesWithProducts() {
        Set<String> categories = SHOP.products().stream().map(Product::category).collect(toSet());
        for (DemoInterest interest : DemoInterest.ALL) {
            assertThat(categories)
                    .contains(interest.anchor())
                    .containsAll(interest.companions().stream()
                            .map(companion -> companion.split("#")[0])
                            .toList());
        }
    }

    @Test
    void pricesAreValidAndSomeProductsAreNewSoldOutOrReduced() {
        assertThat(SHOP.products())
                .filteredOn(product -> product.kind() != Kind.ARTICLE)
                .allMatch(product -> product.price() > 0 && product.listPrice() >= product.price())
                .allMatch(product -> product.cost() > 0 && product.margin() > 0 && product.margin() < 1);
        assertThat(SHOP.products()).filteredOn(product -> product.stock() == 0).hasSizeBetween(3, 15);
        assertThat(SHOP.products())
                .filteredOn(product -> product.launchedAt().isAfter(MIDNIGHT.minus(Duration.ofDays(14))))
                .hasSizeBetween(5, 20);
        assertThat(SHOP.products())
                .filteredOn(product -> product.tags().contains("clearance"))
                .hasSizeGreaterThan(10)
                .allMatch(product -> product.listPrice() > product.price());
        assertThat(SHOP.products())
                .filteredOn(product -> product.family().equals("yoga-mat"))
                .hasSize(5);
    }

    @Test
    void shoppersWhoLookAtAYogaMatMostlyLookAtYogaProducts() {
        Map<String, Integer> together = new HashMap<>();
        SHOP.events().stream()
                .filter(event -> event.type() == EventType.VIEW)
                .collect(groupingBy(Event::visit))
                .values()
                .stream()
                .map(visit -> visit.stream().map(Event::sku).collect(toSet()))
                .filter(skus -> skus.contains("mat-blue"))
                .forEach(skus -> skus.forEach(sku -> together.merge(sku, 1, Integer::sum)));

        List<String> best = together.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .limit(8)
                .toList();
        assertThat(best).allMatch(sku -> bySku().get(sku).category().startsWith("sport/yoga/"));
        assertThat(best).contains("roller-classic");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyStoryIsARequestAboutAKnownShopperAndRealProducts(String story) throws JsonProcessingException {
        JsonNode request = Json.MAPPER.readTree(DemoShop.story(story));
        JsonNode visit = request.get("visit");
        Map<String, Product> products = bySku();

        assertThat(request.get("placement").asText()).isEqualTo("product-page");
        assertThat(visit.get("id").asText()).isEqualTo(story);
        assertThat(ofShopper(visit.get("shopper").asText())).isNotEmpty();
        assertThat(products).containsKey(visit.at("/page/sku").asText());
        for (JsonNode event : visit.get("events")) {
            Json.read(event.get("type"), EventType.class, "type");
            assertThat(event.path("sku").isMissingNode()
                            || products.containsKey(event.get("sku").asText()))
                    .isTrue();
        }
    }

    static List<String> stories() {
        return DemoShop.STORIES;
    }

    @Test
    void theShopperWhoLooksForAGiftHasSeenOnlyElectronics() {
        assertThat(ofShopper("gina"))
                .filteredOn(event -> event.sku() != null)
                .hasSizeGreaterThan(10)
                .allMatch(event -> bySku().get(event.sku()).category().startsWith("electronics/"));
    }

    @Test
    void theNewPhoneIsExpensiveAndThreeDaysOld() {
        Event purchase = ofShopper("paul").stream()
                .filter(event -> event.type() == EventType.PURCHASE)
                .findFirst()
                .orElseThrow();

        assertThat(purchase.price()).isGreaterThan(300);
        assertThat(purchase.at().atZone(ZoneOffset.UTC).toLocalDate()).isEqualTo(DAY.minusDays(3));
        assertThat(SHOP.products())
                .filteredOn(product -> product.category().equals("electronics/phones/cases"))
                .anyMatch(product -> product.price() < purchase.price() * 0.1)
                .anyMatch(product -> product.price() > purchase.price() * 0.1);
    }

    @Test
    void theComparingShopperWentBackAndForth() {
        List<String> viewed = ofShopper("clara").stream()
                .filter(event -> event.type() == EventType.VIEW)
                .map(Event::sku)
                .toList();

        assertThat(viewed).startsWith("shoe-strider", "shoe-glide", "shoe-strider");
        assertThat(ofShopper("clara")).anyMatch(event -> event.type() == EventType.SPEC_VIEW);
    }

    @Test
    void theSaleHunterBuysOnlyReducedProducts() {
        assertThat(ofShopper("sally"))
                .anyMatch(Event::sale)
                .anyMatch(event -> event.type() == EventType.COUPON)
                .anyMatch(event -> "price-asc".equals(event.sort()))
                .filteredOn(event -> event.type() == EventType.PURCHASE)
                .isNotEmpty()
                .allMatch(event -> bySku().get(event.sku()).price()
                        < bySku().get(event.sku()).listPrice());
    }

    private static List<Event> ofShopper(String shopper) {
        return SHOP.events().stream()
                .filter(event -> shopper.equals(event.shopper()))
                .toList();
    }

    private static List<Product> of(Kind kind) {
        return SHOP.products().stream()
                .filter(product -> product.kind() == kind)
                .toList();
    }

    private static Map<String, Product> bySku() {
        Map<String, Product> products = new HashMap<>();
        SHOP.products().forEach(product -> products.put(product.sku(), product));
        return products;
    }
}
