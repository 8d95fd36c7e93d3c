package dev.vitrine.evaluation;

import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.KnownWarnings;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles drafts: editions that serve nobody. */
@Singleton
final class Drafts {
    static final int NOTE_MAX = 500;

    private final Rulebook rulebook;
    private final ProposedFiles proposals;

    Drafts(Rulebook rulebook, ProposedFiles proposals) {
        this.rulebook = rulebook;
        this.proposals = proposals;
    }

    /** A draft that compiles; its warnings would not keep it from being published. */
    record CompiledDraft(List<Edit> files, Edition edition, KnownWarnings warnings) {}

    /**
     * The files of a request, or a draft that is kept. With no edits, it is the edition published last. Faults throw {@link
     * InvalidRulesException}.
     */
    CompiledDraft of(List<Edit> files, Long kept) throws InvalidRulesException {
        return of(files, kept, List.of());
    }

    /** @param planned changes that come first, such as scheduled ones; the draft's files are laid over them */
    CompiledDraft of(List<Edit> files, Long kept, List<Edit> planned) throws InvalidRulesException {
        List<Edit> edits = proposals.tried(files, kept);
        Map<String, Edit> all = new LinkedHashMap<>();
        planned.forEach(edit -> all.put(edit.path(), edit));
        edits.forEach(edit -> all.put(edit.path(), edit));
        Draft draft = rulebook.draft(List.copyOf(all.values()));
        return new CompiledDraft(edits, draft.edition(), draft.warningsOfChange());
    }
}
