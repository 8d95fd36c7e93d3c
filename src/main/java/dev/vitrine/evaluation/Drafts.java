package dev.vitrine.evaluation;

import dev.vitrine.problem.Check;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes editions that serve nobody. */
@Singleton
final class Drafts {
    static final int NOTE_MAX = 500;

    private final Rulebook rulebook;

    Drafts(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    /**
     * A draft that can be tried.
     *
     * @param files the edits that make it
     * @param warnings what is odd about it
     */
    record Ready(List<Edit> files, Edition edition, List<RuleProblem> warnings) {}

    /**
     * @param files laid over the edition published last; none of them is that edition itself
     * @throws InvalidRulesException when it could not be published either
     */
    Ready of(List<Edit> files) throws InvalidRulesException {
        List<Edit> edits = Edit.checked(Check.required("files", files));
        Draft draft = rulebook.draft(edits);
        return new Ready(edits, draft.edition(), draft.warnings());
    }
}
