package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an older version published, and this one would refuse. */
class SlipsTest {
    private static final RuleFile SLIP = new RuleFile(
            "slip.drl",
            """
            rule "Lifted by nothing"
                @owner( "Ines" )
                enabled false
            when
                $c : Candidate( price < 10 )
            then
                shelf.boost( $c, 0 );
            end
            """);
    private static final RuleFile EXAMPLES = new RuleFile(
            "slip.examples.yaml",
            """
            "Lifted by nothing":
              fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
              does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 20 } ] } ]
            """);
    private static final List<RuleFile> LIVE = List.of(SLIP, EXAMPLES);
    private static final String SAYS = "The factor of 'boost' is above 1 and at most 100, not 0.";

    private final RuleCheck check = RuleLab.checkForEmptyShop();

    @Test
    void aChangeWithOneIsRefused() {
        assertThat(check.of(LIVE).faults()).extracting(RuleProblem::message).containsExactly(SAYS);
    }

    @Test
    void anEditionWithOneServesOn() throws Exception {
        Edition kept = check.kept(new StoredEdition(1, Instant.EPOCH, "", "", StoredEdition.hash(LIVE), LIVE));
        assertThat(kept.rules()).hasSize(1);
        assertThat(check.warnings(kept)).extracting(RuleProblem::message).contains(SAYS);
    }

    @Test
    void aChangeOfOtherFilesIsNotRefusedForIt() {
        RuleFile more = new RuleFile(
                "more.drl", SLIP.text().replace("Lifted by nothing", "More").replace("$c, 0", "$c, 2"));
        RuleFile examples = new RuleFile("more.examples.yaml", EXAMPLES.text().replace("Lifted by nothing", "More"));
        Draft draft = check.of(List.of(SLIP, EXAMPLES, more, examples), LIVE);
        assertThat(draft.faults()).isEmpty();
        assertThat(draft.warningsOfChange().known())
                .extracting(RuleProblem::message)
                .contains(SAYS);
    }
}
