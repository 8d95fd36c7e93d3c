package dev.vitrine.decision.context;

import dev.vitrine.candidates.BuiltInModel;
import dev.vitrine.candidates.CandidateRequest;
import dev.vitrine.candidates.Scored;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.decision.context.DecisionRequest.CandidatePart;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.visit.VisitSnapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Lines up the candidates: those that were sent, or else the built-in model's, and what is brought along. */
@Singleton
public final class CandidateAssembler {
    /** Brought along for displays, of each sort. Our choice: more than any display shows. */
    private static final int EXTRAS = 10;

    private final DecisionConfig config;
    private final Catalog catalog;
    private final BuiltInModel model;

    CandidateAssembler(DecisionConfig config, Catalog catalog, BuiltInModel model) {
        this.config = config;
        this.catalog = catalog;
        this.model = model;
    }

    /**
     * @param sent the shop's own candidates; none where the built-in model is asked
     * @param namedSkus skus that the rules ask for by name
     * @param leftOut told of those that cannot be considered
     */
    List<Candidate> of(
            List<CandidatePart> sent,
            Page page,
            VisitSnapshot seen,
            Cart cart,
            Set<String> namedSkus,
            List<LeftOut> leftOut,
            Instant now) {
        Set<String> complements = complements(page, cart);
        List<Candidate> candidates =
                sent.isEmpty() ? own(page, seen, cart, complements, now) : sent(sent, leftOut, complements, now);
        Set<String> extras = new LinkedHashSet<>(namedSkus);
        addDue(extras, seen.shopper());
        addExtras(candidates, extras, page, seen.visit(), complements, now);
        return candidates;
    }

    /** What a question would have brought along if its rules had named these; none of what it holds already. */
    public List<Candidate> named(Set<String> skus, Facts facts, Instant now) {
        Set<String> missing = new LinkedHashSet<>(skus);
        facts.candidates().forEach(candidate -> missing.remove(candidate.sku()));
        if (missing.isEmpty()) {
            return List.of();
        }
        Set<String> complements = complements(facts.page(), facts.cart());
        return missing.stream()
                .map(catalog::product)
                .filter(Objects::nonNull)
                .map(product -> candidate(product, Standing.extra(complements.contains(product.sku())), now))
                .toList();
    }

    private Set<String> complements(Page page, Cart cart) {
        Set<String> basket = new LinkedHashSet<>(cart.skus());
        if (!page.sku().isEmpty()) {
            basket.add(page.sku());
        }
        return model.complements(basket);
    }

    /**
     * Where the model places something.
     *
     * @param score the model's
     * @param rank from 1
     * @param relevance as {@link Candidate} defines it
     * @param complement likewise
     * @param extra not the model's own
     */
    private record Standing(double score, int rank, double relevance, boolean complement, boolean extra) {
        static Standing of(double score, int rank, double best, int count, boolean complement) {
            return new Standing(score, rank, CandidateAssembler.relevance(score, rank, best, count), complement, false);
        }

        static Standing extra(boolean complement) {
            return new Standing(0, Candidate.NEVER, 0, complement, true);
        }
    }

    /** As {@link Candidate} defines it. */
    public static double relevance(double score, int rank, double best, int count) {
        return best > 0 ? Math.max(0, score / best) : (count - rank + 1.0) / count;
    }

    private List<Candidate> own(Page page, VisitSnapshot seen, Cart cart, Set<String> complements, Instant now) {
        List<String> recent = new ArrayList<>(seen.recent());
        if (!page.sku().isEmpty()) {
            recent.remove(page.sku());
            recent.add(page.sku());
        }
        List<Scored> all = model.candidates(
                new CandidateRequest(recent, page.category(), List.copyOf(cart.skus()), config.candidates()));
        List<Candidate> candidates = new ArrayList<>(all.size() + EXTRAS);
        for (Scored scored : all) {
            Product product = catalog.product(scored.sku());
            if (product != null) {
                candidates.add(candidate(
                        product,
                        Standing.of(
                                scored.score(),
                                candidates.size() + 1,
                                all.get(0).score(),
                                all.size(),
                                complements.contains(scored.sku())),
                        now));
            }
        }
        return candidates;
    }

    /** The shop's own candidates, ranked by score; those of equal score stay as they were sent. */
    private List<Candidate> sent(
            List<CandidatePart> sent, List<LeftOut> leftOut, Set<String> complements, Instant now) {
        List<CandidatePart> ranked = new ArrayList<>(sent);
        ranked.sort(Comparator.comparingDouble(part -> -part.score()));
        List<Candidate> candidates = new ArrayList<>(sent.size() + EXTRAS);
        for (CandidatePart part : ranked) {
            Product product = catalog.product(part.sku());
            if (product == null && part.price() == null) {
                leftOut.add(new LeftOut(part.sku(), "is not in the catalog and brings no price of its own"));
            } else {
                candidates.add(candidate(
                        part,
                        product,
                        Standing.of(
                                part.score(),
                                candidates.size() + 1,
                                ranked.get(0).score(),
                                ranked.size(),
                                complements.contains(part.sku())),
                        now));
            }
        }
        return candidates;
    }

    /**
     * What rules name, what is due to be bought again, best sellers of what is being compared, and the bundles and articles of
     * what is being looked at.
     */
    private void addExtras(
            List<Candidate> candidates,
            Set<String> extras,
            Page page,
            Visit visit,
            Set<String> complements,
            Instant now) {
        Set<String> there = new HashSet<>();
        candidates.forEach(candidate -> there.add(candidate.sku()));
        if (!visit.comparedCategory().isEmpty()) {
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
            if (product != null && there.add(sku)) {
                candidates.add(candidate(product, Standing.extra(complements.contains(sku)), now));
            }
        }
    }

    /** Of each family that is bought again and again, one that is in stock. */
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

    private Candidate candidate(Product product, Standing standing, Instant now) {
        return new Candidate(
                product.sku(),
                product.kind(),
                product.family(),
                product.name(),
                product.category(),
                product.brand(),
                product.price(),
                product.listPrice(),
                product.margin(),
                product.stock(),
                product.tags(),
                daysSince(product.launchedAt(), now),
                standing.score(),
                standing.rank(),
                standing.relevance(),
                standing.complement(),
                model.trained().sellerRank(product.sku()),
                product.parts(),
                families(product.parts()),
                standing.extra());
    }

    private Candidate candidate(CandidatePart part, Product product, Standing standing, Instant now) {
        double price = part.price() != null ? part.price() : product.price();
        double listPrice = part.listPrice() != null
                ? part.listPrice()
                : product != null && part.price() == null ? product.listPrice() : price;
        List<String> parts = part.parts() != null ? part.parts() : product == null ? List.of() : product.parts();
        Instant launchedAt = part.launchedAt() != null
                ? part.launchedAt().toInstant()
                : product == null ? null : product.launchedAt();
        return new Candidate(
                part.sku(),
                part.kind() != null ? part.kind() : product == null ? Kind.PRODUCT : product.kind(),
                part.family() != null ? part.family() : product == null ? null : product.family(),
                part.name() != null ? part.name() : product == null ? null : product.name(),
                part.category() != null ? part.category() : product == null ? null : product.category(),
                part.brand() != null ? part.brand() : product == null ? null : product.brand(),
                price,
                Math.max(price, listPrice),
                margin(part, product, price),
                // what the shop's own model proposes and says nothing of is taken to be there
                part.stock() != null ? part.stock() : product == null ? 1 : product.stock(),
                part.tags() != null ? Set.copyOf(part.tags()) : product == null ? null : product.tags(),
                daysSince(launchedAt, now),
                standing.score(),
                standing.rank(),
                standing.relevance(),
                standing.complement(),
                model.trained().sellerRank(part.sku()),
                parts,
                families(parts),
                standing.extra());
    }

    private static double margin(CandidatePart part, Product product, double price) {
        if (part.margin() != null) {
            return part.margin();
        }
        Double cost = part.cost() != null ? part.cost() : product == null ? null : product.cost();
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
        return moment == null
                ? Candidate.NEVER
                : (int) Duration.between(moment, now).toDays();
    }
}
