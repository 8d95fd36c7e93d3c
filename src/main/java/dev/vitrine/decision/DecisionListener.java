package dev.vitrine.decision;

import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.rulebook.edition.Edition;

/**
 * Told of each decision once its answer stands; nothing that is done with it changes the answer. The one who is told must
 * take it and go: the storefront still waits.
 */
public interface DecisionListener {
    /** Whether anybody wants to be told of this visit now. */
    boolean wants(String visit);

    /** A question, and the edition that answered it. */
    void answered(ReplayInput question, Edition edition);
}
