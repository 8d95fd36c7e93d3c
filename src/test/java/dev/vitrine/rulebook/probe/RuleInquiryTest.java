package dev.vitrine.rulebook.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.LongProofs;
import dev.vitrine.decision.PlainFacts;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Mood;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.probe.RuleInquiry.Situation;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps a rule from firing, on a newcomer's first page with four candidates. */
class RuleInquiryTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final RuleInquiry INQUIRY = new RuleInquiry();

    private static Candidate candidate(String sku, double price, String tag) {
        return new Candidate.Builder(sku)
                .price(price)
                .stock(3)
                .category("tea/green")
                .score(1)
                .rank(1)
                .tags(tag.isEmpty() ? Set.of() : Set.of(tag))
                .build();
    }

    private static final Facts FACTS = PlainFacts.of(
            "home-page",
            List.of(
                    candidate("a", 10, "new"),
                    candidate("b", 20, ""),
                    candidate("c", 30, ""),
                    candidate("d", 80, "core")));

    private static ConditionParts parts(String condition, String consequence) throws InvalidRulesException {
        String text = "rule \"R\" @owner( \"Ines\" )\nwhen\n" + condition + "\nthen\n" + consequence + "\nend\n";
        return RuleLab.compile(List.of(new RuleFile("r.drl", text)))
                .files()
                .get(0)
                .conditions("R")
                .orElseThrow();
    }

    private static Optional<ConditionFinding> found(
            String condition, String consequence, String sku, boolean shopperToo, Reading... readings)
            throws InvalidRulesException {
        return INQUIRY.failing(
                parts(condition, consequence),
                new Situation(FACTS, List.of(readings), NOW, shopperToo),
                sku,
                new Cancellation());
    }

    private static String sentence(String condition, String sku, Reading... readings) throws InvalidRulesException {
        return found(
                        condition,
                        condition.contains("$c") ? "shelf.hide( $c );" : "shelf.floor( 0.5 );",
                        sku,
                        true,
                        readings)
                .map(ConditionFinding::sentence)
                .orElse("held");
    }

    @Test
    void aSingleFactSaysWhatItWas() throws Exception {
        assertThat(sentence("Visit( pages > 5 )\n$c : Candidate( price > 1 )", null))
                .isEqualTo("Visit( pages > 5 ) did not hold, pages was "
                        + FACTS.visit().pages());
    }

    @Test
    void eachConstraintThatFailsIsNamedAndNoOther() throws Exception {
        assertThat(sentence("Visit( pages > 5, productPages >= 0 && searches > 2 )", null))
                .isEqualTo("Visit( pages > 5 ) did not hold, pages was "
                        + FACTS.visit().pages() + "; and Visit( searches > 2 ) did not hold, searches was 0");
    }

    @Test
    void aNameSaysWhatItStandsFor() throws Exception {
        assertThat(sentence("Cart( $top : highestPrice )\n$c : Candidate( price < $top )", "a"))
                .isEqualTo("Candidate( price < $top ) did not hold for a, price was 10, $top was 0");
    }

    @Test
    void ofManyCandidatesItIsCountedHowFarTheyCame() throws Exception {
        assertThat(sentence("$c : Candidate( price < 50, tagged( \"core\" ) )", null))
                .isEqualTo(
                        "Candidate( price < 50, tagged( \"core\" ) ) did not hold: of 4 candidates, 3 had price < 50;"
                                + " none of those had tagged( \"core\" )");
        ConditionFinding found = found(
                        "$c : Candidate( price < 50, tagged( \"core\" ) )", "shelf.hide( $c );", null, true)
                .orElseThrow();
        assertThat(found.failed()).extracting(ConditionFinding.Failed::held).containsExactly(3, 1);
        assertThat(sentence("$c : Candidate( price > 500 )", null))
                .isEqualTo("Candidate( price > 500 ) did not hold: none of the 4 candidates had price > 500");
    }

    @Test
    void oneCandidateSaysItsOwnValues() throws Exception {
        String rule = "$c : Candidate( price < 50, tagged( \"core\" ) )";
        assertThat(sentence(rule, "a")).isEqualTo("Candidate( tagged( \"core\" ) ) did not hold for a, tags was new");
        assertThat(sentence(rule, "d")).isEqualTo("Candidate( price < 50 ) did not hold for d, price was 80");
        assertThat(sentence("$c : Candidate( price < 50 )", "a")).isEqualTo("held");
    }

    @Test
    void whatIsAbsentOrThereIsSaid() throws Exception {
        Reading comparing = new Reading(Mood.COMPARING, "tea", 0.5, "");
        assertThat(sentence("not Reading( mood == COMPARING )\n$c : Candidate()", "a", comparing))
                .isEqualTo("not Reading( mood == COMPARING ) did not hold: there was one");
        assertThat(sentence("Reading( mood == GIFT )\n$c : Candidate()", "a", comparing))
                .isEqualTo("Reading( mood == GIFT ) did not hold, mood was COMPARING");
        assertThat(sentence("Reading( mood == GIFT )", null))
                .isEqualTo("Reading( mood == GIFT ) did not hold: no rule had read anything");
        assertThat(sentence("Campaign( id == \"summer\" )", null))
                .isEqualTo("Campaign( id == \"summer\" ) did not hold: no campaign was running");
        assertThat(sentence("not Candidate( price > 15 )", null))
                .isEqualTo("not Candidate( price > 15 ) did not hold: there were 3, such as b");
        assertThat(sentence("exists Candidate( price > 500 )", null))
                .isEqualTo("exists Candidate( price > 500 ) did not hold: none of the 4 candidates had price > 500");
    }

    @Test
    void ofAlternativesTheWholeIsNamed() throws Exception {
        assertThat(sentence("( Page( type == CART ) or Visit( pages > 9 ) )\n$c : Candidate()", null))
                .isEqualTo("( Page( type == CART ) or Visit( pages > 9 ) ): none of its ways held");
        assertThat(sentence("not( Candidate( price > 15 ) and Visit( pages >= 0 ) )", null))
                .isEqualTo("not( Candidate( price > 15 ) and Visit( pages >= 0 ) ) did not hold");
    }

    @Test
    void theFirstPartThatFailsIsTheAnswer() throws Exception {
        assertThat(sentence("Page( type == CART )\nVisit( pages > 5 )", null))
                .startsWith("Page( type == CART ) did not hold");
    }

    @Test
    void theShopperIsForOperatorsOnly() throws Exception {
        String rule = "Shopper( orders > 3 )";
        assertThat(sentence(rule, null)).isEqualTo("Shopper( orders > 3 ) did not hold, orders was 0");
        assertThat(found(rule, "shelf.floor( 0.5 );", null, false).orElseThrow().sentence())
                .isEqualTo(
                        "Shopper( orders > 3 ) did not hold; what is known of the shopper is told to an operator's key"
                                + " only");
        assertThat(found("Shopper( $n : orders )\n$c : Candidate( price < $n )", "shelf.hide( $c );", "a", false)
                        .orElseThrow()
                        .failed()
                        .get(0)
                        .values())
                .containsOnlyKeys("price");
    }

    @Test
    void aCancelledInquirySaysThatItDoesNotKnow() throws Exception {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThat(INQUIRY.failing(
                        parts("Visit( pages > 5 )", "shelf.floor( 0.5 );"),
                        new Situation(FACTS, List.of(), NOW, true),
                        null,
                        cancelled))
                .hasValueSatisfying(found -> assertThat(found.condition()).isNull());
    }

    @Test
    void eachShippedRuleCanBeAskedAbout() throws Exception {
        List<RuleFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(Path.of("rules"))) {
            for (Path path : paths.filter(one -> one.toString().endsWith(".drl") && !one.endsWith(RuleFile.VOCABULARY))
                    .toList()) {
                files.add(new RuleFile(Path.of("rules").relativize(path).toString(), Files.readString(path)));
            }
        }
        for (CompiledFile file : RuleLab.compile(files).files()) {
            // one rule of each file, and all of them in the long form
            for (var rule : LongProofs.ALL
                    ? file.shapes()
                    : file.shapes().subList(0, Math.min(1, file.shapes().size()))) {
                ConditionParts parts = file.conditions(rule.card().name()).orElseThrow();
                Optional<ConditionFinding> found =
                        INQUIRY.failing(parts, new Situation(FACTS, List.of(), NOW, true), null, new Cancellation());
                assertThat(found.map(ConditionFinding::condition).orElse("held"))
                        .as(rule.card().name() + found)
                        .isNotNull();
            }
        }
    }
}
