package dev.vitrine.evaluation;

import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.rulebook.edition.Edition;
import java.util.List;
import java.util.Objects;

/** One question, and what the live edition and the draft make of it. */
record EditionComparison(ReplayInput question, DryRun live, DryRun draft) {
    /**
     * @param draftFirst whether the draft is asked first: who comes second finds the processor's caches filled, so those
     *     who compare times let them take turns
     */
    static EditionComparison of(DryRuns trials, ReplayInput question, Edition live, Edition draft, boolean draftFirst) {
        DryRun first = trials.answer(question, draftFirst ? draft : live);
        DryRun second = trials.answer(question, draftFirst ? live : draft);
        return new EditionComparison(question, draftFirst ? second : first, draftFirst ? first : second);
    }

    static List<String> skus(DryRun trial) {
        return trial.answer().items().stream().map(Item::sku).toList();
    }

    boolean listChanged() {
        return !skus(live).equals(skus(draft));
    }

    /** Whether something else is shown as a whole: another module, or the same about something else. */
    boolean moduleChanged() {
        DecisionAnswer.Module one = live.answer().module();
        DecisionAnswer.Module other = draft.answer().module();
        return !one.type().equals(other.type())
                || !Objects.equals(one.sku(), other.sku())
                || !Objects.equals(one.category(), other.category());
    }

    double overlap() {
        return Overlap.of(skus(live), skus(draft));
    }
}
