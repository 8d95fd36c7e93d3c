package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.source.Edit;
import java.util.List;

/** The drafts that people keep, for those who try or serve one. */
public interface KeptDrafts {
    /** A draft as it is at this moment; {@code approved} by somebody who has not edited it. */
    record KeptDraft(long id, List<Edit> edits, int base, boolean approved) {}

    /** @throws dev.vitrine.problem.ProblemException when there is none of this id */
    KeptDraft kept(long id);
}
