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

/** The model that learns from the shop's events, and answers from the catalog where there are none yet. */
@Singleton
public final class BuiltInModel implements CandidateSource {
    /** A catalog of this size is read in a millisecond, so a request may do it. */
    private static final int SMALL = 5000;

    /** More than a shelf shows. */
    private static final int COMPLEMENTS = 50;

    private final Catalog catalog;
    private final Clock clock;
    private volatile TrainedModel trained = TrainedModel.NOTHING;
    private volatile Assortment assortment = Assortment.NOT_READ;

    BuiltInModel(Catalog catalog, Clock clock) {
        this.catalog = catalog;
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
        // no source gets the whole list, so that rules always find items of another origin to boost
        int half = (request.count() + 1) / 2;
        int quarter = (request.count() + 3) / 4;
        Blend blend = new Blend(
                request.count(), basket, sku -> catalog.product(sku) != null, newcomers(shop.fresh(), request));
        blend.take(
                model.visits().recommend(request.recent(), 2 * request.count() + basket.size(), true),
                VmisKnn.ORIGIN,
                half);
        blend.take(bundles(shop, basket), CoPurchase.ORIGIN, quarter);
        blend.take(model.orders().boughtWith(basket, request.count()), CoPurchase.ORIGIN, quarter);
        for (String path = request.category(); !path.isEmpty(); path = Popularity.parent(path)) {
            blend.take(model.popularity().within(path), Popularity.IN_CATEGORY, request.count());
        }
        blend.take(model.popularity().within(""), Popularity.ORIGIN, request.count());
        blend.take(shop.newest(), Assortment.ORIGIN, request.count());
        return blend.list();
    }

    /** Products often bought with these, and the bundles that contain one of them. */
    public Set<String> complements(Set<String> basket) {
        if (basket.isEmpty()) {
            return Set.of();
        }
        Set<String> complements = new HashSet<>();
        trained.orders().boughtWith(basket, COMPLEMENTS).forEach(scored -> complements.add(scored.sku()));
        bundles(assortment(), basket).forEach(scored -> complements.add(scored.sku()));
        return complements;
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

    /** Those of the page's department first. Each visit starts with another one, so that all get their turn. */
    private static Iterator<String> newcomers(List<Product> fresh, CandidateRequest request) {
        if (fresh.isEmpty()) {
            return List.<String>of().iterator();
        }
        List<String> near = new ArrayList<>();
        List<String> far = new ArrayList<>();
        int slash = request.category().indexOf('/');
        String department = slash < 0 ? request.category() : request.category().substring(0, slash);
        int first = Math.floorMod(
                31 * request.recent().hashCode() + request.category().hashCode(), fresh.size());
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
