package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Group;
import dev.vitrine.search.ProductSearch;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The model that learns from the shop's events, and answers from the catalog where there are none yet. */
@Singleton
public final class BuiltInModel implements CandidateSource {
    /** What is new in a catalog of this size is read in a few milliseconds, so a request may do it. */
    private static final int SMALL = 5000;
    /** What no edition asks for any more, nor a draft that is tried. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    /** As many as campaigns that can run, and the groups that rules name. */
    private static final int PROMISED_MAX = 2000;

    private final Catalog catalog;
    private final ProductSearch search;
    private final Clock clock;
    private volatile TrainedModel trained = TrainedModel.NOTHING;
    private volatile Assortment assortment = Assortment.NOT_READ;
    private volatile Things things = Things.UNKNOWN;
    private volatile Members members = Members.NONE;
    /** When each was asked for last, or a minute earlier. */
    private final Map<Group, Instant> promised = new ConcurrentHashMap<>();

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
        Instant oldest = clock.instant().minus(FORGOTTEN);
        promised.values().removeIf(asked -> asked.isBefore(oldest));
        readMembers();
    }

    private void readMembers() {
        members = Members.of(Set.copyOf(promised.keySet()), catalog.products(), trained.popularity(), clock.instant());
    }

    @Override
    public List<Proposed> candidates(CandidateRequest request) {
        if (request.count() < 1) {
            return List.of();
        }
        TrainedModel model = trained;
        promise(request.promised());
        return Blend.list(sources(model).to(request), request, model.chances());
    }

    /**
     * A small catalog is looked through at once for a new group, a large one when it is read the next time. Two editions that take
     * turns, such as a staged one, keep each other's groups.
     */
    private void promise(Collection<Group> groups) {
        Instant now = clock.instant();
        boolean unknown = false;
        for (Group group : groups) {
            Instant asked = promised.get(group);
            unknown |= asked == null;
            if (asked == null && promised.size() >= PROMISED_MAX) {
                promised.clear();
            }
            if (asked == null || asked.plusSeconds(60).isBefore(now)) {
                promised.put(group, now);
            }
        }
        if (unknown && catalog.products().size() <= SMALL) {
            readMembers();
        }
    }

    /** Of that model, and the catalog as it is now. */
    Sources sources(TrainedModel model) {
        return new Sources(catalog, search, things, model, assortment(), members, clock.instant());
    }

    /** Of that model, and of the products that were launched when it was trained. */
    Sources sourcesThen(TrainedModel model) {
        return new Sources(
                catalog,
                search,
                things.of(catalog),
                model,
                Assortment.of(catalog.products(), model.popularity()::knows, model.trainedAt()),
                Members.NONE,
                model.trainedAt());
    }

    /** What sort of thing each product is, by sku; null where the catalog does not have it. */
    Function<String, String> sorts() {
        Things now = things.of(catalog);
        return sku -> {
            Product product = catalog.product(sku);
            return product == null ? null : now.sort(product);
        };
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
}
