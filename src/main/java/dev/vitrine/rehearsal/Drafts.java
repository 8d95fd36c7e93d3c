package dev.vitrine.rehearsal;

import dev.vitrine.problem.Check;
import dev.vitrine.rulebook.Draft;
import dev.vitrine.rulebook.Edit;
import dev.vitrine.rulebook.Edition;
import dev.vitrine.rulebook.RuleBookFaults;
import dev.vitrine.rulebook.RuleProblem;
import dev.vitrine.rulebook.Rulebook;
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
     * @throws RuleBookFaults when it could not be published either
     */
    Ready of(List<Edit> files) throws RuleBookFaults {
        List<Edit> edits = Edit.checked(Check.required("files", files));
        Draft draft = rulebook.draft(edits);
        return new Ready(edits, draft.edition(), draft.warnings());
    }
}
