package dev.vitrine.rulebook.assist;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.rulebook.assist.ShopValues.AttributeValues;
import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.search.ProductSearch;
import dev.vitrine.visit.StorefrontWords;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Counts what the catalog has. The counts of a small catalog are made again as soon as it has changed. Those of a large one are made
 * beside, and the answer has the ones before: nobody who types waits for a million products.
 */
@Singleton
final class CatalogValues implements ShopKnowledge {
    /** Of each kind. More than this is searched for, not listed. */
    private static final int KEPT_MAX = 10_000;

    /** An attribute with more different values, such as an article number, is no list to choose from. */
    private static final int VALUES_MAX = 200;

    private static final long QUICK_NANOS = 20_000_000;
    private static final Pattern NAMED = Pattern.compile("`([a-z][a-z-]*)`");

    /** What is counted of the catalog, and how long that took. */
    private record Counted(
            List<ShopValue> tags,
            List<ShopValue> categories,
            List<ShopValue> brands,
            List<AttributeValues> attributes,
            long nanos) {}

    private final Catalog catalog;
    private final ProductSearch search;
    private final StorefrontWords storefront;
    private final List<String> placements;
    private final List<KnownCampaigns> campaigns;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Counted counted;

    @Inject
    CatalogValues(
            Catalog catalog,
            ProductSearch search,
            StorefrontWords storefront,
            @ConfigProperty(name = "vitrine.decision.placements") List<String> placements,
            @All List<KnownCampaigns> campaigns) {
        this.catalog = catalog;
        this.search = search;
        this.storefront = storefront;
        this.placements = List.copyOf(placements);
        this.campaigns = campaigns;
        catalog.tell(products -> changed.set(true));
    }

    @Override
    public ShopValues values() {
        Counted now = current();
        return new ShopValues(
                now.tags,
                now.categories,
                now.brands,
                now.attributes,
                campaigns.stream().flatMap(some -> some.campaigns().stream()).toList(),
                listed(storefront.segments()),
                listed(storefront.contextKeys()),
                listed(storefront.countries()),
                listed(storefront.languages()),
                sources(),
                placements.stream().map(ShopValue::of).toList());
    }

    /** The sources that the manual names. The shop may have words of its own. */
    private static List<ShopValue> sources() {
        Matcher named = NAMED.matcher(Glossary.get().word("Visit", "source").meaning());
        return named.results().map(found -> ShopValue.of(found.group(1))).toList();
    }

    private static List<ShopValue> listed(Collection<String> words) {
        return words.stream().sorted().map(ShopValue::of).toList();
    }

    @Override
    public List<KnownProduct> products(String begun, int most) {
        Product exact = catalog.product(begun);
        return Stream.concat(
                        Stream.ofNullable(exact),
                        search.begun(begun, most).stream()
                                .map(catalog::product)
                                .filter(product -> product != null && !product.equals(exact)))
                .limit(most)
                .map(CatalogValues::known)
                .toList();
    }

    private static KnownProduct known(Product product) {
        String price =
                product.price() > 0 ? String.format(Locale.ROOT, "%.2f %s", product.price(), product.currency()) : null;
        return new KnownProduct(product.sku(), product.name(), product.category(), price);
    }

    private Counted current() {
        Counted last = counted;
        if (last == null || changed.get() && last.nanos < QUICK_NANOS) {
            return count();
        }
        if (changed.get() && counting.compareAndSet(false, true)) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    count();
                } finally {
                    counting.set(false);
                }
            });
        }
        return last;
    }

    private Counted count() {
        changed.set(false);
        long begin = System.nanoTime();
        Map<String, Integer> tags = new HashMap<>();
        Map<String, Integer> brands = new HashMap<>();
        Map<String, Integer> attributes = new HashMap<>();
        Map<String, Map<String, Integer>> values = new HashMap<>();
        for (Product product : catalog.products()) {
            product.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
            if (!product.brand().isEmpty()) {
                brands.merge(product.brand(), 1, Integer::sum);
            }
            product.attributes().forEach((name, value) -> {
                attributes.merge(name, 1, Integer::sum);
                Map<String, Integer> ofAttribute = values.computeIfAbsent(name, attribute -> new HashMap<>());
                if (ofAttribute.size() <= VALUES_MAX) {
                    ofAttribute.merge(value, 1, Integer::sum);
                }
            });
        }
        Map<String, Integer> categories = new HashMap<>();
        catalog.categories()
                .forEach(path -> categories.put(path, catalog.within(path).size()));
        List<AttributeValues> named = new ArrayList<>();
        mostFirst(attributes).forEach(attribute -> {
            Map<String, Integer> ofAttribute = values.get(attribute.value());
            named.add(new AttributeValues(
                    attribute.value(),
                    attribute.products(),
                    catalog.numericAttributes().contains(attribute.value()),
                    ofAttribute.size() > VALUES_MAX ? List.of() : mostFirst(ofAttribute)));
        });
        Counted now = new Counted(
                mostFirst(tags), mostFirst(categories), mostFirst(brands), named, System.nanoTime() - begin);
        counted = now;
        return now;
    }

    private static List<ShopValue> mostFirst(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(KEPT_MAX)
                .map(one -> new ShopValue(one.getKey(), one.getValue(), null))
                .toList();
    }
}
