package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.packaged.Replay.Shown;
import dev.vitrine.packaged.Replay.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a replay came to, in words and numbers. */
final class ReplayReport {
    private static final String RANKING = "ranking";

    private final List<Shown> shown;
    private final List<Step> steps;
    private final Set<String> knownSkus;
    private final int shortened;

    /** @param knownSkus products that the model has seen an event of */
    ReplayReport(Replay replay, Set<String> knownSkus) {
        this.shown = replay.shown();
        this.steps = replay.steps();
        this.knownSkus = knownSkus;
        this.shortened = replay.shortened();
    }

    List<Shown> rankings() {
        return shown.stream().filter(page -> page.module().equals(RANKING)).toList();
    }

    List<Shown> full() {
        return rankings().stream()
                .filter(page -> page.skus().size() == Replay.LIMIT)
                .toList();
    }

    List<Shown> degraded() {
        return shown.stream().filter(Shown::degraded).toList();
    }

    @Override
    public String toString() {
        return Stream.of(
                        line(
                                "Decisions",
                                shown.size() + ", of them degraded "
                                        + degraded().size()
                                        + counts(
                                                degraded(),
                                                page -> Stream.of(page.decision()
                                                        .at("/degraded/cause")
                                                        .asText()))),
                        line("Placements", counts(shown, page -> Stream.of(page.placement()))),
                        line("Visits shortened", Integer.toString(shortened)),
                        line("Modules", counts(shown, page -> Stream.of(page.module()))),
                        line(
                                "Full lists",
                                full().size() + " of " + rankings().size() + " rankings have " + Replay.LIMIT
                                        + " items"),
                        line("Readings", counts(shown, page -> page.decision().findValuesAsText("mood").stream())),
                        line("Shoppers", shoppers()),
                        line("Purchases", bought("purchase")),
                        line("Put into the cart", bought("cart")),
                        line("Next views", nextViews(next())),
                        line("After a ranking", nextViews(after(RANKING::equals))),
                        line("After other modules", nextViews(after(module -> !module.equals(RANKING)))),
                        line("Beyond hits", beyondHits()),
                        line("Hits by rule", new HitsByRule(next()).toString()),
                        line("Odd lists", oddLists()),
                        line("Moved in rankings", moves(rankings())),
                        line(
                                "Moved elsewhere",
                                moves(shown.stream()
                                        .filter(page -> !page.module().equals(RANKING))
                                        .toList())),
                        line("Hidden by rules", hidden()),
                        line("Effects, by items", counts(shown, ReplayReport::effects)),
                        line("Shortfalls", counts(shown, ReplayReport::shortfalls)),
                        line(
                                "tookMicros",
                                times(page -> page.decision().get("tookMicros").asLong())),
                        line("Whole request, micros", times(Shown::wholeMicros)))
                .collect(Collectors.joining());
    }

    private static String line(String what, String told) {
        return String.format("%-24s %s%n", what + ":", told);
    }

    private String shoppers() {
        return String.format(
                "in %d decisions one who has been here before; one who bought in the last 7 days in %d,"
                        + " for more than 300 in %d",
                shown.stream()
                        .filter(page ->
                                page.told().at("/facts/shopper/returning").asBoolean())
                        .count(),
                shown.stream().filter(page -> boughtFor(page, 0)).count(),
                shown.stream().filter(page -> boughtFor(page, 300)).count());
    }

    private static boolean boughtFor(Shown page, double least) {
        JsonNode shopper = page.told().at("/facts/shopper");
        return shopper.get("daysSinceLastPurchase").asInt() <= 7
                && shopper.get("lastPurchasePrice").asDouble() > least;
    }

    /** The product of the page is never in its own list, so what is bought on its page cannot be in the list just before. */
    private String bought(String type) {
        List<Step> done = steps.stream()
                .filter(step -> step.row().type().equals(type) && step.justBefore() != null)
                .toList();
        List<Step> elsewhere = done.stream()
                .filter(step -> !step.justBefore().sku().equals(step.row().sku()))
                .toList();
        List<Step> cameFrom =
                done.stream().filter(step -> step.leadingHere() != null).toList();
        return String.format(
                "%d; in the list shown just before: %d (on the product's own page, where it cannot be: %d);"
                        + " after the page of another product: %d, in the last list shown there: %d",
                done.size(),
                hits(elsewhere, Step::justBefore, Shown::skus),
                done.size() - elsewhere.size(),
                cameFrom.size(),
                hits(cameFrom, Step::leadingHere, Shown::skus));
    }

    private List<Step> next() {
        return steps.stream()
                .filter(step -> step.row().view()
                        && step.justBefore() != null
                        && !step.justBefore().sku().equals(step.row().sku()))
                .toList();
    }

    private List<Step> after(Predicate<String> module) {
        return next().stream()
                .filter(step -> module.test(step.justBefore().module()))
                .toList();
    }

    private String nextViews(List<Step> next) {
        List<Step> known = next.stream()
                .filter(step -> knownSkus.contains(step.row().sku()))
                .toList();
        long hits = hits(next, Step::justBefore, Shown::skus);
        long modelHits = hits(next, Step::justBefore, Shown::model);
        return String.format(
                Locale.ROOT,
                "%d of another product than the page before; in the list shown there: %d (HR@%d %.3f);"
                        + " in the model's own first %d: %d (%.3f); the model knows the product at all: %d (then %.3f)",
                next.size(),
                hits,
                Replay.LIMIT,
                share(hits, next.size()),
                Replay.LIMIT,
                modelHits,
                share(modelHits, next.size()),
                known.size(),
                share(hits(known, Step::justBefore, Shown::skus), known.size()));
    }

    private static long hits(List<Step> steps, Function<Step, Shown> page, Function<Shown, List<String>> list) {
        return steps.stream()
                .filter(step -> list.apply(page.apply(step)).contains(step.row().sku()))
                .count();
    }

    private String beyondHits() {
        return String.format(
                Locale.ROOT,
                "MRR@%d %.3f, of the model's own order %.3f; different products shown: %d",
                Replay.LIMIT,
                meanReciprocalRank(Shown::skus),
                meanReciprocalRank(Shown::model),
                shown.stream().flatMap(page -> page.skus().stream()).distinct().count());
    }

    private double meanReciprocalRank(Function<Shown, List<String>> list) {
        return next().stream()
                .mapToInt(
                        step -> list.apply(step.justBefore()).indexOf(step.row().sku()) + 1)
                .mapToDouble(place -> place == 0 ? 0 : 1.0 / place)
                .average()
                .orElse(0);
    }

    /** Of the rankings: those with two of a family, with what stands in for the cart, and with what lies far from the page. */
    private String oddLists() {
        return String.format(
                Locale.ROOT,
                "variants twice %d of %d; a substitute of the cart in %d of %d lists beside one; another department than the"
                        + " page's product in %d of %d",
                rankings().stream().filter(ReplayReport::variantTwice).count(),
                rankings().size(),
                beside(Replay.CART)
                        .filter(page -> related(page, "substituteTo", "cart"))
                        .count(),
                beside(Replay.CART).count(),
                beside(Replay.PRODUCT_PAGE).filter(ReplayReport::stranger).count(),
                beside(Replay.PRODUCT_PAGE).count());
    }

    private Stream<Shown> beside(String placement) {
        return rankings().stream().filter(page -> page.placement().equals(placement));
    }

    private static Stream<JsonNode> facts(Shown page) {
        Set<String> skus = Set.copyOf(page.skus());
        return StreamSupport.stream(page.told().at("/facts/candidates").spliterator(), false)
                .filter(candidate -> skus.contains(candidate.get("sku").asText()));
    }

    private static boolean variantTwice(Shown page) {
        List<String> families = facts(page)
                .map(candidate ->
                        candidate.path("family").asText(candidate.get("sku").asText()))
                .toList();
        return families.stream().distinct().count() < families.size();
    }

    private static boolean related(Shown page, String relation, String what) {
        return facts(page)
                .anyMatch(candidate -> words(List.of(candidate.path(relation))).anyMatch(what::equals));
    }

    private static boolean stranger(Shown page) {
        String department = department(page.told().at("/facts/page/category").asText());
        return facts(page)
                .anyMatch(candidate ->
                        !department(candidate.path("category").asText()).equals(department));
    }

    private static String department(String category) {
        return category.split("/", 2)[0];
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String moves(List<Shown> pages) {
        List<Integer> moves = pages.stream()
                .flatMap(Shown::items)
                .map(item -> item.path("moved").asInt())
                .toList();
        return String.format(
                "of %d items up %d, down %d, as the model has them %d",
                moves.size(),
                moves.stream().filter(moved -> moved > 0).count(),
                moves.stream().filter(moved -> moved < 0).count(),
                moves.stream().filter(moved -> moved == 0).count());
    }

    private String hidden() {
        long decisions = shown.stream()
                .filter(page -> !page.told().get("hidden").isEmpty())
                .count();
        return "in " + decisions + " decisions; candidates"
                + counts(shown, page -> words(page.told().get("hidden").findValues("rules")));
    }

    static Stream<String> words(List<JsonNode> lists) {
        return lists.stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(JsonNode::asText);
    }

    private static Stream<String> effects(Shown page) {
        return page.items()
                .flatMap(item -> item.get("reasons").findValuesAsText("effect").stream())
                .map(effect -> effect.split(" ")[0]);
    }

    private static Stream<String> shortfalls(Shown page) {
        return page.decision().path("shortfalls").findValuesAsText("cause").stream();
    }

    private static String counts(List<Shown> pages, Function<Shown, Stream<String>> words) {
        Map<String, Long> counts = pages.stream()
                .flatMap(words)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return counts.isEmpty() ? " none" : " " + counts;
    }

    private String times(ToLongFunction<Shown> time) {
        long[] sorted = shown.stream().mapToLong(time).sorted().toArray();
        return "median " + sorted[sorted.length / 2] + ", 99 % " + sorted[sorted.length * 99 / 100] + ", most "
                + sorted[sorted.length - 1];
    }
}
