package dev.vitrine.decision.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.PlainFacts;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import dev.vitrine.rulebook.check.ProposalSettlement.Broken;
import dev.vitrine.rulebook.engine.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who keeps a guarantee from being kept. */
class DraftSettlementTest {
    private static final Proposal HALF_CORE =
            new Proposal.Guarantee("core", new Share(0.5, Share.Window.LIST), Groups.taggedWith("core"));

    /** Ten products, of which the last five are core. */
    private static List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            candidates.add(new Candidate.Builder("p" + i)
                    .rank(i)
                    .score(1.0 / i)
                    .relevance(1)
                    .stock(1)
                    .tags(i > 10 ? Set.of("core") : Set.of())
                    .build());
        }
        return candidates;
    }

    private static List<Broken> broken(Proposal... others) {
        List<Proposal> proposals = new ArrayList<>(Arrays.asList(others));
        proposals.add(HALF_CORE);
        return new DraftSettlement().settle(PlainFacts.of("home-page", candidates()), proposals, new Cancellation());
    }

    @Test
    void aGuaranteeThatIsKeptIsBrokenByNobody() {
        assertThat(broken()).isEmpty();
        assertThat(broken(new Proposal.AtMost("limit", 5, Groups.taggedWith("core"))))
                .isEmpty();
    }

    @Test
    void aLimitOfTheGroupBreaksIt() {
        assertThat(broken(new Proposal.AtMost("limit", 2, Groups.taggedWith("core"))))
                .containsExactly(new Broken("core", "core", Set.of("limit")));
    }

    @Test
    void pinsOfOthersBreakIt() {
        Proposal[] pins = new Proposal[8];
        for (int i = 0; i < pins.length; i++) {
            pins[i] = new Proposal.Pin("pins", candidates().get(i), i + 1);
        }
        assertThat(broken(pins)).containsExactly(new Broken("core", "core", Set.of("pins")));
    }

    @Test
    void hidingTheGroupBreaksIt() {
        List<Proposal> hides = candidates().stream()
                .filter(candidate -> candidate.tags().contains("core"))
                .map(candidate -> (Proposal) new Proposal.Hide("hides", candidate))
                .toList();
        assertThat(broken(hides.toArray(Proposal[]::new))).containsExactly(new Broken("core", "core", Set.of("hides")));
    }
}
