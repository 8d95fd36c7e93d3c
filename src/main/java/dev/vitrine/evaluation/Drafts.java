package dev.vitrine.evaluation;

import dev.vitrine.problem.Check;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.KnownWarnings;
import dev.vitrine.rulebook.edition.Edition;
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

    Drafts(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    /** A draft that compiles; its warnings would not keep it from being published. */
    record CompiledDraft(List<Edit> files, Edition edition, KnownWarnings warnings) {}

    /** With no edits, the draft is the edition published last. Faults throw {@link InvalidRulesException}. */
    CompiledDraft of(List<Edit> files) throws InvalidRulesException {
        return of(files, List.of());
    }

    /** @param planned changes that come first, such as scheduled ones; the draft's files are laid over them */
    CompiledDraft of(List<Edit> files, List<Edit> planned) throws InvalidRulesException {
        List<Edit> edits = Edit.checked(Check.required("files", files));
        Map<String, Edit> all = new LinkedHashMap<>();
        planned.forEach(edit -> all.put(edit.path(), edit));
        edits.forEach(edit -> all.put(edit.path(), edit));
        Draft draft = rulebook.draft(List.copyOf(all.values()));
        return new CompiledDraft(edits, draft.edition(), draft.warningsOfChange());
    }
}
