package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Proposal;
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
import org.junit.jupiter.api.Test;

/** A thousand candidates, weighed against each other. */
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
    void aSearchThatFindsNothingEndsAsSoonAsItIsToldTo() throws Exception {
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
        Impatient stop = new Impatient();
        FiringResult outcome =
                engine("$c : Candidate()\nCandidate( price + $c.price < 0 )").fire(Crowd.of(1000), Instant.EPOCH, stop);
        assertThat(outcome).isSameAs(FiringResult.NOTHING);
        // the one that ended the search, and the one by which the engine knows why it ended
        assertThat(stop.questions).isBetween(after, after + 3);
    }

    @Test
    void oneRuleMayWeighAThousandCandidatesAgainstEachOther() throws Exception {
        assertThat(leftOut(engine("$c : Candidate()\nCandidate( price + $c.price < 0 )")))
                .isEmpty();
    }

    @Test
    void aRuleThatKeepsTooManyCombinationsIsLeftOutAndTheOthersStay() throws Exception {
        RuleEngine engine = engine("$c : Candidate()\nCandidate()");
        FiringResult outcome = engine.fire(Crowd.of(1000), Instant.EPOCH, new Cancellation());
        assertThat(outcome.failures()).extracting(FiringResult.Failure::rule).containsExactly("Pairs 0");
        assertThat(outcome.proposals()).hasSize(1);
    }

    @Test
    void whatAnIndexFindsIsCountedToo() throws Exception {
        assertThat(leftOut(engine("$c : Candidate()\nCandidate( family == $c.family )")))
                .containsExactly("Pairs 0");
    }

    @Test
    void theRuleThatFillsTheMeasureOfADecisionIsLeftOut() throws Exception {
        assertThat(leftOut(engine(
                        "$c : Candidate()\nCandidate( price + $c.price < 0 )",
                        "$c : Candidate()\nnot Candidate( price - $c.price > 5000 )",
                        "$c : Candidate()\nexists( Candidate( price * $c.price < 0 ) )")))
                .hasSize(1);
    }

    @Test
    void ofTheShippedRulesOnlyThoseThatWeighTwoReadingsWithACandidateAreCounted() throws Exception {
        List<ParsedFile> files = new RuleFolder(Path.of("rules"))
                .read().stream()
                        .filter(RuleFile::holdsRules)
                        .map(ParsedFile::of)
                        .toList();
        try (RuleCompiler.Build build = new RuleCompiler.Build(files)) {
            assertThat(build.executable().stream().flatMap(model -> model.getRules().stream()))
                    .hasSizeGreaterThan(30)
                    .filteredOn(rule -> JoinBudget.counted(rule) != rule.getView())
                    .extracting(org.drools.model.Rule::getName)
                    .containsExactlyInAnyOrder(
                            "What is due again stands first", "A regular sees more of what they care for");
        }
    }

    @Test
    void countingChangesNothingOfWhatIsFound() throws Exception {
        FiringResult outcome = engine(
                        "$c : Candidate()\nnot Candidate( price < $c.price )",
                        "$c : Candidate()\nexists Candidate( price > $c.price + 18 )",
                        "$c : Candidate( price > 17 )\n( Candidate( price == $c.price + 1 ) or Cart( value > $c.price ) )")
                .fire(Crowd.of(20), Instant.EPOCH, new Cancellation());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.proposals().stream().map(JoinBudgetTest::told).toList())
                .containsExactlyInAnyOrder("hide sku-0", "bury 0.5 sku-0", "bury 0.5 sku-0", "bury 0.5 sku-18");
    }

    private static String told(Proposal proposal) {
        return proposal instanceof Proposal.Hide hide
                ? hide.effect() + " " + hide.candidate().sku()
                : proposal.effect() + " "
                        + ((Proposal.Boost) proposal).candidate().sku();
    }
}
