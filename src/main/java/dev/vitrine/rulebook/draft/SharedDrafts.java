package dev.vitrine.rulebook.draft;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.access.Caller;
import dev.vitrine.problem.LookAlikes;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.draft.StoredDraft.Approval;
import dev.vitrine.rulebook.draft.StoredDraft.Content;
import dev.vitrine.rulebook.draft.StoredDraft.State;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Published;
import dev.vitrine.rulebook.publish.FourEyes;
import dev.vitrine.rulebook.publish.KeptDrafts;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.publish.UnfitDraftException;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.OutcomeUnknownException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Drafts that people keep. An edit names the version that it began with, takes the approval away, and makes its editor an author;
 * an author cannot approve. Each change locks the draft's row, so that what is published is what was approved.
 */
@Singleton
final class SharedDrafts implements KeptDrafts {
    /** Open ones: many more than people remember. Each may be as large as a request. */
    static final int OPEN_MAX = 200;

    static final int COMMENTS_MAX = 500;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final DraftRepository drafts;
    private final CommentRepository comments;
    private final EditionRepository editions;
    private final Transactions transactions;
    private final Rulebook rulebook;
    private final FourEyes fourEyes;
    private final Audit audit;
    private final Clock clock;

    SharedDrafts(
            DraftRepository drafts,
            CommentRepository comments,
            EditionRepository editions,
            Transactions transactions,
            Rulebook rulebook,
            FourEyes fourEyes,
            Audit audit,
            Clock clock) {
        this.drafts = drafts;
        this.comments = comments;
        this.editions = editions;
        this.transactions = transactions;
        this.rulebook = rulebook;
        this.fourEyes = fourEyes;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a draft is to hold; without a base, it goes on from the live edition, or from the base that it has. */
    record Wish(String name, String note, Integer base, List<Edit> edits) {
        private Content over(int otherwise) {
            return new Content(name, note, base == null ? otherwise : base, edits);
        }
    }

    List<DraftRepository.Brief> newest(State state, int limit) {
        return transactions.readable("draft", transactions.call(() -> drafts.newest(state, limit)), drafts::briefs);
    }

    StoredDraft find(long id) {
        return transactions.call(() -> drafts.draft(id)).orElseThrow(() -> missing(id, "id"));
    }

    List<DraftComment> comments(long id) {
        return transactions.call(() -> comments.of(id));
    }

    @Override
    public KeptDraft kept(long id) {
        StoredDraft draft = transactions.call(() -> drafts.draft(id)).orElseThrow(() -> missing(id, "draft"));
        return new KeptDraft(id, draft.content().edits(), draft.content().base(), draft.approval() != null);
    }

    private static ProblemException missing(long id, String field) {
        return new ProblemException(NOT_FOUND, field, "there is no draft " + id);
    }

    /**
     * @param inTransaction takes the draft in the transaction that stores it
     * @throws InvalidRulesException when a text is too long, or has characters that nobody sees
     */
    StoredDraft create(Wish wish, Caller caller, Consumer<StoredDraft> inTransaction) throws InvalidRulesException {
        requireFit(wish.edits());
        requireBase(wish.base());
        Content content = wish.over(rulebook.live().number());
        try {
            return transactions.call(() -> {
                List<DraftRepository.Named> open = namesToChoose();
                if (open.size() >= OPEN_MAX) {
                    throw new ProblemException(
                            CONFLICT,
                            null,
                            "there are " + OPEN_MAX + " open drafts already; delete or publish some first");
                }
                requireNoTwin(0, content.name(), open);
                StoredDraft added = drafts.add(StoredDraft.begun(content, caller.name(), clock.instant()));
                log(caller, Action.DRAFT_CREATED, added, "", null, content);
                inTransaction.accept(added);
                return added;
            });
        } catch (OutcomeUnknownException e) {
            throw e.about("the draft", "GET /rulebook/drafts tells when it is back");
        }
    }

    /** @throws DraftConflictException when somebody else edited it since that version */
    StoredDraft edit(long id, int version, Wish wish, Caller caller) throws InvalidRulesException {
        requireFit(wish.edits());
        requireBase(wish.base());
        return transactions.call(() -> {
            StoredDraft now = open(id);
            if (version > now.version()) {
                throw new ProblemException(
                        "version",
                        "is " + version + "; " + now.named() + " is at version " + now.version()
                                + ", and there is no later one");
            }
            if (now.version() != version) {
                throw new DraftConflictException(now, version, wish.edits());
            }
            Content content = wish.over(now.content().base());
            if (content.equals(now.content())) {
                return now;
            }
            if (!content.name().equals(now.content().name())) {
                requireNoTwin(id, content.name(), namesToChoose());
            }
            StoredDraft edited = now.edited(content, caller.name(), clock.instant());
            drafts.change(edited);
            String voided = now.approval() == null
                    ? ""
                    : "no longer approved by " + now.approval().by();
            log(caller, Action.DRAFT_EDITED, edited, voided, now.content(), content);
            return edited;
        });
    }

    private List<DraftRepository.Named> namesToChoose() {
        drafts.lockNames();
        return drafts.openNames();
    }

    private static void requireFit(List<Edit> edits) throws InvalidRulesException {
        List<RuleProblem> unfit = new ArrayList<>();
        for (Edit edit : edits) {
            if (edit.text() != null) {
                new RuleFile(edit.path(), edit.text()).unfit().ifPresent(unfit::add);
            }
        }
        if (!unfit.isEmpty()) {
            throw new UnfitDraftException(unfit);
        }
    }

    private void requireBase(Integer base) {
        if (base != null && transactions.call(() -> editions.edition(base)).isEmpty()) {
            throw Rulebook.noEdition(base, "base", 400);
        }
    }

    private static void requireNoTwin(long id, String name, List<DraftRepository.Named> open) {
        List<String> others = open.stream()
                .filter(one -> one.id() != id)
                .map(DraftRepository.Named::name)
                .toList();
        if (others.contains(name)) {
            throw new ProblemException(CONFLICT, "name", "is the name of another open draft");
        }
        LookAlikes.of(name, others).ifPresent(twin -> {
            throw new ProblemException(CONFLICT, "name", "looks like '" + twin + "', the name of another open draft");
        });
    }

    /** An open draft, locked until the end of the transaction. */
    private StoredDraft open(long id) {
        StoredDraft draft = drafts.locked(id).orElseThrow(() -> missing(id, "id"));
        if (draft.state() != State.OPEN) {
            throw new ProblemException(
                    CONFLICT,
                    null,
                    draft.named() + " was published as edition " + draft.edition() + " and stays as it is");
        }
        return draft;
    }

    private static void requireVersion(StoredDraft draft, Integer version) {
        if (version != null && version != draft.version()) {
            throw new ProblemException(
                    CONFLICT,
                    "version",
                    draft.named() + " is at version " + draft.version() + ", edited by '" + draft.editedBy()
                            + "'; read it again");
        }
    }

    /** Approves what the caller has read: that version and no other. */
    StoredDraft approve(long id, int version, Caller caller) {
        return transactions.call(() -> {
            StoredDraft now = open(id);
            requireVersion(now, version);
            if (now.wasEditedBy(caller.name())) {
                throw new ProblemException(
                        FORBIDDEN,
                        null,
                        "'" + caller.name() + "' has edited " + now.named()
                                + ", and who has edited a draft cannot approve it: somebody else must");
            }
            if (now.approval() != null) {
                return now;
            }
            StoredDraft approved = now.approved(new Approval(caller.name(), clock.instant()));
            drafts.change(approved);
            log(caller, Action.DRAFT_APPROVED, approved, "version " + version, null, null);
            return approved;
        });
    }

    StoredDraft withdrawApproval(long id, Caller caller) {
        return transactions.call(() -> {
            StoredDraft now = open(id);
            if (now.approval() == null) {
                return now;
            }
            StoredDraft open = now.approved(null);
            drafts.change(open);
            log(
                    caller,
                    Action.DRAFT_APPROVAL_WITHDRAWN,
                    open,
                    "it was approved by " + now.approval().by(),
                    null,
                    null);
            return open;
        });
    }

    void delete(long id, Caller caller) {
        transactions.run(() -> {
            StoredDraft now = open(id);
            drafts.deleteById(id);
            log(caller, Action.DRAFT_DELETED, now, "", now.content(), null);
        });
    }

    /** @param inTransaction takes the comment in the transaction that stores it */
    DraftComment comment(
            long id, String text, String file, Integer line, Caller caller, Consumer<DraftComment> inTransaction) {
        return transactions.call(() -> {
            StoredDraft now = open(id);
            if (file != null && !now.content().paths().contains(file)) {
                throw new ProblemException(
                        "file",
                        "is no file of the draft"
                                + Nearest.hint(file, now.content().paths()));
            }
            if (line != null) {
                requireLine(now.content(), file, line);
            }
            if (comments.number(id) >= COMMENTS_MAX) {
                throw new ProblemException(
                        CONFLICT, null, now.named() + " has " + COMMENTS_MAX + " comments, and no more are kept");
            }
            DraftComment added = comments.add(
                    id, new DraftComment(0, clock.instant(), caller.name(), text, file, line, now.version()));
            inTransaction.accept(added);
            return added;
        });
    }

    /** A line of the draft's text; of a file that it deletes, a line of the text that it began with. */
    private void requireLine(Content content, String file, int line) {
        Stream<String> texts = Stream.concat(
                content.edits().stream()
                        .filter(edit -> edit.path().equals(file) && edit.text() != null)
                        .map(Edit::text),
                editions.edition(content.base()).stream()
                        .flatMap(edition -> edition.files().stream())
                        .filter(one -> one.path().equals(file))
                        .map(RuleFile::text));
        texts.findFirst().ifPresent(text -> {
            long lines = Math.max(1, text.lines().count());
            if (line > lines) {
                throw new ProblemException(
                        "line", "is " + line + "; the file has " + lines + (lines == 1 ? " line" : " lines"));
            }
        });
    }

    /**
     * Publishes a draft as the next edition. What is published is the version that was read here, with the approval that it had:
     * when either changes before the edition is stored, nothing is published.
     *
     * @throws EditConflictException when a file was changed since its base
     */
    Published publish(long id, Integer version, String note, String accept, Caller caller)
            throws InvalidRulesException, EditConflictException {
        StoredDraft draft = transactions.call(() -> open(id));
        requireVersion(draft, version);
        requireApproved(draft);
        if (draft.content().edits().isEmpty()) {
            throw new ProblemException(CONFLICT, null, draft.named() + " has no files; there is nothing to publish");
        }
        Publication as = new Publication(caller.name(), note(draft, note), caller.address(), accept);
        Published published = rulebook.publish(
                draft.content().edits(), draft.content().base(), as, edition -> end(draft, edition.number(), caller));
        if (published.unchanged()) {
            transactions.run(() -> end(draft, published.edition(), caller));
        }
        return published;
    }

    private static String note(StoredDraft draft, String note) {
        String why = note == null ? draft.content().note() : note;
        return why.isEmpty() ? draft.content().name() : draft.content().name() + ": " + why;
    }

    private void requireApproved(StoredDraft draft) {
        if (fourEyes.asked() && draft.approval() == null) {
            throw new ProblemException(
                    FORBIDDEN,
                    null,
                    draft.named() + " is not approved (" + FourEyes.SETTING + "): somebody other than "
                            + String.join(", ", draft.authors()) + " must read and approve version "
                            + draft.version());
        }
    }

    private void end(StoredDraft published, int edition, Caller caller) {
        StoredDraft now = open(published.id());
        if (now.version() != published.version()
                || !Objects.equals(approver(now), approver(published)) && fourEyes.asked()) {
            throw new ProblemException(
                    CONFLICT,
                    null,
                    now.named() + " was edited, or its approval withdrawn, at this moment; nothing was published");
        }
        drafts.change(now.published(edition, clock.instant()));
        String detail = "by " + String.join(", ", now.authors())
                + approver(now).map(name -> ", approved by " + name).orElse("");
        audit.addInTransaction(entry(caller, Action.DRAFT_PUBLISHED, edition, now, detail));
    }

    private static Optional<String> approver(StoredDraft draft) {
        return Optional.ofNullable(draft.approval()).map(Approval::by);
    }

    private void log(Caller caller, Action action, StoredDraft draft, String detail, Content before, Content after) {
        audit.addInTransaction(entry(caller, action, null, draft, detail).changed(before, after));
    }

    private Audit.Entry entry(Caller caller, Action action, Integer edition, StoredDraft draft, String detail) {
        String name = draft.content().name();
        return new Audit.Entry(
                        clock.instant(),
                        caller.name(),
                        caller.address(),
                        action,
                        edition,
                        detail.isEmpty() ? name : name + ": " + detail)
                .about("draft", Long.toString(draft.id()));
    }
}
