package dev.vitrine.demo;

import dev.vitrine.catalog.Product;
import dev.vitrine.visit.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Four weeks of visits. The shares give about 15 orders in 100 visits: more than most shops have, so that co-purchases can be
 * learnt from few visits.
 */
final class DemoHistory {
    static final int DAYS = 28;
    static final int VISITS = 3000;
    /** Letters of a word that are the same in its plural. */
    private static final int STEM = 5;

    private static final String FITS = "compatibleWith";
    private static final int SHOPPERS = 1100;
    private static final long SEED = 20_240_602;

    /** The ways of visiting, with their share of a hundred visits. */
    private enum Manner {
        BROWSE(33),
        COMPARE(18),
        DECIDE(13),
        SAVE(10),
        KIT(20),
        GIFT(6);

        private final int weight;

        Manner(int weight) {
            this.weight = weight;
        }
    }

    private record Weighted(String name, int weight) {}

    private static final List<Weighted> SOURCES = List.of(
            new Weighted("direct", 30),
            new Weighted("search", 25),
            new Weighted("search-ads", 17),
            new Weighted("social", 11),
            new Weighted("email", 12),
            new Weighted("referral", 5));
    private static final List<Weighted> SOURCES_OF_DECIDED_SHOPPERS =
            List.of(new Weighted("search-ads", 50), new Weighted("direct", 25), new Weighted("search", 25));
    private static final List<String> RECIPIENTS = List.of("dad", "mum", "him", "her", "a friend", "kids");

    private final DemoAssortment assortment;
    private final LocalDate referenceDay;
    private final List<Event> events;
    private final Chance chance = new Chance(SEED);
    /** What shoppers do beyond their plan. */
    private final Chance habits = new Chance(SEED + 1);

    private int orders;
    /** The first and the second interest of each shopper. */
    private final List<List<DemoInterest>> tastes = new ArrayList<>();

    DemoHistory(DemoAssortment assortment, LocalDate referenceDay, List<Event> events) {
        this.assortment = assortment;
        this.referenceDay = referenceDay;
        this.events = events;
        for (int i = 0; i < SHOPPERS; i++) {
            tastes.add(List.of(anyInterest(), anyInterest()));
        }
    }

    void write() {
        List<Instant> starts = new ArrayList<>();
        for (int i = 0; i < VISITS; i++) {
            starts.add(start());
        }
        starts.sort(Comparator.naturalOrder());
        for (int i = 0; i < VISITS; i++) {
            visit(String.format("demo-%04d", i + 1), starts.get(i));
        }
    }

    /** Mostly in the evening, and never after 22:00, so that no visit goes past midnight. */
    private Instant start() {
        int minute = Math.max(chance.between(6 * 60, 22 * 60), chance.between(6 * 60, 22 * 60));
        return referenceDay
                .minusDays(chance.between(1, DAYS))
                .atStartOfDay()
                .plusMinutes(minute)
                .toInstant(ZoneOffset.UTC)
                .plusSeconds(chance.between(0, 59));
    }

    private void visit(String name, Instant start) {
        int shopper = chance.mostlyLow(SHOPPERS);
        boolean known = chance.in(0.8);
        Manner manner = chance.oneOf(List.of(Manner.values()), choice -> choice.weight);
        DemoInterest interest =
                chance.in(0.08) ? anyInterest() : tastes.get(shopper).get(chance.in(0.75) ? 0 : 1);
        List<Weighted> sources = manner == Manner.DECIDE ? SOURCES_OF_DECIDED_SHOPPERS : SOURCES;
        int least = manner == Manner.COMPARE ? 25 : manner == Manner.DECIDE ? 6 : 10;
        Walk walk = new Walk(
                name,
                known ? String.format("shopper-%04d", shopper + 1) : null,
                chance.oneOf(sources, Weighted::weight).name(),
                start,
                () -> chance.between(least, least * 4),
                events);
        int ordersBefore = orders;
        switch (manner) {
            case BROWSE -> browse(walk, interest);
            case COMPARE -> compare(walk, interest);
            case DECIDE -> decide(walk, interest);
            case SAVE -> save(walk, interest);
            case KIT -> kit(walk, interest);
            case GIFT -> gift(walk, anyInterest());
        }
        if (orders > ordersBefore && known && manner != Manner.GIFT && habits.in(0.6)) {
            Instant later = start.plus(Duration.ofHours(habits.between(12, 14 * 24)));
            if (later.isBefore(referenceDay.atStartOfDay().toInstant(ZoneOffset.UTC))) {
                complete(
                        new Walk(
                                name + "-later", walk.shopper(), "direct", later, () -> habits.between(10, 40), events),
                        interest);
            }
        }
    }

    /** Some days after an order, looks for what is missing to it. */
    private void complete(Walk walk, DemoInterest interest) {
        for (int views = habits.between(2, 4); views > 0; views--) {
            String category = habits.popular(interest.companions());
            if (habits.in(0.3)) {
                walk.opens(category.split("#")[0]);
            }
            Product part = habits.popular(assortment.within(category, walk.at()));
            walk.views(part);
            if (habits.in(0.1)) {
                walk.takes(part).buys();
            }
        }
    }

    private void browse(Walk walk, DemoInterest interest) {
        String category = interest.anchor();
        Product product = enter(walk, interest);
        for (int views = chance.between(2, 11); views > 0; views--) {
            if (product != null && chance.in(0.35)) {
                category = chance.in(0.3) ? interest.anchor() : chance.popular(interest.companions());
                walk.opens(category.split("#")[0]);
            }
            product = popular(walk, category);
            walk.views(product);
        }
        if (chance.in(0.07)) {
            finish(walk.takes(product), interest, 0.4);
        }
    }

    /** Goes back and forth between three or four products of a kind, and reads their data sheets. */
    private void compare(Walk walk, DemoInterest interest) {
        enter(walk, interest);
        List<Product> compared = different(walk, interest.anchor(), chance.between(3, 4), any -> true);
        for (int round = 0; round < 2; round++) {
            for (Product product : compared) {
                if (round == 0 || chance.in(0.6)) {
                    walk.views(product);
                    if (chance.in(0.4)) {
                        walk.readsSpecification(product);
                    }
                }
            }
        }
        if (chance.in(0.3)) {
            compared.forEach(walk::compares);
        }
        if (chance.in(0.14)) {
            Product chosen = chance.popular(compared);
            finish(walk.views(chosen).takes(chosen), interest, 0.55);
        }
    }

    /** Goes straight to one product, and leaves. */
    private void decide(Walk walk, DemoInterest interest) {
        Product goal = popular(walk, interest.anchor());
        walk.views(goal);
        if (chance.in(0.2)) {
            walk.readsSpecification(goal);
        }
        if (chance.in(0.25)) {
            walk.takes(goal);
            if (chance.in(0.2)) {
                Product companion = popular(walk, chance.popular(interest.companions()));
                walk.views(companion).takes(companion);
            }
            finish(walk, interest, 0.8);
        }
    }

    /** Looks at sale pages, cheapest first, and tries a coupon. */
    private void save(Walk walk, DemoInterest interest) {
        List<String> categories = new ArrayList<>(interest.companions());
        categories.add(0, interest.anchor());
        List<Product> reduced = categories.stream()
                .flatMap(category -> assortment.within(category, walk.at()).stream())
                .filter(product -> product.listPrice() > product.price())
                .toList();
        walk.opensSale(interest.anchor());
        if (chance.in(0.7)) {
            walk.sortsByPrice(interest.anchor(), chance.in(0.5));
        }
        Product product = null;
        for (int views = chance.between(3, 7); views > 0; views--) {
            product = !reduced.isEmpty() && chance.in(0.7)
                    ? chance.oneOf(reduced)
                    : popular(walk, chance.popular(categories));
            walk.views(product);
            if (chance.in(0.2)) {
                walk.opensSale(chance.popular(categories));
            }
        }
        if (chance.in(0.14)) {
            walk.takes(product);
            if (chance.in(0.6)) {
                walk.triesCoupon();
            }
            finish(walk, interest, 0.5);
        }
    }

    /** Looks at a product, and then at what goes with it. */
    private void kit(Walk walk, DemoInterest interest) {
        enter(walk, interest);
        List<Product> wanted = new ArrayList<>();
        wanted.add(popular(walk, interest.anchor()));
        walk.views(wanted.get(0));
        if (chance.in(0.4)) {
            walk.views(popular(walk, interest.anchor()));
        }
        for (int parts = chance.between(2, 4); parts > 0; parts--) {
            String category = chance.popular(interest.companions());
            Product part = fitting(walk, category, wanted.get(0));
            if (chance.in(0.4)) {
                walk.opens(category.split("#")[0]);
            }
            walk.views(part);
            if (!wanted.contains(part)) {
                wanted.add(part);
            }
        }
        if (chance.in(0.5)) {
            wanted.stream().limit(chance.between(2, 3)).forEach(walk::takes);
            finish(walk, interest, 0.8);
        }
    }

    /** Looks for a present in a department that the visitor does not know. */
    private void gift(Walk walk, DemoInterest interest) {
        walk.searches("gifts for " + chance.oneOf(RECIPIENTS));
        List<String> categories = new ArrayList<>(interest.companions());
        categories.add(0, interest.anchor());
        List<Product> gifts = new ArrayList<>();
        for (String category : categories) {
            gifts.addAll(different(walk, category, 3, product -> product.tags().contains("gift")));
        }
        if (gifts.isEmpty()) {
            gifts.add(popular(walk, interest.anchor()));
        }
        Product product = gifts.get(0);
        for (int views = chance.between(2, 6); views > 0; views--) {
            product = chance.popular(gifts);
            walk.views(product);
        }
        if (chance.in(0.18)) {
            finish(walk.takes(product), interest, 0.6);
        }
    }

    /** Who searches looks at something that has the words in its name. */
    private Product enter(Walk walk, DemoInterest interest) {
        if (!chance.in(0.3)) {
            walk.opens(interest.anchor());
            return null;
        }
        String words = chance.popular(interest.searches());
        boolean byBrand = habits.in(0.15);
        List<Product> there = assortment.within(interest.anchor(), walk.at());
        String brand = habits.popular(there).brand();
        walk.searches(byBrand ? brand : words);
        List<Product> found = there.stream()
                .filter(product -> byBrand ? product.brand().equals(brand) : named(product, words))
                .toList();
        if (found.isEmpty() || !habits.in(0.9)) {
            return null;
        }
        Product product = habits.popular(found);
        walk.views(product);
        return product;
    }

    private static boolean named(Product product, String words) {
        String name = product.name().toLowerCase(Locale.ROOT);
        return Arrays.stream(words.split(" "))
                .anyMatch(word -> name.contains(word.substring(0, Math.min(STEM, word.length()))));
    }

    /** Many look for something that goes with what they have put into the cart, before they pay or leave. */
    private void finish(Walk walk, DemoInterest interest, double buying) {
        boolean pays = chance.in(buying);
        for (int looks = habits.between(0, 2); looks > 0; looks--) {
            Product companion = habits.popular(assortment.within(habits.popular(interest.companions()), walk.at()));
            walk.views(companion);
            if (pays && habits.in(0.2)) {
                walk.takes(companion);
            }
        }
        if (pays) {
            walk.buys();
            orders++;
        }
    }

    /** Nobody takes film that does not fit the camera; what the catalog says fits is taken first. */
    private Product fitting(Walk walk, String category, Product to) {
        List<Product> parts = assortment.within(category, walk.at());
        List<Product> fitting = parts.stream().filter(part -> fits(part, to)).toList();
        if (!fitting.isEmpty() && habits.in(0.8)) {
            return habits.popular(fitting);
        }
        List<Product> universal = parts.stream()
                .filter(part -> !part.attributes().containsKey(FITS))
                .toList();
        return chance.popular(universal.isEmpty() ? parts : universal);
    }

    private static boolean fits(Product part, Product to) {
        String fits = part.attributes().getOrDefault(FITS, "");
        return fits.equals(to.sku()) || fits.equals(to.family());
    }

    private DemoInterest anyInterest() {
        return chance.oneOf(DemoInterest.ALL, DemoInterest::weight);
    }

    private Product popular(Walk walk, String category) {
        return chance.popular(assortment.within(category, walk.at()));
    }

    /** Up to this many products of different families. */
    private List<Product> different(Walk walk, String category, int count, Predicate<Product> wanted) {
        List<Product> left = new ArrayList<>(
                assortment.within(category, walk.at()).stream().filter(wanted).toList());
        List<Product> chosen = new ArrayList<>();
        while (chosen.size() < count && !left.isEmpty()) {
            Product product = chance.popular(left);
            chosen.add(product);
            left.removeIf(other -> other.family().equals(product.family()));
        }
        return chosen;
    }
}
