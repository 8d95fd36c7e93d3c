package dev.vitrine.demo;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The products of the demo shop, read from three tables beside this class. */
final class DemoAssortment {
    private static final long SEED = 20_240_601;
    private static final String CURRENCY = "EUR";
    private static final int OPENING_HOUR = 8;
    /** An article cannot be sold out. */
    private static final int ARTICLE_STOCK = 1000;

    private final LocalDate day;
    private final Chance chance = new Chance(SEED);
    private final Map<String, Product> products = new LinkedHashMap<>();
    private final Map<String, List<Product>> byCategory = new LinkedHashMap<>();

    private DemoAssortment(LocalDate day) {
        this.day = day;
    }

    /** The assortment on this day. Dates count back from it, so some products are always new. */
    static DemoAssortment on(LocalDate day) {
        DemoAssortment assortment = new DemoAssortment(day);
        lines("products.txt").forEach(assortment::product);
        lines("bundles.txt").forEach(assortment::bundle);
        lines("articles.txt").forEach(assortment::article);
        return assortment;
    }

    List<Product> products() {
        return List.copyOf(products.values());
    }

    Product product(String sku) {
        return Objects.requireNonNull(products.get(sku), sku);
    }

    /** The products of a category that were on sale at that time, best sellers first. */
    /** @param category {@code home/kitchen/coffee}, or of it {@code home/kitchen/coffee#grinder} those whose skus begin so */
    List<Product> within(String category, Instant at) {
        String[] parts = category.split("#");
        String prefix = parts.length > 1 ? parts[1] : "";
        return byCategory.getOrDefault(parts[0], List.of()).stream()
                .filter(product ->
                        !product.launchedAt().isAfter(at) && product.sku().startsWith(prefix))
                .toList();
    }

    private static List<String[]> lines(String table) {
        return DemoShop.text(table)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\|", -1))
                .toList();
    }

    private void product(String[] columns) {
        String[] stem = columns[0].split("[{}]");
        String[] variants = stem.length > 1 ? stem[1].split(",") : new String[] {""};
        String[] prices = columns[4].split(",");
        Map<String, String> marks = pairs(columns[8], ",", "=");
        int launchedDaysAgo = marks.containsKey("new") ? Integer.parseInt(marks.get("new")) : chance.between(60, 900);
        for (int i = 0; i < variants.length; i++) {
            String variant = variants[i];
            String family = stem.length > 1 ? stem[0].replaceFirst("-$", "") : stem[0];
            String[] price = prices[Math.min(i, prices.length - 1)].split("<");
            double listPrice = Double.parseDouble(price[price.length - 1]);
            boolean soldOut = variant.equals(marks.get("out")) || "".equals(marks.get("out"));
            int stock = chance.between(4, 120);
            add(new Product(
                    stem[0] + variant,
                    Kind.PRODUCT,
                    marks.getOrDefault("family", family),
                    variant.isEmpty() ? columns[1] : columns[1] + ", " + variant,
                    columns[2],
                    columns[3],
                    Double.parseDouble(price[0]),
                    listPrice,
                    cents(listPrice * Double.parseDouble(columns[5])),
                    CURRENCY,
                    soldOut ? 0 : stock,
                    columns[6].isEmpty() ? Set.of() : Set.of(columns[6].split(",")),
                    List.of(),
                    ofVariant(pairs(columns[7], "; ", ": "), i),
                    launched(launchedDaysAgo),
                    null,
                    0,
                    null));
        }
    }

    /** A value such as {@code laptop-13 / laptop-15} has one for each variant. */
    private static Map<String, String> ofVariant(Map<String, String> attributes, int variant) {
        attributes.replaceAll((name, value) -> {
            String[] each = value.split(" / ");
            return each[Math.min(variant, each.length - 1)];
        });
        return attributes;
    }

    private void bundle(String[] columns) {
        List<Product> parts =
                Arrays.stream(columns[5].split(", ")).map(this::product).toList();
        double listPrice = cents(parts.stream().mapToDouble(Product::price).sum());
        add(new Product(
                columns[0],
                Kind.BUNDLE,
                columns[0],
                columns[1],
                columns[2],
                parts.get(0).brand(),
                endingIn90(listPrice * (1 - Double.parseDouble(columns[3]))),
                listPrice,
                cents(parts.stream().mapToDouble(Product::cost).sum()),
                CURRENCY,
                parts.stream().mapToInt(Product::stock).min().orElseThrow(),
                columns[4].isEmpty() ? Set.of() : Set.of(columns[4].split(",")),
                parts.stream().map(Product::sku).toList(),
                Map.of("parts", parts.stream().map(Product::name).collect(Collectors.joining(" + "))),
                parts.stream()
                        .map(Product::launchedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                null,
                0,
                null));
    }

    private void article(String[] columns) {
        add(new Product(
                columns[0],
                Kind.ARTICLE,
                columns[0],
                columns[1],
                columns[2],
                "",
                0,
                0,
                null,
                CURRENCY,
                ARTICLE_STOCK,
                Set.of(),
                List.of(),
                Map.of(),
                launched(chance.between(60, 900)),
                null,
                0,
                null));
    }

    private void add(Product product) {
        if (products.put(product.sku(), product) != null) {
            throw new IllegalStateException("the demo shop has " + product.sku() + " twice");
        }
        if (product.kind() != Kind.ARTICLE) {
            byCategory
                    .computeIfAbsent(product.category(), any -> new ArrayList<>())
                    .add(product);
        }
    }

    private Instant launched(int daysAgo) {
        return day.minusDays(daysAgo).atTime(OPENING_HOUR, 0).toInstant(ZoneOffset.UTC);
    }

    private static double endingIn90(double amount) {
        return cents(Math.round(amount) - 0.1);
    }

    private static double cents(double amount) {
        return Math.round(amount * 100) / 100.0;
    }

    /** {@code thickness: 6 mm; weight: 1 kg} as a map; a name without a value has the value "". */
    private static Map<String, String> pairs(String text, String between, String within) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(between)) {
            String[] sides = pair.split(within, 2);
            pairs.put(sides[0], sides.length > 1 ? sides[1] : "");
        }
        return pairs;
    }
}
