package dev.vitrine.evaluation;

import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Proposals;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.inject.Singleton;
import java.util.List;

/** Compiles drafts: editions that serve nobody. */
@Singleton
final class Drafts {
    static final int NOTE_MAX = 500;

    private final Rulebook rulebook;
    private final Proposals proposals;

    Drafts(Rulebook rulebook, Proposals proposals) {
        this.rulebook = rulebook;
        this.proposals = proposals;
    }

    /** A draft that compiles; its warnings would not keep it from being published. */
    record CompiledDraft(List<Edit> files, Edition edition, List<RuleProblem> warnings) {}

    /**
     * The files of a request, or a draft that is kept. With no edits, it is the edition published last. Faults throw {@link
     * InvalidRulesException}.
     */
    CompiledDraft of(List<Edit> files, Long kept) throws InvalidRulesException {
        List<Edit> edits = proposals.tried(files, kept);
        Draft draft = rulebook.draft(edits);
        return new CompiledDraft(edits, draft.edition(), draft.warnings());
    }
}
