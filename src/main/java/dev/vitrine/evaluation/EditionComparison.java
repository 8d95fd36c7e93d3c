package dev.vitrine.evaluation;

import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.rulebook.edition.Edition;
import java.util.List;
import java.util.Objects;

/** What the live edition and a draft decide: two lists, the second of which is asked about. */
record EditionComparison(ReplayInput input, DryRun live, DryRun draft) {
    /** The second run finds the processor's caches filled, so callers that compare times alternate {@code draftFirst}. */
    static EditionComparison of(DryRuns dryRuns, ReplayInput input, Edition live, Edition draft, boolean draftFirst) {
        DryRun first = dryRuns.run(input, draftFirst ? draft : live);
        DryRun second = dryRuns.run(input, draftFirst ? live : draft);
        return new EditionComparison(input, draftFirst ? second : first, draftFirst ? first : second);
    }

    static List<String> skus(DryRun dryRun) {
        return dryRun.answer().items().stream().map(Item::sku).toList();
    }

    boolean listChanged() {
        return !skus(live).equals(skus(draft));
    }

    /** Whether they show different modules, or the same one about something else. */
    boolean moduleChanged() {
        DecisionModule before = live.answer().module();
        DecisionModule after = draft.answer().module();
        return !before.type().equals(after.type()) || !Objects.equals(before.subject(), after.subject());
    }

    double overlap() {
        return Overlap.of(skus(live), skus(draft));
    }
}
