package dev.vitrine.decision.context;

import static dev.vitrine.problem.FlatValues.ATTRIBUTES;

import dev.vitrine.candidates.BuiltInModel;
import dev.vitrine.candidates.CandidateRequest;
import dev.vitrine.candidates.CatalogCandidate;
import dev.vitrine.candidates.Proposed;
import dev.vitrine.candidates.TrainedModel;
import dev.vitrine.candidates.service.ModelServiceException;
import dev.vitrine.candidates.service.RemoteAnswer;
import dev.vitrine.candidates.service.RemoteModel;
import dev.vitrine.candidates.service.ServiceRequest;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.decision.context.DecisionRequest.CandidatePart;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.visit.VisitSnapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects the candidates of a decision: those of the request, or else of the shop's own model service, or else of the built-in
 * model; and extras.
 */
@Singleton
public final class CandidateAssembler {
    /** Extras of each sort. No display shows more than ten products. */
    private static final int EXTRAS = 10;
    /** Days in which something may be missing to what was ordered: a parcel's way, and the first weeks of use. */
    private static final int LATELY = 30;
    /** The other half of its budget is the rules'. */
    private static final int PART_OF_BUDGET = 2;

    private final DecisionConfig config;
    private final Catalog catalog;
    private final BuiltInModel model;
    private final RemoteModel remote;

    CandidateAssembler(DecisionConfig config, Catalog catalog, BuiltInModel model, RemoteModel remote) {
        this.config = config;
        this.catalog = catalog;
        this.model = model;
        this.remote = remote;
    }

    /**
     * @param words what is searched for, or the name of a product that only the page knows; else ""
     * @param promised groups to which rules guarantee places
     * @param leftOut receives the candidates that cannot be considered
     */
    Lineup of(
            CheckedRequest checked,
            Page page,
            String words,
            VisitSnapshot snapshot,
            Cart cart,
            Set<String> namedSkus,
            Set<Group> promised,
            List<LeftOut> leftOut,
            Instant now) {
        Related related = related(page, cart, snapshot.shopper(), snapshot.recent(), snapshot.secondsViewed());
        Lineup lineup = checked.candidates().isEmpty()
                ? ofModels(checked, page, modelRequest(page, words, snapshot, cart, promised), leftOut, related, now)
                : new Lineup(
                        ofShop(
                                checked.candidates(),
                                checked.scores() == DecisionRequest.Scores.CHANCE,
                                checked.limit(),
                                page,
                                leftOut,
                                related,
                                now),
                        ModelUse.REQUEST);
        Set<String> extras = new LinkedHashSet<>(namedSkus);
        addDue(extras, snapshot.shopper());
        addExtras(lineup.candidates(), extras, page, snapshot, related, now);
        return lineup;
    }

    /** The extras that the facts would also have if the rules had named these skus. */
    public List<Candidate> named(Set<String> skus, Facts facts, Instant now) {
        Set<String> missing = new LinkedHashSet<>(skus);
        facts.candidates().forEach(candidate -> missing.remove(candidate.sku()));
        if (missing.isEmpty()) {
            return List.of();
        }
        List<String> viewed = facts.candidates().stream()
                .filter(Candidate::viewed)
                .map(Candidate::sku)
                .toList();
        Map<String, Integer> seconds = new HashMap<>();
        facts.candidates().forEach(candidate -> seconds.put(candidate.sku(), candidate.secondsViewed()));
        Related related = related(facts.page(), facts.cart(), facts.shopper(), viewed, seconds);
        return missing.stream()
                .map(catalog::product)
                .filter(Objects::nonNull)
                .map(product -> extra(product, related, now))
                .toList();
    }

    private Related related(
            Page page, Cart cart, Shopper shopper, Collection<String> viewed, Map<String, Integer> secondsViewed) {
        return new Related(
                model.relations(page.sku().isEmpty() ? Set.of() : Set.of(page.sku())),
                model.relations(cart.skus()),
                model.relations(lastOrder(shopper)),
                Set.copyOf(viewed),
                secondsViewed);
    }

    /** Without what was looked at for somebody else. */
    private static Map<String, Double> ownInterests(Shopper shopper) {
        if (shopper.gifts().isEmpty()) {
            return shopper.interests();
        }
        Map<String, Double> own = new HashMap<>();
        shopper.interests().forEach((category, share) -> own.put(category, share * shopper.fade(category)));
        return own;
    }

    /** Of each family that was bought on the day of the last order, one that stands for it. */
    private Set<String> lastOrder(Shopper shopper) {
        if (shopper.lastPurchaseSku().isEmpty()) {
            return Set.of();
        }
        Set<String> skus = new HashSet<>();
        skus.add(shopper.lastPurchaseSku());
        shopper.bought().forEach((family, bought) -> {
            if (bought.daysSince() == shopper.daysSinceLastPurchase()) {
                catalog.family(family).stream().findFirst().ifPresent(product -> skus.add(product.sku()));
            }
        });
        return skus;
    }

    private CandidateRequest modelRequest(
            Page page, String words, VisitSnapshot snapshot, Cart cart, Set<Group> promised) {
        List<String> recent = new ArrayList<>(snapshot.recent());
        if (!page.sku().isEmpty()) {
            recent.remove(page.sku());
            recent.add(page.sku());
        }
        return new CandidateRequest(
                page.type(),
                recent,
                // a storefront may know categories that the catalog does not
                catalog.nearest(page.category()),
                words,
                List.copyOf(cart.skus()),
                snapshot.shopper().daysSinceLastPurchase() <= LATELY ? lastOrder(snapshot.shopper()) : Set.of(),
                ownInterests(snapshot.shopper()),
                promised,
                config.candidates());
    }

    private Lineup ofModels(
            CheckedRequest checked,
            Page page,
            CandidateRequest request,
            List<LeftOut> leftOut,
            Related related,
            Instant now) {
        if (!remote.isThere()) {
            return new Lineup(ofModel(request, checked.limit(), related, now), ModelUse.BUILT_IN);
        }
        ServiceRequest asked = new ServiceRequest(
                checked.placement(),
                checked.visit().visit(),
                checked.sentShopper(),
                page.sku(),
                request,
                remote.count());
        String fallback = null;
        Duration waited = Duration.ZERO;
        if (remote.serves()) {
            long begun = System.nanoTime();
            try {
                RemoteAnswer answer =
                        remote.ask(asked, config.budgetOf(checked.placement()).dividedBy(PART_OF_BUDGET));
                waited = Duration.ofNanos(System.nanoTime() - begun);
                List<Candidate> candidates = ofService(answer, checked.limit(), page, leftOut, related, now);
                if (!candidates.isEmpty()) {
                    return new Lineup(candidates, new ModelUse(ModelUse.From.SERVICE, asked, null, waited));
                }
                fallback = "the model service proposed nothing that can be shown";
            } catch (ModelServiceException e) {
                waited = Duration.ofNanos(System.nanoTime() - begun);
                fallback = e.getMessage();
            }
        }
        return new Lineup(
                ofModel(request, checked.limit(), related, now),
                new ModelUse(ModelUse.From.BUILT_IN, asked, fallback, waited));
    }

    private List<Candidate> ofModel(CandidateRequest request, int limit, Related related, Instant now) {
        List<Proposed> all = model.candidates(request);
        RelevanceScale scale = new RelevanceScale(
                all.isEmpty() ? 0 : all.get(Math.min(limit, all.size()) - 1).chance(), all.size());
        List<Candidate> candidates = new ArrayList<>(all.size() + EXTRAS);
        for (Proposed proposed : all) {
            Product product = catalog.product(proposed.sku());
            if (product != null) {
                Candidate.Builder candidate = fromCatalog(product, related, now);
                candidates.add(ranked(candidate, proposed.sku(), proposed.chance(), candidates.size() + 1, scale));
            }
        }
        return candidates;
    }

    private List<Candidate> ofService(
            RemoteAnswer answer, int limit, Page page, List<LeftOut> leftOut, Related related, Instant now) {
        answer.unusable().forEach(unusable -> leftOut.add(new LeftOut(unusable.sku(), unusable.cause())));
        return answer.candidates().isEmpty()
                ? List.of()
                : ofShop(
                        answer.candidates().stream()
                                .map(scored -> CandidatePart.of(scored.sku(), scored.score()))
                                .toList(),
                        remote.saysChances(),
                        limit,
                        page,
                        leftOut,
                        related,
                        now);
    }

    /**
     * The shop's own candidates, ranked by score; the sort is stable. What its scores are worth is known only if it says so;
     * else the place of each tells how likely it is, as in lists of the built-in model.
     */
    private List<Candidate> ofShop(
            List<CandidatePart> sent,
            boolean chances,
            int limit,
            Page page,
            List<LeftOut> leftOut,
            Related related,
            Instant now) {
        List<CandidatePart> byScore = new ArrayList<>(sent);
        byScore.sort(Comparator.comparingDouble(part -> -part.score()));
        TrainedModel trained = model.trained();
        int last = Math.min(limit, byScore.size());
        RelevanceScale scale = new RelevanceScale(
                chances ? byScore.get(last - 1).score() : trained.chanceAtPlace(page.type(), last), byScore.size());
        List<Candidate> candidates = new ArrayList<>(sent.size() + EXTRAS);
        for (CandidatePart part : byScore) {
            Product product = catalog.product(part.sku());
            if (product == null && part.price() == null) {
                leftOut.add(new LeftOut(part.sku(), "is not in the catalog and has no price of its own"));
            } else {
                int rank = candidates.size() + 1;
                double score = chances ? part.score() : trained.chanceAtPlace(page.type(), rank);
                candidates.add(ranked(fromRequest(part, product, related, now), part.sku(), score, rank, scale));
            }
        }
        return candidates;
    }

    private void addExtras(
            List<Candidate> candidates,
            Set<String> extras,
            Page page,
            VisitSnapshot snapshot,
            Related related,
            Instant now) {
        Visit visit = snapshot.visit();
        Set<String> present = new HashSet<>();
        candidates.forEach(candidate -> present.add(candidate.sku()));
        if (!visit.comparedCategory().isEmpty()) {
            snapshot.recent().stream()
                    .filter(sku -> within(sku, visit.comparedCategory()))
                    .forEach(extras::add);
            extras.addAll(model.trained().bestSellers(visit.comparedCategory(), EXTRAS));
        }
        for (String theme : List.of(page.family(), visit.variantFamily())) {
            if (!theme.isEmpty()) {
                catalog.bundlesWith(theme).stream().limit(EXTRAS).forEach(bundle -> extras.add(bundle.sku()));
            }
        }
        for (String category : List.of(page.category(), visit.comparedCategory())) {
            if (!category.isEmpty()) {
                catalog.articles(category).stream().limit(EXTRAS).forEach(article -> extras.add(article.sku()));
            }
        }
        for (String sku : extras) {
            Product product = catalog.product(sku);
            if (product != null && present.add(sku)) {
                candidates.add(extra(product, related, now));
            }
        }
    }

    private boolean within(String sku, String category) {
        Product product = catalog.product(sku);
        return product != null && product.within(category);
    }

    /** Adds one variant that is in stock of each family that the shopper buys repeatedly. */
    private void addDue(Set<String> extras, Shopper shopper) {
        shopper.bought().forEach((family, bought) -> {
            if (bought.times() >= 2) {
                catalog.family(family).stream()
                        .filter(product -> product.stock() > 0)
                        .findFirst()
                        .ifPresent(product -> extras.add(product.sku()));
            }
        });
    }

    private Candidate ranked(Candidate.Builder candidate, String sku, double score, int rank, RelevanceScale scale) {
        return candidate
                .score(score)
                .rank(rank)
                .relevance(scale.relevance(score, rank))
                .sellerRank(model.trained().sellerRank(sku))
                .build();
    }

    private Candidate extra(Product product, Related related, Instant now) {
        return fromCatalog(product, related, now)
                .extra(true)
                .sellerRank(model.trained().sellerRank(product.sku()))
                .build();
    }

    private Candidate.Builder fromCatalog(Product product, Related related, Instant now) {
        Candidate.Builder candidate = CatalogCandidate.of(product, model.trained(), now)
                .partFamilies(families(product.parts()))
                .priceLevel(catalog.priceLevel(product));
        related.mark(candidate, product);
        return candidate;
    }

    /** The product as the catalog has it, or a blank one, with the fields of the request laid over it. */
    private Candidate.Builder fromRequest(CandidatePart part, Product product, Related related, Instant now) {
        Candidate.Builder candidate = product == null
                // the shop's model would not propose what cannot be sold
                ? new Candidate.Builder(part.sku()).stock(1)
                : fromCatalog(product, related, now);
        ifGiven(part.kind(), candidate::kind);
        ifGiven(part.family(), candidate::family);
        ifGiven(part.name(), candidate::name);
        ifGiven(part.category(), candidate::category);
        ifGiven(part.brand(), candidate::brand);
        ifGiven(part.stock(), candidate::stock);
        ifGiven(part.tags(), tags -> candidate.tags(Set.copyOf(tags)));
        ifGiven(part.parts(), parts -> candidate.parts(parts).partFamilies(families(parts)));
        if (part.attributes() != null) {
            Map<String, String> attributes = ATTRIBUTES.checked("attributes", part.attributes());
            candidate.attributes(attributes).fitsTo(related.fitsTo(attributes));
        }
        ifGiven(part.rating(), candidate::rating);
        ifGiven(part.reviews(), candidate::reviews);
        ifGiven(part.returnRate(), candidate::returnRate);
        ifGiven(part.launchedAt(), at -> candidate.daysSinceLaunch(CatalogCandidate.daysSince(at.toInstant(), now)));
        boolean ownPrice = part.price() != null;
        double price = ownPrice ? part.price() : product.price();
        double listPrice = ownPrice ? price : product.listPrice();
        if (part.listPrice() != null) {
            listPrice = part.listPrice();
        }
        Kind kind = part.kind() != null ? part.kind() : product == null ? Kind.PRODUCT : product.kind();
        String category = part.category() != null ? part.category() : product == null ? "" : product.category();
        return candidate
                .price(price)
                .listPrice(Math.max(price, listPrice))
                .margin(margin(part, product, price))
                .priceLevel(kind == Kind.PRODUCT ? catalog.priceLevel(category, price) : null);
    }

    private static <T> void ifGiven(T value, Consumer<T> field) {
        if (value != null) {
            field.accept(value);
        }
    }

    private static double margin(CandidatePart part, Product product, double price) {
        if (part.margin() != null) {
            return part.margin();
        }
        Double cost = part.cost() == null && product != null ? product.cost() : part.cost();
        return cost == null || price == 0 ? 0 : (price - cost) / price;
    }

    public Set<String> families(List<String> parts) {
        if (parts.isEmpty()) {
            return Set.of();
        }
        Set<String> families = new HashSet<>();
        for (String sku : parts) {
            Product part = catalog.product(sku);
            families.add(part == null ? sku : part.family());
        }
        return families;
    }

    public static int daysSince(Instant moment, Instant now) {
        return CatalogCandidate.daysSince(moment, now);
    }
}
