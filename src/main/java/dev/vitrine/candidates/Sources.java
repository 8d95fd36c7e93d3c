package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.search.Found;
import dev.vitrine.search.ProductSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each source has to say to a request: of one model, and the catalog as it is now. */
record Sources(
        Catalog catalog,
        ProductSearch search,
        Things things,
        TrainedModel model,
        Assortment shop,
        Members members,
        Instant now) {
    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::sku, Sessions.BY_KEY);

    /** A smaller share of the interest, such as what is left of a gift, says nothing about the shopper. */
    private static final double FAINT = 0.05;

    /** Categories of the shopper's interest that are looked into. */
    private static final int INTERESTS = 5;

    /** Members of a group that are proposed because places are promised to it. */
    private static final int PROMISED = 10;

    /** Products of each sort that are looked at, among so many of its category. */
    private static final int EACH = 10;

    private static final int SHOWN = 50;

    /** A product that fits half as well belongs to a search; its category's others then belong there too. */
    private static final double NEARLY = 2;

    /**
     * What a source says.
     *
     * @param least places of the list that it has, however unlikely what it says, for rules that bring it up
     * @param most places that it may have while others have something to say
     */
    record Said(Source source, Ranking ranking, int least, int most) {}

    /** Made for one request. */
    static final class Answers {
        private final List<Said> said = new ArrayList<>();
        private final Set<String> without;
        private final Set<String> near;
        private final Relations beside;
        private final Catalog catalog;

        private Answers(Set<String> without, Set<String> near, Relations beside, Catalog catalog) {
            this.without = without;
            this.near = near;
            this.beside = beside;
            this.catalog = catalog;
        }

        private void add(Source source, Ranking ranking, int most) {
            add(source, ranking, 0, most);
        }

        private void add(Source source, Ranking ranking, int least, int most) {
            if (!ranking.isEmpty()) {
                said.add(new Said(source, ranking, least, most));
            }
        }

        List<Said> said() {
            return said;
        }

        /** Whether it may be proposed: it is no news to the shopper, is in the catalog, belongs to the page, and fits. */
        boolean admits(String sku) {
            if (without.contains(sku)) {
                return false;
            }
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
    }

    Answers to(CandidateRequest request) {
        // the last product looked at was just seen, so it is left out on any page, as in Serenade
        Set<String> basket = new HashSet<>(request.cart());
        if (!request.recent().isEmpty()) {
            basket.add(request.recent().get(request.recent().size() - 1));
        }
        int count = request.count();
        Ranking next = model.visits().ranking(looked(request), 2 * count + basket.size());
        Ranking found = found(request, next);
        boolean searched = request.page() == PageType.SEARCH && !found.isEmpty();
        // of a search the categories of what fits best belong to the page, else what the page is about
        Set<String> near = searched
                ? categories(found.best())
                : request.page() == PageType.PRODUCT && request.category().isEmpty() && !found.isEmpty()
                        ? departments(found.best())
                        : Set.of(neighbourhood(request));
        Answers answers = new Answers(
                basket,
                near,
                things.anyFits() ? Relations.of(basket, catalog, things, model) : Relations.NONE,
                catalog);
        // no source gets the whole list, so that rules always find items of another origin to boost
        int half = (count + 1) / 2;
        int quarter = (count + 3) / 4;
        int tenth = (count + 9) / 10;
        answers.add(Source.SEARCH, found, searched ? count : half);
        answers.add(Source.VISITS, next, half);
        answers.add(Source.SEEN, seen(request, basket), half);
        answers.add(Source.CATALOG, belonging(basket), tenth, quarter);
        answers.add(Source.BOUGHT_TOGETHER, Ranking.of(model.orders().with(basket, count)), tenth, quarter);
        answers.add(Source.BESIDE, beside(basket), tenth, quarter);
        if (!searched && !request.ordered().isEmpty()) {
            answers.add(Source.BESIDE_LATER, beside(request.ordered()), tenth, quarter);
            answers.add(Source.BOUGHT_LATER, Ranking.of(model.orders().with(request.ordered(), count)), tenth, quarter);
        }
        if (searched) {
            near.forEach(path -> byCategory(answers, path, count));
        } else if (!request.category().isEmpty()) {
            byCategory(answers, request.category(), count);
            Source popular = Source.DEPARTMENT;
            for (String path = Popularity.parent(request.category()); !path.isEmpty(); path = Popularity.parent(path)) {
                answers.add(popular, model.popularity().within(path), count);
                answers.add(Source.UNSEEN_DEPARTMENT, shop.unseen().getOrDefault(path, Ranking.NONE), count);
                popular = Source.FURTHER_UP;
            }
        }
        byInterest(answers, request, half);
        Set<String> about = request.promised().isEmpty() ? Set.of() : subject(request, near, searched);
        for (Group group : request.promised()) {
            List<String> promised = members.near(group, about, turn(request), PROMISED);
            if (!promised.isEmpty()) {
                answers.add(Source.PROMISED, Ranking.inOrder(promised), PROMISED, PROMISED);
            }
        }
        answers.add(Source.POPULAR, model.popularity().within(""), count);
        answers.add(Source.NEWCOMER, newcomers(request), count / 10, count / 10);
        answers.add(Source.NEW, shop.newest(), count);
        return answers;
    }

    private void byCategory(Answers answers, String path, int most) {
        answers.add(Source.CATEGORY, model.popularity().within(path), most);
        answers.add(Source.UNSEEN, shop.unseen().getOrDefault(path, Ranking.NONE), most);
    }

    /**
     * What fits the words of a search, or the name of a product that the catalog does not have. Of products that fit alike,
     * those that the visit leads to come first, then the popular ones: that may double a score, and no more, since a name
     * that fits counts four times as much as the word of a tag.
     *
     * @param next what the visit leads to, best first
     */
    private Ranking found(CandidateRequest request, Ranking next) {
        if (request.words().isEmpty()) {
            return Ranking.NONE;
        }
        Map<String, Double> led = new HashMap<>();
        next.best()
                .forEach(scored -> led.put(
                        scored.sku(), scored.score() / next.best().get(0).score()));
        List<Scored> found = new ArrayList<>();
        for (Found one : search.find(request.words(), request.count())) {
            double liked = led.getOrDefault(one.sku(), 0.0) + model.popularity().share(one.sku());
            found.add(new Scored(one.sku(), one.match() * one.match() * (1 + liked / 2)));
        }
        found.sort(BEST_FIRST);
        return Ranking.of(found);
    }

    /** What lies in the cart was looked at, too. */
    private static List<String> looked(CandidateRequest request) {
        if (request.cart().isEmpty() || request.recent().containsAll(request.cart())) {
            return request.recent();
        }
        Set<String> looked = new LinkedHashSet<>(request.cart());
        request.recent().forEach(looked::remove);
        List<String> all = new ArrayList<>(looked);
        all.addAll(request.recent());
        return all;
    }

    /** What is popular of the sorts that are bought together with those of the basket. */
    private Ranking beside(Collection<String> basket) {
        Set<String> sorts = new HashSet<>();
        for (String sku : basket) {
            Product product = catalog.product(sku);
            if (product != null) {
                sorts.add(things.sort(product));
            }
        }
        Together ordered = model.orderedSorts();
        Set<String> moreThanChance = ordered.moreThanChance(sorts);
        moreThanChance.removeAll(sorts);
        if (moreThanChance.isEmpty()) {
            return Ranking.NONE;
        }
        List<Scored> all = new ArrayList<>();
        double total = 0;
        for (Scored sort : ordered.with(sorts, INTERESTS + sorts.size())) {
            if (moreThanChance.contains(sort.sku())) {
                total += sort.score();
                addPopular(sort, all);
            }
        }
        all.sort(BEST_FIRST);
        return new Ranking(all, total);
    }

    private void addPopular(Scored sort, List<Scored> all) {
        Ranking popular = model.popularity().within(sort.sku().split(" ", 2)[0]);
        int each = 0;
        for (Scored scored :
                popular.best().subList(0, Math.min(SHOWN, popular.best().size()))) {
            Product product = catalog.product(scored.sku());
            if (product != null && things.sort(product).equals(sort.sku()) && each++ < EACH) {
                all.add(new Scored(scored.sku(), sort.score() * popular.share(scored)));
            }
        }
    }

    private static Ranking seen(CandidateRequest request, Set<String> basket) {
        List<String> seen = new ArrayList<>(request.recent());
        Collections.reverse(seen);
        seen.removeAll(basket);
        return seen.isEmpty()
                ? Ranking.NONE
                : Ranking.inOrder(seen.stream().distinct().toList());
    }

    private Ranking belonging(Set<String> basket) {
        Set<String> belonging = new LinkedHashSet<>();
        Set<String> parts = new LinkedHashSet<>();
        for (String sku : basket) {
            Product product = catalog.product(sku);
            String family = product == null ? sku : product.family();
            for (Product bundle : catalog.bundlesWith(family)) {
                if (bundle.launched(now)) {
                    belonging.add(bundle.sku());
                    parts.addAll(bundle.parts());
                }
            }
            parts.addAll(things.fitting(sku));
            parts.addAll(things.fitting(family));
        }
        belonging.addAll(parts);
        belonging.removeAll(basket);
        return belonging.isEmpty() ? Ranking.NONE : Ranking.inOrder(List.copyOf(belonging));
    }

    /**
     * What is popular in the categories of the shopper's earlier visits, then in those beside them, then in their departments;
     * beside a cart, the same of what is in it.
     */
    private void byInterest(Answers answers, CandidateRequest request, int most) {
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
        Source source = Source.INTEREST;
        while (!interests.isEmpty()) {
            answers.add(source, popular(interests, request.count()), most);
            source = Source.INTEREST_BESIDE;
            Map<String, Double> above = new HashMap<>();
            interests.forEach((path, interest) -> above.merge(Popularity.parent(path), interest, Math::max));
            above.remove("");
            interests.clear();
            interests.putAll(above);
        }
    }

    private Ranking popular(Map<String, Double> interests, int count) {
        Map<String, Double> scores = new HashMap<>();
        double total = 0;
        for (Map.Entry<String, Double> interest : interests.entrySet()) {
            Ranking popular = model.popularity().within(interest.getKey());
            for (Scored scored :
                    popular.best().subList(0, Math.min(popular.best().size(), count))) {
                scores.merge(scored.sku(), interest.getValue() * popular.share(scored), Math::max);
            }
            total += interest.getValue();
        }
        List<Scored> all = new ArrayList<>();
        scores.forEach((sku, score) -> all.add(new Scored(sku, score)));
        all.sort(BEST_FIRST);
        return new Ranking(all, Math.max(1, total));
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

    /** Of a product that only its name tells of, what may belong to its page. */
    private Set<String> departments(List<Scored> found) {
        Set<String> departments = new LinkedHashSet<>();
        categories(found).forEach(category -> departments.add(category.split("/", 2)[0]));
        return departments;
    }

    /** The page's category and its sisters on a category page; "" (the whole shop) elsewhere. */
    private static String neighbourhood(CandidateRequest request) {
        String parent = Popularity.parent(request.category());
        boolean deep = parent.indexOf('/') >= 0;
        return request.page() != PageType.CATEGORY ? "" : deep ? parent : request.category();
    }

    /** The categories that page, cart and visit are about, the nearest first; "" (the whole shop) where they are about none. */
    private Set<String> subject(CandidateRequest request, Set<String> near, boolean searched) {
        Set<String> about = new LinkedHashSet<>();
        if (searched) {
            about.addAll(near);
        } else if (!request.category().isEmpty()) {
            about.add(request.category());
        } else if (request.page() == PageType.CART) {
            request.cart().forEach(sku -> addCategory(sku, about));
        } else if (!request.recent().isEmpty()) {
            addCategory(request.recent().get(request.recent().size() - 1), about);
        } else {
            request.interests().entrySet().stream()
                    .filter(interest -> interest.getValue() >= FAINT)
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(INTERESTS)
                    .forEach(interest -> about.add(interest.getKey()));
        }
        for (Set<String> level = new LinkedHashSet<>(about); !level.isEmpty(); ) {
            Set<String> above = new LinkedHashSet<>();
            level.forEach(path -> above.add(Popularity.parent(path)));
            above.remove("");
            about.addAll(above);
            level = above;
        }
        if (about.isEmpty() || request.page() == PageType.HOME) {
            about.add("");
        }
        return about;
    }

    private void addCategory(String sku, Set<String> categories) {
        Product product = catalog.product(sku);
        if (product != null && !product.category().isEmpty()) {
            categories.add(product.category());
        }
    }

    private static int turn(CandidateRequest request) {
        return 31 * request.recent().hashCode() + request.category().hashCode();
    }

    /** Those of the page's category and its sisters, where the page has one. Each visit starts with another one. */
    private Ranking newcomers(CandidateRequest request) {
        List<Product> fresh = shop.fresh();
        if (fresh.isEmpty()) {
            return Ranking.NONE;
        }
        String parent = Popularity.parent(request.category());
        String near = parent.isEmpty() ? request.category() : parent;
        List<String> turns = new ArrayList<>();
        int first = Math.floorMod(turn(request), fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            Product product = fresh.get((first + i) % fresh.size());
            if (product.within(near)) {
                turns.add(product.sku());
            }
        }
        return turns.isEmpty() ? Ranking.NONE : Ranking.inOrder(turns);
    }
}
