package dev.vitrine.rehearsal;

import dev.vitrine.decision.DecisionAnswer;
import dev.vitrine.decision.DecisionAnswer.Item;
import dev.vitrine.decision.Question;
import dev.vitrine.decision.Trial;
import dev.vitrine.decision.Trials;
import dev.vitrine.rulebook.Edition;
import java.util.List;
import java.util.Objects;

/** One question, and what the live edition and the draft make of it. */
record SideBySide(Question question, Trial live, Trial draft) {
    /**
     * @param draftFirst whether the draft is asked first: who comes second finds the processor's caches filled, so those
     *     who compare times let them take turns
     */
    static SideBySide of(Trials trials, Question question, Edition live, Edition draft, boolean draftFirst) {
        Trial first = trials.answer(question, draftFirst ? draft : live);
        Trial second = trials.answer(question, draftFirst ? live : draft);
        return new SideBySide(question, draftFirst ? second : first, draftFirst ? first : second);
    }

    static List<String> skus(Trial trial) {
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
