package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.search.Found;
import dev.vitrine.search.ProductSearch;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The model that learns from the shop's events, and answers from the catalog where there are none yet. */
@Singleton
public final class BuiltInModel implements CandidateSource {
    /** What is new in a catalog of this size is read in a few milliseconds, so a request may do it. */
    private static final int SMALL = 5000;

    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::sku, Sessions.BY_KEY);

    /** A smaller share of the interest, such as what is left of a gift, says nothing about the shopper. */
    private static final double FAINT = 0.05;

    /** Categories of the shopper's interest that are looked into. */
    private static final int INTERESTS = 5;

    static final String SEARCH = "search";
    static final String BOUGHT_TOGETHER = "co-purchase";
    static final String INTEREST = "interest";
    /** A product that fits half as well belongs to a search; its category's others then belong there too. */
    private static final double NEARLY = 2;

    private final Catalog catalog;
    private final ProductSearch search;
    private final Clock clock;
    private volatile TrainedModel trained = TrainedModel.NOTHING;
    private volatile Assortment assortment = Assortment.NOT_READ;
    private volatile Things things = Things.UNKNOWN;

    BuiltInModel(Catalog catalog, ProductSearch search, Clock clock) {
        this.catalog = catalog;
        this.search = search;
        this.clock = clock;
    }

    public TrainedModel trained() {
        return trained;
    }

    void replace(TrainedModel next) {
        trained = next;
        readCatalog();
    }

    @Scheduled(every = "10s")
    void readCatalog() {
        things = things.of(catalog);
        assortment = Assortment.of(catalog.products(), trained.popularity()::knows, clock.instant());
    }

    @Override
    public List<Scored> candidates(CandidateRequest request) {
        if (request.count() < 1) {
            return List.of();
        }
        TrainedModel model = trained;
        Assortment shop = assortment();
        // the last product looked at was just seen, so it is left out on any page, as in Serenade
        Set<String> basket = new HashSet<>(request.cart());
        if (!request.recent().isEmpty()) {
            basket.add(request.recent().get(request.recent().size() - 1));
        }
        List<Scored> next = model.visits().recommend(request.recent(), 2 * request.count() + basket.size(), true);
        List<Scored> found = found(request, model, next);
        boolean searched = request.page() == PageType.SEARCH && !found.isEmpty();
        // of a search the categories of what fits best belong to the page, else what the page is about
        Set<String> near = searched ? categories(found) : Set.of(neighbourhood(request));
        Relations beside = things.anyFits() ? Relations.of(basket, catalog, things, model) : Relations.NONE;
        Blend blend =
                new Blend(request.count(), basket, sku -> belongs(sku, near, beside), newcomers(shop.fresh(), request));
        // no source gets the whole list, so that rules always find items of another origin to boost
        int half = (request.count() + 1) / 2;
        int quarter = (request.count() + 3) / 4;
        if (searched) {
            blend.take(found, SEARCH, request.count());
        }
        blend.take(next, VmisKnn.ORIGIN, half);
        if (!searched && !found.isEmpty()) {
            blend.take(found, SEARCH, half);
        }
        blend.take(bundles(shop, basket), BOUGHT_TOGETHER, quarter);
        blend.take(goesWith(basket, request.count(), model), BOUGHT_TOGETHER, quarter);
        if (!searched) {
            blend.take(goesWith(request.ordered(), request.count(), model), BOUGHT_TOGETHER, quarter);
        }
        List<String> categories = new ArrayList<>(searched ? near : List.of());
        for (String path = searched ? "" : request.category(); !path.isEmpty(); path = Popularity.parent(path)) {
            categories.add(path);
        }
        for (String path : categories) {
            blend.take(model.popularity().within(path), Popularity.IN_CATEGORY, request.count());
            List<Scored> unseen = shop.unseen().getOrDefault(path, List.of());
            if (!unseen.isEmpty()) {
                blend.take(unseen, Assortment.IN_CATEGORY, request.count());
            }
        }
        for (List<Scored> level : interesting(request, model)) {
            blend.take(level, INTEREST, half);
        }
        blend.take(model.popularity().within(""), Popularity.ORIGIN, request.count());
        blend.take(shop.newest(), Assortment.ORIGIN, request.count());
        return blend.list();
    }

    /**
     * What fits the words of a search, or the name of a product that the catalog does not have. Of products that fit alike,
     * those that the visit leads to come first, then the popular ones: that may double a score, and no more, since a name
     * that fits counts four times as much as the word of a tag.
     *
     * @param next what the visit leads to, best first
     */
    private List<Scored> found(CandidateRequest request, TrainedModel model, List<Scored> next) {
        if (request.words().isEmpty()) {
            return List.of();
        }
        Map<String, Double> led = new HashMap<>();
        next.forEach(
                scored -> led.put(scored.sku(), scored.score() / next.get(0).score()));
        List<Scored> found = new ArrayList<>();
        for (Found one : search.find(request.words(), request.count())) {
            double liked = led.getOrDefault(one.sku(), 0.0) + model.popularity().share(one.sku());
            found.add(new Scored(one.sku(), one.match() * one.match() * (1 + liked / 2), SEARCH));
        }
        found.sort(BEST_FIRST);
        return found;
    }

    /** What is bought with these, and the other parts of their bundles: half as likely as what is bought with them most. */
    private List<Scored> goesWith(Collection<String> basket, int count, TrainedModel model) {
        List<Scored> bought = model.orders().with(basket, count, BOUGHT_TOGETHER);
        double half = bought.isEmpty() ? 1 : bought.get(0).score() / 2;
        Set<String> parts = new LinkedHashSet<>();
        for (String sku : basket) {
            Product product = catalog.product(sku);
            catalog.bundlesWith(product == null ? sku : product.family())
                    .forEach(bundle -> parts.addAll(bundle.parts()));
        }
        bought.forEach(scored -> parts.remove(scored.sku()));
        parts.removeAll(basket);
        List<Scored> all = new ArrayList<>(bought);
        parts.forEach(sku -> all.add(new Scored(sku, half, BOUGHT_TOGETHER)));
        all.sort(BEST_FIRST);
        return all;
    }

    /**
     * What is popular in the categories of the shopper's earlier visits, then in those beside them, then in their departments;
     * beside a cart, the same of what is in it.
     */
    private List<List<Scored>> interesting(CandidateRequest request, TrainedModel model) {
        Map<String, Double> interests = new HashMap<>();
        request.interests().entrySet().stream()
                .filter(interest -> interest.getValue() >= FAINT)
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(INTERESTS)
                .forEach(interest -> interests.put(interest.getKey(), interest.getValue()));
        if (request.page() == PageType.CART) {
            for (String sku : request.cart()) {
                Product product = catalog.product(sku);
                if (product != null) {
                    interests.put(product.category(), 1.0);
                }
            }
        }
        interests.remove("");
        List<List<Scored>> levels = new ArrayList<>();
        while (!interests.isEmpty()) {
            levels.add(popular(interests, request.count(), model));
            Map<String, Double> above = new HashMap<>();
            interests.forEach((path, interest) -> above.merge(Popularity.parent(path), interest, Math::max));
            above.remove("");
            interests.clear();
            interests.putAll(above);
        }
        return levels;
    }

    private static List<Scored> popular(Map<String, Double> interests, int count, TrainedModel model) {
        Map<String, Double> scores = new HashMap<>();
        interests.forEach((path, interest) -> {
            List<Scored> popular = model.popularity().within(path);
            for (Scored scored : popular.subList(0, Math.min(popular.size(), count))) {
                scores.merge(
                        scored.sku(), interest * scored.score() / popular.get(0).score(), Math::max);
            }
        });
        List<Scored> all = new ArrayList<>();
        scores.forEach((sku, score) -> all.add(new Scored(sku, score, INTEREST)));
        all.sort(BEST_FIRST);
        return all;
    }

    /** Of the products that fit about as well as the best one. */
    private Set<String> categories(List<Scored> found) {
        Set<String> categories = new LinkedHashSet<>();
        for (Scored scored : found) {
            Product product = catalog.product(scored.sku());
            if (product != null && scored.score() * NEARLY >= found.get(0).score()) {
                categories.add(product.category());
            }
        }
        return categories;
    }

    /** The page's category and its sisters on a category page; "" (the whole shop) elsewhere. */
    private static String neighbourhood(CandidateRequest request) {
        String parent = Popularity.parent(request.category());
        boolean deep = parent.indexOf('/') >= 0;
        return request.page() != PageType.CATEGORY ? "" : deep ? parent : request.category();
    }

    private boolean belongs(String sku, Set<String> near, Relations beside) {
        Product product = catalog.product(sku);
        if (product == null || beside.misfit(product)) {
            return false;
        }
        for (String path : near) {
            if (product.within(path)) {
                return true;
            }
        }
        return false;
    }

    /** How products relate to these. */
    public Relations relations(Collection<String> skus) {
        assortment();
        return Relations.of(skus, catalog, things, trained);
    }

    /** A small catalog is read as soon as it has grown; a large one every ten seconds, in the background. */
    private Assortment assortment() {
        int size = catalog.products().size();
        if (size != assortment.size() && (size <= SMALL || assortment.size() == 0)) {
            readCatalog();
        }
        return assortment;
    }

    private List<Scored> bundles(Assortment shop, Set<String> basket) {
        List<Scored> bundles = new ArrayList<>();
        for (String sku : basket) {
            bundles.addAll(shop.bundles().getOrDefault(sku, List.of()));
            Product product = catalog.product(sku);
            if (product != null && !product.family().equals(sku)) {
                bundles.addAll(shop.bundles().getOrDefault(product.family(), List.of()));
            }
        }
        return bundles;
    }

    /** Those of the page's category and its sisters, where the page has one. Each visit starts with another one. */
    private static Iterator<String> newcomers(List<Product> fresh, CandidateRequest request) {
        String parent = Popularity.parent(request.category());
        String near = parent.isEmpty() ? request.category() : parent;
        List<String> turns = new ArrayList<>();
        int first = fresh.isEmpty()
                ? 0
                : Math.floorMod(
                        31 * request.recent().hashCode() + request.category().hashCode(), fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            Product product = fresh.get((first + i) % fresh.size());
            if (product.within(near)) {
                turns.add(product.sku());
            }
        }
        return turns.iterator();
    }
}
