package dev.vitrine.rulebook.publish;

import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.publish.KeptDrafts.KeptDraft;
import dev.vitrine.rulebook.source.Edit;
import jakarta.inject.Singleton;
import java.util.List;

/** What a call proposes: files of its own, or a draft by its id. */
@Singleton
public final class ProposedFiles {
    /** For the OpenAPI document. */
    public static final String DRAFT = "The id of a draft, in place of 'files'";

    private static final int FORBIDDEN = 403;

    private final KeptDrafts drafts;
    private final FourEyes fourEyes;

    ProposedFiles(KeptDrafts drafts, FourEyes fourEyes) {
        this.drafts = drafts;
        this.fourEyes = fourEyes;
    }

    /** What is only tried; it may be empty, for the live edition. */
    public List<Edit> tried(List<Edit> files, Long draft) {
        return draft == null ? Edit.checked(files) : draft(files, draft).edits();
    }

    /** What shoppers will get, and the edition that its editor began with, null if that does not matter. */
    public record Served(List<Edit> edits, Integer base) {}

    /** What shoppers will get: not empty, and approved where two people are asked for. */
    public Served served(List<Edit> files, Long draft, Integer base) {
        if (draft == null) {
            List<Edit> edits = Edit.checked(files);
            if (edits.isEmpty()) {
                throw new ProblemException("files", "is empty; there is nothing to publish");
            }
            fourEyes.refuse("files", "reach shoppers");
            return new Served(edits, base);
        }
        KeptDraft kept = draft(files, draft);
        if (kept.edits().isEmpty()) {
            throw new ProblemException("draft", "has no files; there is nothing to publish");
        }
        requireApproved(kept);
        return new Served(kept.edits(), base == null ? Integer.valueOf(kept.base()) : base);
    }

    private void requireApproved(KeptDraft kept) {
        if (fourEyes.asked() && !kept.approved()) {
            throw new ProblemException(
                    FORBIDDEN,
                    "draft",
                    "is not approved by somebody who has not edited it, as it must be here (" + FourEyes.SETTING
                            + "): POST /rulebook/drafts/" + kept.id() + "/approve");
        }
    }

    private KeptDraft draft(List<Edit> files, long draft) {
        if (files != null) {
            throw new ProblemException("files", "must be absent where there is a 'draft'");
        }
        return drafts.kept(draft);
    }
}
