package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Firing a draft finds conflicts that the text of rules does not show. */
class ConflictProbeTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final String CHEAP = "$c : Candidate( price < 10 )";
    private static final String IN_STOCK = "$c : Candidate( stock > 2 )";
    private static final String CHEAP_IN_STOCK = "candidates: [ { sku: a, price: 2, stock: 3 } ]";
    private static final String BOTH_APART =
            "candidates: [ { sku: a, price: 2, stock: 1 }, { sku: b, price: 20, stock: 3 } ]";

    /** A draft with a rule for each pair of condition and consequence. */
    private static RuleCompiler.Compiled rules(String... conditionsAndVerbs) throws InvalidRulesException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < conditionsAndVerbs.length; i += 2) {
            text.append("rule \"Rule %d\"\n@owner( \"Ines\" )\nwhen\n%s\nthen\n%s\nend\n"
                    .formatted(i / 2 + 1, conditionsAndVerbs[i], conditionsAndVerbs[i + 1]));
        }
        return RuleLab.compile(List.of(new RuleFile("shelf/rules.drl", text.toString())));
    }

    /** This many visits with the facts of an example. */
    private static Stream<ExampleSituation> visits(int count, String given) {
        ExampleSituation one = RuleLab.EXAMPLES
                .situations(List.of(new RuleFile(
                        "a.examples.yaml", "\"Rule\":\n  fires: [ { case: a visit, %s } ]\n".formatted(given))))
                .get(0);
        return IntStream.range(0, count)
                .mapToObj(i -> new ExampleSituation("visit " + i, one.facts(), one.readings(), one.at()));
    }

    private static List<String> warnings(
            RuleCompiler.Compiled draft, Stream<ExampleSituation> visits, String... expected) {
        ConflictProbe probe = new ConflictProbe(draft, NOW, RuleLab.noSettlement(), Cancellation.after(LONG_ENOUGH));
        probe.onVisits(visits, Set.of(expected));
        assertThat(probe.found()).allSatisfy(warning -> {
            assertThat(warning.severity()).isEqualTo(RuleProblem.Severity.WARNING);
            assertThat(warning.file()).isEqualTo("shelf/rules.drl");
            assertThat(warning.line()).isPositive();
            assertThat(warning.cure()).isNotEmpty();
        });
        return probe.found().stream()
                .map(warning -> warning.rule() + ": " + warning.message())
                .toList();
    }

    @Test
    void warnsOfAPinOfAHiddenProduct() throws Exception {
        RuleCompiler.Compiled draft = rules(CHEAP, "shelf.hide( $c );", IN_STOCK, "shelf.pin( $c, 1 );");
        assertThat(warnings(draft, visits(1, CHEAP_IN_STOCK)))
                .containsExactly(
                        "Rule 2: What it pins is hidden by \"Rule 1\" (shelf/rules.drl:1) in a recent visit ('a').");
        assertThat(warnings(draft, visits(1, BOTH_APART))).isEmpty();
    }

    @Test
    void warnsOfTwoPinsToOnePosition() throws Exception {
        RuleCompiler.Compiled draft = rules(CHEAP, "shelf.pin( $c, 1 );", IN_STOCK, "shelf.pin( $c, 1 );");
        assertThat(warnings(draft, visits(1, BOTH_APART)))
                .containsExactly(
                        "Rule 2: It pins to position 1, and so does \"Rule 1\" (shelf/rules.drl:1) in a recent visit.");
        assertThat(warnings(draft, visits(1, CHEAP_IN_STOCK))).isEmpty();
    }

    private static String tagged(String... tags) {
        return "placement: { limit: 4 }, candidates: [ "
                + IntStream.range(0, tags.length)
                        .mapToObj(i -> "{ sku: s%d, tags: [ %s ] }".formatted(i, tags[i]))
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow()
                + " ]";
    }

    private static final String SIX_APART = tagged("core", "core", "core", "new", "new", "new");
    private static final String CORE = "shelf.guarantee( 0.75, \"core\" );";

    @Test
    void warnsOfGuaranteesAboveTheWholeListToDisjointGroups() throws Exception {
        assertThat(warnings(rules("Shop()", CORE, "Shop()", "shelf.guarantee( 0.5, \"new\" );"), visits(1, SIX_APART)))
                .containsExactly(
                        "Rule 2: It guarantees, together with \"Rule 1\" (shelf/rules.drl:1), 125 % of the list"
                                + " to groups that share no product in a recent visit.");
        assertThat(warnings(rules("Shop()", CORE + "\nshelf.guarantee( 0.5, \"new\" );"), visits(1, SIX_APART)))
                .singleElement()
                .asString()
                .startsWith("Rule 1: It guarantees 125 % of the list");
    }

    @Test
    void guaranteesThatCanBeKeptAreNoConflict() throws Exception {
        RuleCompiler.Compiled draft = rules("Shop()", CORE, "Shop()", "shelf.guarantee( 0.5, \"new\" );");
        // one product is both; too few are new; the list has all products
        assertThat(warnings(draft, visits(1, tagged("core", "core", "'core', 'new'", "new", "core", "new"))))
                .isEmpty();
        assertThat(warnings(draft, visits(1, tagged("core", "core", "core", "new", "other", "other"))))
                .isEmpty();
        assertThat(warnings(draft, visits(1, tagged("core", "core", "new")))).isEmpty();
        String half = "shelf.guarantee( 0.5, \"core\" );";
        assertThat(warnings(rules("Shop()", half, "Shop()", "shelf.guarantee( 0.5, \"new\" );"), visits(1, SIX_APART)))
                .isEmpty();
        assertThat(warnings(rules("Shop()", CORE, "Shop()", CORE), visits(1, SIX_APART)))
                .isEmpty();
        assertThat(warnings(
                        rules("Shop()", CORE, "Shop()", "shelf.guarantee( overTheDay( 0.5 ), \"new\" );"),
                        visits(1, SIX_APART)))
                .isEmpty();
        assertThat(warnings(
                        rules(
                                "Shop()",
                                CORE,
                                "Shop()",
                                "shelf.guarantee( 0.5, \"new\" );",
                                "Shop()",
                                "shelf.show( nothing() );"),
                        visits(1, SIX_APART)))
                .isEmpty();
    }

    @Test
    void warnsOfABoostThatAnotherRuleAlwaysUndoes() throws Exception {
        RuleCompiler.Compiled draft = rules(CHEAP, "shelf.boost( $c, 2 );", IN_STOCK, "shelf.bury( $c, 0.52 );");
        assertThat(warnings(draft, visits(FiringStatistics.ALWAYS_FROM, CHEAP_IN_STOCK)))
                .containsExactly("Rule 2: Each product that it buries is boosted as much by \"Rule 1\""
                        + " (shelf/rules.drl:1), and vice versa, in all 20 recent visits that they concern.");
        assertThat(warnings(draft, visits(FiringStatistics.ALWAYS_FROM - 1, CHEAP_IN_STOCK)))
                .isEmpty();
        Stream<ExampleSituation> oneApart = Stream.concat(
                visits(FiringStatistics.ALWAYS_FROM, CHEAP_IN_STOCK),
                visits(1, "candidates: [ { sku: a, price: 20, stock: 3 } ]"));
        assertThat(warnings(draft, oneApart)).isEmpty();
    }

    @Test
    void aBoostThatAnotherRuleOnlyWeakensIsNoConflict() throws Exception {
        assertThat(warnings(
                        rules(CHEAP, "shelf.boost( $c, 2 );", IN_STOCK, "shelf.bury( $c, 0.6 );"),
                        visits(FiringStatistics.ALWAYS_FROM, CHEAP_IN_STOCK)))
                .isEmpty();
    }

    @Test
    void warnsOfARuleWhoseProductsAreAllHidden() throws Exception {
        RuleCompiler.Compiled draft = rules(CHEAP, "shelf.hide( $c );", IN_STOCK, "shelf.boost( $c, 2 );");
        assertThat(warnings(draft, visits(FiringStatistics.ALWAYS_FROM, CHEAP_IN_STOCK)))
                .containsExactly(
                        "Rule 2: It has no effect: everything that it boosts, buries or pins in 20 recent visits is"
                                + " hidden by \"Rule 1\" (shelf/rules.drl:1).");
        assertThat(warnings(draft, visits(FiringStatistics.ALWAYS_FROM - 1, CHEAP_IN_STOCK)))
                .isEmpty();
        Stream<ExampleSituation> oneSeen =
                Stream.concat(visits(FiringStatistics.ALWAYS_FROM, CHEAP_IN_STOCK), visits(1, BOTH_APART));
        assertThat(warnings(draft, oneSeen)).isEmpty();
    }

    @Test
    void aRuleWithAnotherEffectIsNotPointless() throws Exception {
        for (String more : List.of("shelf.floor( 0.1 );", "shelf.hide( $c );", "shelf.atMost( 3, ofEachBrand() );")) {
            assertThat(warnings(
                            rules(CHEAP, "shelf.hide( $c );", IN_STOCK, "shelf.boost( $c, 2 );\n" + more),
                            visits(FiringStatistics.ALWAYS_FROM, CHEAP_IN_STOCK)))
                    .isEmpty();
        }
    }

    @Test
    void warnsOfARuleThatFiresOnNoVisitWithItsLikelyShare() throws Exception {
        RuleCompiler.Compiled draft = rules("$c : Candidate( stock == 99 )", "shelf.pin( $c, 1 );");
        assertThat(warnings(draft, visits(60, CHEAP_IN_STOCK), "Rule 1"))
                .containsExactly(
                        "Rule 1: It fired in none of 60 recent visits: it is 95 % certain to concern fewer than 5 % of"
                                + " visits.");
        assertThat(warnings(draft, visits(184, CHEAP_IN_STOCK), "Rule 1"))
                .singleElement()
                .asString()
                .contains("fewer than 1.7 %");
    }

    @Test
    void aRuleThatFiresOnceOrIsNotExpectedIsNotReported() throws Exception {
        RuleCompiler.Compiled draft = rules("$c : Candidate( stock == 99 )", "shelf.pin( $c, 1 );");
        assertThat(warnings(draft, visits(60, CHEAP_IN_STOCK))).isEmpty();
        Stream<ExampleSituation> once =
                Stream.concat(visits(60, CHEAP_IN_STOCK), visits(1, "candidates: [ { sku: a, stock: 99 } ]"));
        assertThat(warnings(draft, once, "Rule 1")).isEmpty();
    }

    @Test
    void fewVisitsAreNotEnoughToReportASilentRule() throws Exception {
        RuleCompiler.Compiled draft = rules("$c : Candidate( stock == 99 )", "shelf.pin( $c, 1 );");
        assertThat(warnings(draft, visits(FiringStatistics.SILENT_FROM - 1, CHEAP_IN_STOCK), "Rule 1"))
                .isEmpty();
        Stream<ExampleSituation> sameVisit = Stream.generate(
                        () -> visits(1, CHEAP_IN_STOCK).findFirst().orElseThrow())
                .limit(FiringStatistics.SILENT_FROM);
        assertThat(warnings(draft, sameVisit, "Rule 1")).isEmpty();
    }

    @Test
    void aRuleThatOnlyReadsHasAnEffect() throws Exception {
        assertThat(warnings(
                        rules("Shop()", "shelf.read( GIFT, \"\", 0.9, \"always\" );"),
                        visits(60, CHEAP_IN_STOCK),
                        "Rule 1"))
                .isEmpty();
    }

    @Test
    void oldVisitsAreTriedWithTodaysRules() throws Exception {
        RuleCompiler.Compiled draft = RuleLab.compile(List.of(new RuleFile(
                "shelf/rules.drl",
                "rule \"Rule 1\"\n@owner( \"Ines\" )\ndate-effective \"2026-11-22\"\nwhen\n%s\nthen\nshelf.floor( 0.1 );\nend\n"
                        .formatted(CHEAP))));
        Stream<ExampleSituation> old = visits(60, CHEAP_IN_STOCK)
                .map(visit -> new ExampleSituation(visit.about(), visit.facts(), visit.readings(), Instant.EPOCH));
        assertThat(warnings(draft, old, "Rule 1")).isEmpty();
    }

    @Test
    void noVisitIsTriedAfterTheTimeLimit() throws Exception {
        RuleCompiler.Compiled draft = rules(CHEAP, "shelf.hide( $c );", IN_STOCK, "shelf.pin( $c, 1 );");
        ConflictProbe probe = new ConflictProbe(draft, NOW, RuleLab.noSettlement(), Cancellation.after(Duration.ZERO));
        List<ExampleSituation> made = new ArrayList<>();
        probe.onVisits(visits(300, CHEAP_IN_STOCK).peek(made::add), Set.of("Rule 1"));
        probe.onExamples(List.of());
        assertThat(made).isEmpty();
        assertThat(probe.found()).isEmpty();
    }

    private static final String CASES =
            """
            "Rule 1":
              fires:
                - case: a cheap one of 100 %s
                  candidates: [ { sku: a, price: 2, stock: 3 }, { sku: b, price: 20, stock: 1 } ]
              does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 30, stock: 1 } ] } ]
            """;

    private static List<RuleProblem> onExamples(RuleCompiler.Compiled draft, List<RuleFile> files) {
        ConflictProbe probe = new ConflictProbe(draft, NOW, RuleLab.noSettlement(), Cancellation.after(LONG_ENOUGH));
        probe.onExamples(RuleLab.EXAMPLES.situations(files));
        return probe.found();
    }

    @Test
    void situationsOfExamplesAreTriedToo() throws Exception {
        List<RuleFile> cases = List.of(new RuleFile("shelf/rules.examples.yaml", CASES));
        assertThat(onExamples(
                        rules(
                                "$c : Candidate( price < 10, sku == \"a\" )",
                                "shelf.hide( $c );",
                                IN_STOCK + "\nShop( !small )",
                                "shelf.pin( $c, 1 );"),
                        cases))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("What it pins is hidden by \"Rule 1\" (shelf/rules.drl:1) in the example 'a cheap"
                                + " one of 100 %s' ('a')."));
        assertThat(onExamples(
                        rules(CHEAP, "shelf.hide( $c );", "$c : Candidate( price > 15 )", "shelf.pin( $c, 1 );"),
                        cases))
                .isEmpty();
    }

    @Test
    void theShippedRulesDoNotConflictInTheirExamples() throws Exception {
        List<RuleFile> files = new RuleFolder(Path.of("rules")).read();
        assertThat(onExamples(RuleLab.compile(files), files)).isEmpty();
    }
}
