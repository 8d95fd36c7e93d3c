package dev.vitrine.demo;

import dev.vitrine.visit.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What the six shoppers of the stories did before today. The requests in {@code stories/} continue their stories. */
final class StoryShoppers {
    private final DemoAssortment assortment;
    private final LocalDate referenceDay;
    private final List<Event> events;

    StoryShoppers(DemoAssortment assortment, LocalDate referenceDay, List<Event> events) {
        this.assortment = assortment;
        this.referenceDay = referenceDay;
        this.events = events;
    }

    void write() {
        gina();
        yuki();
        paul();
        clara();
        dirk();
        sally();
    }

    /** gift-for-dad: looks only at electronics, until her father's birthday. */
    private void gina() {
        Walk headphones = walk("gina-1", "gina", "search", 26, 40).opens("electronics/audio/headphones");
        view(headphones, "phones-over-black", "buds-air-white", "phones-studio");
        Walk speakers = walk("gina-2", "gina", "direct", 20, 35).opens("electronics/audio/speakers");
        view(speakers, "speaker-mini-blue", "speaker-home", "buds-air-black");
        view(walk("gina-3", "gina", "email", 12, 20), "buds-air-black")
                .takes(assortment.product("buds-air-black"))
                .buys();
        view(walk("gina-4", "gina", "direct", 7, 30), "laptop-13", "laptop-15", "sleeve-13in", "mouse-white");
        view(walk("gina-5", "gina", "direct", 2, 30), "laptop-13", "tablet-reader", "hub-usb");
    }

    /** yoga-five-colours: has just begun yoga, and needs a starter set more than a colour. */
    private void yuki() {
        view(walk("yuki-1", "yuki", "social", 6, 45).searches("yoga for beginners"), "mat-blue", "mat-green")
                .opens("sport/yoga/rollers");
    }

    /** new-phone: compared two phones, and bought the expensive one three days ago. */
    private void paul() {
        view(walk("paul-1", "paul", "search", 5, 60), "phone-nova-12", "phone-pico-8", "phone-nova-12")
                .readsSpecification(assortment.product("phone-nova-12"));
        view(walk("paul-2", "paul", "direct", 3, 25), "phone-nova-12")
                .takes(assortment.product("phone-nova-12"))
                .buys();
    }

    /** comparing-shoes: went back and forth slowly between the same shoes four days ago, and bought none. */
    private void clara() {
        Walk walk = walk("clara-1", "clara", "search", 4, 75).opens("sport/running/shoes");
        view(walk, "shoe-strider");
        walk.readsSpecification(assortment.product("shoe-strider"));
        view(walk, "shoe-glide");
        walk.readsSpecification(assortment.product("shoe-glide"));
        view(walk, "shoe-strider", "shoe-apex", "shoe-glide");
    }

    /** decided-kettle: comes from an advertisement, buys and leaves; the toaster took him a minute. */
    private void dirk() {
        view(walk("dirk-1", "dirk", "search-ads", 9, 15), "toaster-swift")
                .takes(assortment.product("toaster-swift"))
                .buys();
    }

    /** sale-hunter: buys only reduced products. */
    private void sally() {
        Walk bedding = walk("sally-1", "sally", "email", 22, 25).opensSale("home/bedroom/bedding");
        view(bedding.sortsByPrice("home/bedroom/bedding", true), "cotton-white", "cotton-blue")
                .takes(assortment.product("cotton-blue"))
                .triesCoupon()
                .buys();
        Walk shoes = walk("sally-2", "sally", "email", 15, 25).opensSale("sport/running/shoes");
        view(shoes.sortsByPrice("sport/running/shoes", true), "shoe-start", "cap-run");
        Walk pans = walk("sally-3", "sally", "direct", 8, 25).opensSale("home/kitchen/pans");
        view(pans, "pot-set", "pan-coated-24cm")
                .takes(assortment.product("pot-set"))
                .triesCoupon();
        pans.putsBack(assortment.product("pot-set"));
        view(walk("sally-4", "sally", "email", 3, 25).opensSale("electronics/wearables/watches"), "band-fitness")
                .takes(assortment.product("band-fitness"))
                .triesCoupon()
                .buys();
    }

    private Walk walk(String visit, String shopper, String source, int daysAgo, int pace) {
        Instant start = referenceDay.minusDays(daysAgo).atTime(18, 30).toInstant(ZoneOffset.UTC);
        return new Walk(visit, shopper, source, start, () -> pace, events);
    }

    private Walk view(Walk walk, String... skus) {
        for (String sku : skus) {
            walk.views(assortment.product(sku));
        }
        return walk;
    }
}
