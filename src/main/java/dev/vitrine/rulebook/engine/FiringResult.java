package dev.vitrine.rulebook.engine;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals.ReadBy;
import java.util.Collection;
import java.util.List;

/** What the rules of one decision did; failures are rules that threw, or did not come back from another decision. */
public record FiringResult(Collection<Proposal> proposals, Collection<ReadBy> readings, List<Failure> failures) {
    public record Failure(String rule, String cause) {}

    static final FiringResult NOTHING = new FiringResult(List.of(), List.of(), List.of());
}
