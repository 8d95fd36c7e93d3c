package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;

/** Files that not even a draft can hold, which may have any other fault. */
public final class UnfitDraftException extends InvalidRulesException {
    private static final long serialVersionUID = 1;

    public UnfitDraftException(List<RuleProblem> problems) {
        super(problems);
    }
}
