package dev.vitrine.catalog;

import dev.vitrine.merchandising.Kind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All products, in memory. Reading takes no lock; each list is immutable, ordered by sku, and costs nothing to get. */
@Singleton
public final class Catalog {
    private final ConcurrentHashMap<String, Product> products = new ConcurrentHashMap<>();
    private final Index families = new Index(product -> List.of(product.family()));
    private final Index categories = new Index(product -> pathAndAbove(product.category()));
    private final Index parts =
            new Index(product -> product.kind() == Kind.BUNDLE ? List.copyOf(product.parts()) : List.of());
    private final Index articles =
            new Index(product -> product.kind() == Kind.ARTICLE ? pathAndAbove(product.category()) : List.of());
    private final WordCounts<String> tags = new WordCounts<>(product -> product.tags());
    private final WordCounts<String> brands =
            new WordCounts<>(product -> product.brand().isEmpty() ? List.of() : List.of(product.brand()));
    private final WordCounts<String> attributes =
            new WordCounts<>(product -> product.attributes().keySet());
    private final WordCounts<String> numericAttributes = new WordCounts<>(Product::numericAttributes);
    private final WordCounts<Product.AttributeUnit> attributeUnits = new WordCounts<>(Product::attributeUnits);
    private final PriceLevels priceLevels = new PriceLevels();
    private final AtomicInteger sellable = new AtomicInteger();
    private final List<Consumer<Collection<Product>>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean loaded;

    /** Whether the stored products are here. They come after the start where the database does. */
    public boolean isLoaded() {
        return loaded;
    }

    public void markLoaded() {
        loaded = true;
    }

    /** The product of this sku, or null. */
    public Product product(String sku) {
        return sku == null ? null : products.get(sku);
    }

    /** All products; a live view. */
    public Collection<Product> products() {
        return Collections.unmodifiableCollection(products.values());
    }

    /** How many products and bundles are in stock, which is the size of the shop. */
    public int sellable() {
        return sellable.get();
    }

    public List<Product> family(String family) {
        return families.of(family);
    }

    /** The products of this category and of all below it; none for "". */
    public List<Product> within(String categoryPath) {
        return categories.of(categoryPath);
    }

    public List<Product> bundlesWith(String skuOrFamily) {
        // by way of the family's members, because a part may be stored later than its bundle
        Map<String, Product> bundles = new LinkedHashMap<>();
        parts.of(skuOrFamily).forEach(bundle -> bundles.put(bundle.sku(), bundle));
        for (Product member : family(skuOrFamily)) {
            parts.of(member.sku()).forEach(bundle -> bundles.put(bundle.sku(), bundle));
        }
        return bundles.isEmpty() ? List.of() : List.copyOf(bundles.values());
    }

    /** The articles of this category and of all below it, or of the nearest category above that has articles. */
    public List<Product> articles(String categoryPath) {
        for (String path = categoryPath; !path.isEmpty(); path = above(path)) {
            List<Product> found = articles.of(path);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /**
     * Where a price stands among those of the products of a category (not of those below it): 0 for the cheapest, 1 for the
     * dearest; the share of the others that cost less, and half of those that cost the same. Null where there are no two prices.
     */
    public Double priceLevel(String category, double price) {
        return category.isEmpty() || price <= 0 ? null : priceLevels.of(category, price, categories);
    }

    /** That of a product's own price; null for a bundle or an article, which are compared with nothing. */
    public Double priceLevel(Product product) {
        return product.kind() == Kind.PRODUCT ? priceLevel(product.category(), product.price()) : null;
    }

    /** The category, or the nearest above it that has products; "" where there is none. */
    public String nearest(String categoryPath) {
        String path = categoryPath;
        while (!path.isEmpty() && within(path).isEmpty()) {
            path = above(path);
        }
        return path;
    }

    /** All tags in use; a live view. */
    public Set<String> tags() {
        return tags.all();
    }

    public Set<String> brands() {
        return brands.all();
    }

    /** The names of all attributes in use; a live view. */
    public Set<String> attributes() {
        return attributes.all();
    }

    /** The names of the attributes that are a number in at least one product; a live view. */
    public Set<String> numericAttributes() {
        return numericAttributes.all();
    }

    /** The units of an attribute's numbers; one without a unit has none. */
    public Set<String> unitsOf(String attribute) {
        return attributeUnits.all().stream()
                .filter(one -> one.attribute().equals(attribute))
                .map(Product.AttributeUnit::unit)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All category paths with a product in them or below them; a live view. */
    public Set<String> categories() {
        return categories.keys();
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Tells of all products that are there, and of each that is added or changed from now on; at once, so be quick. */
    public synchronized void tell(Consumer<Collection<Product>> listener) {
        listener.accept(products());
        listeners.add(listener);
    }

    public synchronized void put(List<Product> changed) {
        Map<String, Product> latest = new LinkedHashMap<>();
        changed.forEach(product -> latest.put(product.sku(), product));
        List<Product> replaced = new ArrayList<>();
        int difference = 0;
        for (Product product : latest.values()) {
            Product old = products.put(product.sku(), product);
            if (old != null) {
                replaced.add(old);
                difference -= sells(old) ? 1 : 0;
            }
            difference += sells(product) ? 1 : 0;
        }
        families.change(replaced, latest);
        categories.change(replaced, latest);
        parts.change(replaced, latest);
        articles.change(replaced, latest);
        tags.change(replaced, latest.values());
        brands.change(replaced, latest.values());
        attributes.change(replaced, latest.values());
        numericAttributes.change(replaced, latest.values());
        attributeUnits.change(replaced, latest.values());
        priceLevels.change(replaced, latest);
        sellable.addAndGet(difference);
        listeners.forEach(listener -> listener.accept(latest.values()));
    }

    private static boolean sells(Product product) {
        return product.kind() != Kind.ARTICLE && product.stock() > 0;
    }

    /** For {@code sport/yoga/mats}: {@code sport}, {@code sport/yoga} and the path itself. */
    private static List<String> pathAndAbove(String path) {
        List<String> paths = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            paths.add(path.substring(0, slash));
        }
        if (!path.isEmpty()) {
            paths.add(path);
        }
        return paths;
    }
}
