package dev.vitrine.candidates;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Members of the groups to which rules guarantee places, by category: those in stock, what is most popular in its category first. */
record Members(Map<Group, Map<String, List<String>>> byPath) {
    static final Members NONE = new Members(Map.of());

    /** Of each group and category: several times what a list takes, so that many have a turn. */
    private static final int KEPT = 100;

    static Members of(Set<Group> groups, Collection<Product> products, Popularity popularity, Instant now) {
        if (groups.isEmpty()) {
            return NONE;
        }
        List<Product> best = new ArrayList<>();
        for (Product product : products) {
            if (product.launched(now) && product.kind() != Kind.ARTICLE && product.stock() > 0) {
                best.add(product);
            }
        }
        best.sort(Comparator.comparingDouble((Product product) -> -popularity.share(product.sku()))
                .thenComparing(Product::sku, Sessions.BY_KEY));
        Map<Group, Map<String, List<String>>> byPath = new HashMap<>();
        groups.forEach(group -> byPath.put(group, new HashMap<>()));
        for (Product product : best) {
            Candidate candidate = CatalogCandidate.of(product, popularity, now).build();
            for (Group group : groups) {
                if (group.holds(candidate)) {
                    add(product, byPath.get(group));
                }
            }
        }
        return new Members(byPath);
    }

    private static void add(Product product, Map<String, List<String>> byPath) {
        for (String path = product.category(); ; path = Popularity.parent(path)) {
            List<String> within = byPath.computeIfAbsent(path, any -> new ArrayList<>());
            if (within.size() < KEPT) {
                within.add(product.sku());
            }
            if (path.isEmpty()) {
                return;
            }
        }
    }

    /**
     * The nearest members.
     *
     * @param paths categories, the nearest first
     * @param turn where the group's members take turns, the same in a visit
     */
    List<String> near(Group group, Collection<String> paths, int turn, int count) {
        Map<String, List<String>> members = byPath.getOrDefault(group, Map.of());
        Set<String> near = new LinkedHashSet<>();
        for (String path : paths) {
            List<String> within = members.getOrDefault(path, List.of());
            int first = group.rotating() && !within.isEmpty() ? Math.floorMod(turn, within.size()) : 0;
            for (int i = 0; i < within.size() && near.size() < count; i++) {
                near.add(within.get((first + i) % within.size()));
            }
        }
        return List.copyOf(near);
    }
}
