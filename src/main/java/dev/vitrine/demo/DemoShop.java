package dev.vitrine.demo;

import dev.vitrine.catalog.Product;
import dev.vitrine.visit.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The demo shop on a day. On another day the same events have the same ids at other times, so loaded twice, they count once;
 * the oldest comes first.
 */
public record DemoShop(List<Product> products, List<Event> events) {
    /** What a reader can see in the shop: each is a request body for {@code POST /decisions}, see {@link #story}. */
    public static final List<String> STORIES = List.of(
            "gift-for-dad", "yoga-five-colours", "new-phone", "comparing-shoes", "decided-kettle", "sale-hunter");

    public DemoShop {
        products = List.copyOf(products);
        events = List.copyOf(events);
    }

    /** Generates the shop, the same on every machine. All events are before the day, which begins at midnight UTC. */
    public static DemoShop generate(LocalDate referenceDay) {
        DemoAssortment assortment = DemoAssortment.on(referenceDay);
        List<Event> events = new ArrayList<>();
        new DemoHistory(assortment, referenceDay, events).write();
        new StoryShoppers(assortment, referenceDay, events).write();
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::id));
        return new DemoShop(assortment.products(), events);
    }

    /** The request that continues a story today. */
    public static String story(String name) {
        return text("stories/" + name + ".json");
    }

    static String text(String resource) {
        try (InputStream in = DemoShop.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("the demo shop has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
