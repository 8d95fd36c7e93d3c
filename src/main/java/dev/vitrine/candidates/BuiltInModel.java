package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The model that learns from the shop's own events, and answers from the catalog where there are none yet. */
@Singleton
public final class BuiltInModel implements CandidateSource {
    /** A catalog of this size is looked through in a millisecond, so a request may do it. */
    private static final int SMALL = 5000;

    /** More than any list of complements shows. Our choice. */
    private static final int COMPLEMENTS = 50;

    private final Catalog catalog;
    private final Clock clock;
    private volatile TrainedModel trained = TrainedModel.NOTHING;
    private volatile Assortment assortment = Assortment.UNSEEN;

    BuiltInModel(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What was trained last. */
    public TrainedModel trained() {
        return trained;
    }

    void replace(TrainedModel next) {
        trained = next;
        lookThroughCatalog();
    }

    @Scheduled(every = "10s")
    void lookThroughCatalog() {
        assortment = Assortment.of(catalog.products(), trained.popularity()::knows, clock.instant());
    }

    @Override
    public List<Scored> candidates(CandidateRequest ask) {
        if (ask.count() < 1) {
            return List.of();
        }
        TrainedModel model = trained;
        Assortment shop = assortment();
        // The last product looked at is left out on any page, as Serenade does: it was just seen.
        Set<String> basket = new HashSet<>(ask.cart());
        if (!ask.recent().isEmpty()) {
            basket.add(ask.recent().get(ask.recent().size() - 1));
        }
        // Nothing gets the whole list, so that a rule always finds something of another origin to lift.
        int half = (ask.count() + 1) / 2;
        int quarter = (ask.count() + 3) / 4;
        Blend blend = new Blend(ask.count(), basket, sku -> catalog.product(sku) != null, newcomers(shop.fresh(), ask));
        blend.take(model.visits().recommend(ask.recent(), 2 * ask.count() + basket.size(), true), VmisKnn.ORIGIN, half);
        blend.take(bundles(shop, basket), CoPurchase.ORIGIN, quarter);
        blend.take(model.orders().boughtWith(basket, ask.count()), CoPurchase.ORIGIN, quarter);
        for (String path = ask.category(); !path.isEmpty(); path = Popularity.parent(path)) {
            blend.take(model.popularity().within(path), Popularity.IN_CATEGORY, ask.count());
        }
        blend.take(model.popularity().within(""), Popularity.ORIGIN, ask.count());
        blend.take(shop.newest(), Assortment.ORIGIN, ask.count());
        return blend.list();
    }

    /** What is often bought with these, and the bundles with one of them. */
    public Set<String> complements(Set<String> basket) {
        if (basket.isEmpty()) {
            return Set.of();
        }
        Set<String> complements = new HashSet<>();
        trained.orders().boughtWith(basket, COMPLEMENTS).forEach(scored -> complements.add(scored.sku()));
        bundles(assortment(), basket).forEach(scored -> complements.add(scored.sku()));
        return complements;
    }

    /** What came into a small catalog counts at once; a large one is looked through every ten seconds, aside. */
    private Assortment assortment() {
        int size = catalog.products().size();
        if (size != assortment.size() && (size <= SMALL || assortment.size() == 0)) {
            lookThroughCatalog();
        }
        return assortment;
    }

    /** The bundles that have one of these products as a part: the shop itself says that they belong together. */
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

    /** Those of the page's department first; the visit decides with which it begins, so that all get their turn. */
    private static Iterator<String> newcomers(List<Product> fresh, CandidateRequest ask) {
        if (fresh.isEmpty()) {
            return List.<String>of().iterator();
        }
        List<String> near = new ArrayList<>();
        List<String> far = new ArrayList<>();
        int slash = ask.category().indexOf('/');
        String department = slash < 0 ? ask.category() : ask.category().substring(0, slash);
        int first = Math.floorMod(31 * ask.recent().hashCode() + ask.category().hashCode(), fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            Product product = fresh.get((first + i) % fresh.size());
            boolean within =
                    product.category().equals(department) || product.category().startsWith(department + "/");
            (within ? near : far).add(product.sku());
        }
        near.addAll(far);
        return near.iterator();
    }
}
