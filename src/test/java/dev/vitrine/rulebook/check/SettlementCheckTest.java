package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.check.ProposalSettlement.Broken;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A check sees what settling costs, and not only what firing does. */
class SettlementCheckTest {
    private static final RuleFile RULES = new RuleFile(
            "shelf/core.drl",
            """
            rule "Core has a place" @owner( "Ines" )
            when Placement() then shelf.guarantee( 0.1, "core" ); end

            rule "Each brand has a place" @owner( "Ines" )
            when $c : Candidate( price > 3 ) then shelf.guarantee( 0.01, ofBrand( $c.brand() ) ); end
            """);
    private static final RuleFile EXAMPLES = new RuleFile(
            "shelf/core.examples.yaml",
            """
            "Core has a place":
              fires: [ { case: anywhere } ]
            "Each brand has a place":
              fires: [ { case: it costs four, candidates: [ { sku: a, price: 4, brand: b } ] } ]
              does-not-fire: [ { case: it costs two, candidates: [ { sku: a, price: 2, brand: b } ] } ]
            """);

    /** As the search for the best list would be if it did not end. */
    private static List<Broken> endless(Cancellation cancellation) {
        while (!cancellation.isCancelled()) {
            Thread.onSpinWait();
        }
        throw new CancellationException();
    }

    @Test
    void rulesThatCannotBeSettledAreRefusedAndThoseWithMostGroupsAreNamedFirst() {
        RuleCheck check = RuleLab.checkThatSettles((facts, proposals, cancellation) -> endless(cancellation));
        assertThat(check.of(List.of(RULES, EXAMPLES)).faults())
                .extracting(RuleProblem::toString)
                .containsExactly(
                        "shelf/core.drl:4:1 rule \"Each brand has a place\": What the rules promise cannot be settled within"
                                + " 1,000 ms in a visit with 1000 candidates; this one promises places for groups: 5."
                                + " Promise places to fewer groups.",
                        "shelf/core.drl:1:1 rule \"Core has a place\": What the rules promise cannot be settled within 1,000 ms"
                                + " in a visit with 1000 candidates; this one promises places for groups: 1."
                                + " Promise places to fewer groups.");
    }

    @Test
    void theLargestVisitAndTheExamplesAreSettled() {
        List<Integer> candidates = new ArrayList<>();
        List<Integer> proposals = new ArrayList<>();
        RuleCheck check = RuleLab.checkThatSettles((facts, proposed, cancellation) -> {
            candidates.add(facts.candidates().size());
            proposals.add(proposed.size());
            return List.of();
        });
        assertThat(check.of(List.of(RULES, EXAMPLES)).faults()).isEmpty();
        assertThat(candidates).startsWith(1000, 50).contains(1);
        assertThat(proposals).startsWith(6, 6);
    }

    @Test
    void aSettlementThatIsSlowOnAnExampleOnlyIsFoundToo() {
        RuleCheck check = RuleLab.checkThatSettles((facts, proposals, cancellation) -> {
            if (facts.candidates().size() == 1 && proposals.stream().anyMatch(Proposal.Guarantee.class::isInstance)) {
                endless(cancellation);
            }
            return List.of();
        });
        assertThat(check.of(List.of(RULES, EXAMPLES)).faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.message()).contains("in the example 'it costs"));
    }
}
