package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How products relate to some that are looked at, lie in the cart or were bought: made for one decision.
 *
 * <ul>
 *   <li>A <b>variant</b> is of the same family.
 *   <li>A <b>complement</b> is bought together with one of them more often than by chance, or is a part of the same bundle, or
 *       the catalog says that it fits; and it costs at most twice as much: a case goes with a phone, and not a phone with a
 *       case. So is what is of a sort that is bought together with theirs more often than by chance. A bundle with one of
 *       them is a complement, too.
 *   <li>A <b>substitute</b> is a product of the same category that is no complement; in a category of several sorts of things,
 *       such as machines and grinders, one of the same sort. So what is bought together completes, and else replaces (McAuley,
 *       Pandey, Leskovec, "Inferring networks of substitutable and complementary products", KDD 2015). What is looked at
 *       together says less: shoppers look at all of a category together.
 * </ul>
 *
 * <p>Of a bundle, its parts count too.
 */
public final class Relations {
    public static final Relations NONE = new Relations(new Catalog(), Things.UNKNOWN);

    /** What the catalog's attribute is called that names the skus or families that a product fits. */
    static final String FITS = "compatibleWith";

    private static final Pattern LIST = Pattern.compile("\\s*[,;]\\s*");

    /** A part costs less than its main thing, or about as much. */
    private static final double DEARER = 2;

    private final Set<String> skus = new HashSet<>();
    private final Set<String> families = new HashSet<>();
    private final Set<String> categories = new HashSet<>();
    private final Set<String> things = new HashSet<>();
    private final Set<String> complements = new HashSet<>();
    /** With the price of the dearest product that they go with. */
    private final Map<String, Double> sortsBeside = new HashMap<>();

    private final Catalog catalog;
    private final Things sorts;

    private Relations(Catalog catalog, Things sorts) {
        this.catalog = catalog;
        this.sorts = sorts;
    }

    static Relations of(Collection<String> skus, Catalog catalog, Things sorts, TrainedModel model) {
        if (skus.isEmpty()) {
            return NONE;
        }
        Relations relations = new Relations(catalog, sorts);
        for (String sku : skus) {
            relations.skus.add(sku);
            Product product = catalog.product(sku);
            if (product != null && product.kind() == Kind.BUNDLE) {
                relations.skus.addAll(product.parts());
            }
        }
        double dearest = 0;
        Map<String, Double> prices = new HashMap<>();
        for (String sku : relations.skus) {
            Product product = catalog.product(sku);
            if (product == null) {
                relations.families.add(sku);
                continue;
            }
            dearest = Math.max(dearest, product.price());
            prices.merge(sorts.sort(product), product.price(), Math::max);
            // a name may say more than those of the things like it: "Phone with large keys" beside "Nova 12"
            prices.merge(product.category(), product.price(), Math::max);
            relations.add(product);
            for (Product bundle : catalog.bundlesWith(product.family())) {
                relations.complements.add(bundle.sku());
                relations.complements.addAll(bundle.parts());
            }
        }
        relations.complements.addAll(model.orders().moreThanChance(relations.skus));
        prices.forEach((sort, price) -> model.orderedSorts()
                .moreThanChance(Set.of(sort))
                .forEach(beside -> relations.sortsBeside.merge(beside, price, Math::max)));
        relations.sortsBeside.keySet().removeAll(prices.keySet());
        double most = dearest * DEARER;
        relations.complements.removeIf(sku -> {
            Product product = catalog.product(sku);
            return product == null
                    || product.kind() == Kind.PRODUCT
                            && (relations.families.contains(product.family()) || most > 0 && product.price() > most);
        });
        return relations;
    }

    private void add(Product product) {
        families.add(product.family());
        if (product.kind() == Kind.PRODUCT) {
            categories.add(product.category());
            things.add(product.category() + ' ' + sorts.of(product));
        }
    }

    /** Of a bundle: whether one of its parts is. */
    public boolean variant(Product product) {
        return families.contains(product.family()) || parts(product).anyMatch(this::variant);
    }

    public boolean complement(Product product) {
        return product.attributes().containsKey(FITS) && product.kind() == Kind.PRODUCT
                ? !variant(product) && fits(product)
                : complements.contains(product.sku()) || ofSortBeside(product);
    }

    private boolean ofSortBeside(Product product) {
        Double price = product.kind() == Kind.PRODUCT ? sortsBeside.get(sorts.sort(product)) : null;
        return price != null && (price == 0 || product.price() <= price * DEARER) && !variant(product);
    }

    /** Whether the catalog says that it fits others of their categories, but none of these. */
    boolean misfit(Product product) {
        String fits = product.attributes().get(FITS);
        return fits != null
                && !fits(product)
                && Arrays.stream(listed(fits))
                        .flatMap(one -> catalog.product(one) == null
                                ? catalog.family(one).stream()
                                : Stream.of(catalog.product(one)))
                        .anyMatch(main -> categories.contains(main.category()));
    }

    static String[] listed(String fits) {
        return LIST.split(fits);
    }

    private Stream<Product> parts(Product product) {
        return product.kind() == Kind.BUNDLE
                ? product.parts().stream().map(catalog::product).filter(Objects::nonNull)
                : Stream.empty();
    }

    /** Whether the catalog says that it fits one of these. */
    public boolean fits(Product product) {
        return fits(product.attributes());
    }

    /** @param attributes of a product, as the catalog or a request has them */
    public boolean fits(Map<String, String> attributes) {
        String fits = attributes.get(FITS);
        if (fits == null) {
            return false;
        }
        for (String one : listed(fits)) {
            if (skus.contains(one) || families.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /** Of a bundle: whether one of its parts is. */
    public boolean substitute(Product product) {
        if (product.kind() == Kind.BUNDLE) {
            return parts(product).anyMatch(this::substitute);
        }
        if (product.kind() != Kind.PRODUCT
                || !categories.contains(product.category())
                || variant(product)
                || complement(product)) {
            return false;
        }
        String sort = sorts.of(product);
        return sort.isEmpty()
                || things.contains(product.category() + ' ' + sort)
                || things.contains(product.category() + ' ');
    }
}
