package dev.vitrine.rulebook.publish;

import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.publish.KeptDrafts.KeptDraft;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RulePath;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.util.List;

/** What a call proposes: files of its own, or a draft by its id. */
@Singleton
public final class ProposedFiles {
    /** For the OpenAPI document. */
    public static final String DRAFT = "The id of a draft, in place of 'files'";

    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    /** Whoever repeats a deletion does so at once, and each edition holds all files. */
    private static final int EDITIONS_SEARCHED = 50;

    private final KeptDrafts drafts;
    private final FourEyes fourEyes;
    private final Rulebook rulebook;
    private final EditionRepository editions;
    private final Transactions transactions;
    private final SentForm form;

    ProposedFiles(
            KeptDrafts drafts,
            FourEyes fourEyes,
            Rulebook rulebook,
            EditionRepository editions,
            Transactions transactions,
            SentForm form) {
        this.drafts = drafts;
        this.fourEyes = fourEyes;
        this.rulebook = rulebook;
        this.editions = editions;
        this.transactions = transactions;
        this.form = form;
    }

    /**
     * Refuses to delete a file that is not there: its name is misspelt, and the file that was meant would serve on. A file that
     * was deleted of late is no misspelling.
     *
     * @param files as they stand in the request, for the field of the problem
     */
    public List<Edit> deletable(List<Edit> files) {
        List<String> live = rulebook.live().files().stream().map(RuleFile::path).toList();
        for (int i = 0; files != null && i < files.size(); i++) {
            String path = files.get(i).path();
            if (files.get(i).removes() && !live.contains(path) && !hadOfLate(path)) {
                throw new ProblemException(
                        UNPROCESSABLE,
                        form.isRead() ? RuleForm.DELETED : "files[" + i + "].path",
                        "there is no file " + Json.shortened(path) + " to delete" + Nearest.hint(path, live));
            }
        }
        return files;
    }

    private boolean hadOfLate(String path) {
        try {
            return transactions.call(() -> editions.had(path, EDITIONS_SEARCHED));
        } catch (UnavailableException away) {
            // nobody can tell
            return true;
        }
    }

    /** The files of a request, which is refused where one of them cannot be a file of the rules folder. */
    public List<Edit> checked(List<Edit> files) {
        List<Edit> edits = Edit.checked(files);
        List<String> live = rulebook.live().files().stream().map(RuleFile::path).toList();
        for (int i = 0; i < edits.size(); i++) {
            String field = "files[" + i + "].path";
            RulePath.outside(edits.get(i).path(), live).ifPresent(objection -> {
                throw new ProblemException(field, objection);
            });
        }
        return edits;
    }

    /** What is only tried; it may be empty, for the live edition. */
    public List<Edit> tried(List<Edit> files, Long draft) {
        return draft == null ? checked(files) : draft(files, draft).edits();
    }

    /** What shoppers will get, and the edition that its editor began with, null if that does not matter. */
    public record Served(List<Edit> edits, Integer base) {}

    /** What shoppers will get: not empty, and approved where two people are asked for. */
    public Served served(List<Edit> files, Long draft, Integer base) {
        if (draft == null) {
            List<Edit> edits = checked(files);
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
