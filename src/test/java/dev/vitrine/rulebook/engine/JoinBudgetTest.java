package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Mood;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.publish.Crowd;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand candidates, joined with each other. */
class JoinBudgetTest {
    private static final String CHEAP =
            """
            rule "What costs nothing is hidden" @owner( "Ines" )
            when $c : Candidate( price < 1 ) then shelf.hide( $c ); end
            """;

    private static RuleEngine engine(String... conditions) throws InvalidRulesException {
        List<RuleFile> files = new ArrayList<>();
        files.add(new RuleFile("shelf/cheap.drl", CHEAP));
        for (int i = 0; i < conditions.length; i++) {
            files.add(new RuleFile(
                    "shelf/pairs" + i + ".drl",
                    "rule \"Pairs " + i + "\" @owner( \"Ines\" )\nwhen\n" + conditions[i]
                            + "\nthen\nshelf.bury( $c, 0.5 );\nend\n"));
        }
        return RuleLab.compile(files).engine();
    }

    private static List<String> leftOut(RuleEngine engine) {
        return engine.fire(Crowd.of(1000), Instant.EPOCH, new Cancellation()).failures().stream()
                .map(FiringResult.Failure::rule)
                .toList();
    }

    @Test
    void aSearchThatFindsNothingEndsWhenCancelled() throws Exception {
        int after = 10_000;
        class Impatient extends Cancellation {
            private int questions;

            @Override
            public boolean isCancelled() {
                if (++questions == after) {
                    cancel();
                }
                return super.isCancelled();
            }
        }
        Impatient cancellation = new Impatient();
        FiringResult result = engine("$c : Candidate()\nCandidate( price + $c.price < 0 )")
                .fire(Crowd.of(1000), Instant.EPOCH, cancellation);
        assertThat(result).isSameAs(FiringResult.NOTHING);
        // one question ended the search, and by another the engine learns why it ended
        assertThat(cancellation.questions).isBetween(after, after + 3);
    }

    @Test
    void oneRuleMayCompareAThousandCandidatesWithEachOther() throws Exception {
        assertThat(leftOut(engine("$c : Candidate()\nCandidate( price + $c.price < 0 )")))
                .isEmpty();
    }

    @Test
    void aRuleThatMatchesTooManyCombinationsIsLeftOutAndTheOthersStay() throws Exception {
        RuleEngine engine = engine("$c : Candidate()\nCandidate()");
        FiringResult result = engine.fire(Crowd.of(1000), Instant.EPOCH, new Cancellation());
        assertThat(result.failures()).extracting(FiringResult.Failure::rule).containsExactly("Pairs 0");
        assertThat(result.proposals()).hasSize(1);
    }

    @Test
    void indexedJoinsAreCountedToo() throws Exception {
        assertThat(leftOut(engine("$c : Candidate()\nCandidate( family == $c.family )")))
                .containsExactly("Pairs 0");
    }

    @Test
    void theRuleThatExceedsTheBudgetOfADecisionIsLeftOut() throws Exception {
        assertThat(leftOut(engine(
                        "$c : Candidate()\nCandidate( price + $c.price < 0 )",
                        "$c : Candidate()\nnot Candidate( price - $c.price > 5000 )",
                        "$c : Candidate()\nexists( Candidate( price * $c.price < 0 ) )")))
                .hasSize(1);
    }

    @Test
    void shippedRulesThatJoinCandidatesWithCampaignsOrWithTwoReadingsAreCounted() throws Exception {
        List<ParsedFile> files = new RuleFolder(Path.of("rules"))
                .read().stream()
                        .filter(RuleFile::holdsRules)
                        .map(ParsedFile::of)
                        .toList();
        try (DroolsBuild build = new DroolsBuild(files)) {
            assertThat(build.result().load().stream().flatMap(model -> model.getRules().stream()))
                    .hasSizeGreaterThan(30)
                    .filteredOn(JoinBudget::countsChecks)
                    .extracting(org.drools.model.Rule::getName)
                    .containsExactlyInAnyOrder(
                            "What is due again stands first",
                            "What goes with the last order comes first",
                            "What lasts longer than what fits it is no news for half a year",
                            "What lies far from the page's product, and is hardly likely, does not fill the list",
                            "The cart shows what goes with it, and no strangers",
                            "A regular sees more of what they care for",
                            "While a campaign is about bundles they come forward",
                            "Core products keep their share of the shelf",
                            "New products take turns in one place in ten",
                            "A running campaign lifts what it covers",
                            "Expensive products at full price step back during a sale",
                            "What closes the gap to the benefit comes forward",
                            "Pricey extras at full price step back in the cart while the shop is in promo mode");
        }
    }

    /** Twenty readings for each of thirty candidates, and a join of three, filled the heap in twelve seconds. */
    @Test
    void aRuleThatReadsWithoutEndIsLeftOut() throws Exception {
        StringBuilder reads = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            reads.append("shelf.read( GIFT, $c.category(), 0.5, \"").append(i).append("\" + $c.sku() );\n");
        }
        RuleEngine engine = RuleLab.compile(List.of(
                        new RuleFile("shelf/cheap.drl", CHEAP),
                        new RuleFile(
                                "shelf/reads.drl",
                                "rule \"Reads\" @owner( \"Ines\" )\nwhen $c : Candidate()\nthen\n" + reads + "end\n"),
                        new RuleFile(
                                "shelf/joins.drl",
                                "rule \"Joins\" @owner( \"Ines\" )\nwhen $a : Reading() $b : Reading() Reading()"
                                        + " not( Reading( confidence > 1 ) )\nthen shelf.floor( 0.5 ); end\n")))
                .engine();
        FiringResult result = engine.fire(Crowd.of(30), Instant.EPOCH, new Cancellation());
        assertThat(result.failures()).extracting(FiringResult.Failure::rule).containsExactly("Reads");
        assertThat(result.failures().get(0).cause()).isEqualTo("more than 30 readings in one decision");
        assertThat(result.readings()).isEmpty();
        assertThat(result.proposals()).hasSize(1);
    }

    /** Each of these joins is small. Together they keep more than a decision may hold. */
    @Test
    void whatSmallJoinsKeepIsCountedTogether() throws Exception {
        List<RuleFile> files = new ArrayList<>();
        files.add(new RuleFile("shelf/cheap.drl", CHEAP));
        for (int i = 0; i < 9; i++) {
            files.add(new RuleFile(
                    "shelf/joins" + i + ".drl",
                    "rule \"Joins " + i + "\" @owner( \"Ines\" )\nwhen $a : Reading( confidence < " + (2 + i)
                            + " ) $b : Reading( confidence < " + (2 + i) + " ) Reading( confidence < " + (2 + i)
                            + " ) not( Reading( confidence < $a.confidence + 1 ) )\nthen shelf.floor( 0.5 ); end\n"));
        }
        List<Reading> readings = IntStream.range(0, Proposals.READINGS_MAX)
                .mapToObj(i -> new Reading(Mood.GIFT, "c" + i, 0.5, ""))
                .toList();
        FiringResult result =
                RuleLab.compile(files).engine().fire(Crowd.of(30), readings, Instant.EPOCH, new Cancellation());
        assertThat(result.failures()).isNotEmpty();
        assertThat(result.failures().get(0).cause()).contains("matched more than 200000 combinations");
        assertThat(result.proposals()).hasSize(1);
    }

    @Test
    void countingDoesNotChangeTheResult() throws Exception {
        FiringResult result = engine(
                        "$c : Candidate()\nnot Candidate( price < $c.price )",
                        "$c : Candidate()\nexists Candidate( price > $c.price + 18 )",
                        "$c : Candidate( price > 17 )\n( Candidate( price == $c.price + 1 ) or Cart( value > $c.price ) )")
                .fire(Crowd.of(20), Instant.EPOCH, new Cancellation());
        assertThat(result.failures()).isEmpty();
        assertThat(result.proposals().stream().map(JoinBudgetTest::written).toList())
                .containsExactlyInAnyOrder("hide sku-0", "bury 0.5 sku-0", "bury 0.5 sku-0", "bury 0.5 sku-18");
    }

    private static String written(Proposal proposal) {
        return proposal instanceof Proposal.Hide hide
                ? hide.effect() + " " + hide.candidate().sku()
                : proposal.effect() + " "
                        + ((Proposal.Boost) proposal).candidate().sku();
    }
}
