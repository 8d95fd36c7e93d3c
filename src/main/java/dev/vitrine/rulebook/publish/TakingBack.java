package dev.vitrine.rulebook.publish;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Published;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.edition.StoredEdition.State;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleMerge;
import dev.vitrine.rulebook.source.RuleRestore;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes back what was published: an edition without those after it, all rules as they were once, or some of them. */
@Singleton
final class TakingBack {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final Rulebook rulebook;
    private final EditionRepository editions;
    private final Transactions transactions;
    private final FourEyes fourEyes;
    private final Audit audit;
    private final Clock clock;

    TakingBack(
            Rulebook rulebook,
            EditionRepository editions,
            Transactions transactions,
            FourEyes fourEyes,
            Audit audit,
            Clock clock) {
        this.rulebook = rulebook;
        this.editions = editions;
        this.transactions = transactions;
        this.fourEyes = fourEyes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Publishes an earlier edition again, or only these rules of it.
     *
     * @param confirmed whether the caller knows that the edition was never live for all
     * @throws InvalidRulesException when the earlier files can no longer be used; nothing has changed
     */
    Published restore(int number, List<String> rules, boolean confirmed, Publication as) throws InvalidRulesException {
        StoredEdition edition = edition(number);
        boolean wasLive =
                edition.state() == State.PUBLISHED || transactions.call(() -> editions.published(edition.hash()));
        if (!wasLive && !confirmed) {
            throw new ProblemException(CONFLICT, "confirm", neverLive(edition));
        }
        if (!wasLive) {
            fourEyes.refuse("confirm", "files that were never live for all are restored");
        }
        String what = restored(number, rules) + (wasLive ? "" : ", which was never live for all");
        return rulebook.goBack(
                latest -> rules.isEmpty() ? edition.files() : restored(edition, rules, latest.files()),
                as.withDefaultNote(what),
                Action.RESTORED,
                what);
    }

    private static String restored(int number, List<String> rules) {
        return rules.isEmpty()
                ? "edition " + number + " restored"
                : rules.stream().map(rule -> "\"" + rule + "\"").collect(Collectors.joining(", "))
                        + " restored as in edition " + number;
    }

    private static String neverLive(StoredEdition edition) {
        String why =
                switch (edition.state()) {
                    case STAGED ->
                        "is staged for a share of visits; POST /rulebook/staged/promote publishes it for all";
                    case PROMOTED ->
                        "was staged for a share of visits, and what it changed was then published beside changes of others";
                    default ->
                        "was staged for a share of visits and taken back, or was live on one instance only while the"
                                + " database was away";
                };
        return "edition " + edition.number() + " was never live for all: it " + why
                + ". To publish it all the same, send \"confirm\": true";
    }

    private static List<RuleFile> restored(StoredEdition edition, List<String> rules, List<RuleFile> files) {
        Set<String> known = RuleRestore.names(edition.files());
        for (int i = 0; i < rules.size(); i++) {
            if (!known.contains(rules.get(i))) {
                throw new ProblemException(
                        NOT_FOUND,
                        "rules[" + i + "]",
                        "edition " + edition.number() + " has no rule '" + rules.get(i) + "'"
                                + Nearest.hint(rules.get(i), known));
            }
        }
        return RuleRestore.of(rules, edition.files(), files);
    }

    /**
     * Takes back what an edition changed, rule by rule, and leaves what later ones changed.
     *
     * @throws EditConflictException when a later edition changed the same rule once more; nothing has changed
     */
    Published undo(int number, Publication as) throws InvalidRulesException, EditConflictException {
        StoredEdition edition = edition(number);
        if (edition.state() != State.PUBLISHED) {
            throw new ProblemException(
                    CONFLICT,
                    null,
                    "edition " + number + " was never live for all, so there is nothing to undo"
                            + (edition.state() == State.STAGED ? "; DELETE /rulebook/staged takes it back" : ""));
        }
        StoredEdition before = transactions
                .call(() -> editions.before(number))
                .orElseThrow(() -> new ProblemException(
                        CONFLICT, null, "edition " + number + " is the first one; there is nothing to go back to"));
        String what = "edition " + number + " undone";
        try {
            return rulebook.<EditConflictException>goBack(
                    latest -> undone(edition, before, latest), as.withDefaultNote(what), Action.UNDONE, what);
        } catch (EditConflictException conflict) {
            audit.add(new Audit.Entry(
                    clock.instant(), as.author(), as.origin(), Action.REFUSED, null, conflict.getMessage()));
            throw conflict;
        }
    }

    private List<RuleFile> undone(StoredEdition edition, StoredEdition before, StoredEdition latest)
            throws EditConflictException {
        RuleMerge.Result merged = RuleMerge.carry(edition.files(), before.files(), latest.files());
        if (!merged.touches().isEmpty()) {
            List<EditConflictException.Change> changes = new ArrayList<>();
            for (RuleMerge.Touch touch : merged.touches()) {
                changes.add(changed(touch, edition, latest));
            }
            throw new EditConflictException(edition.number(), changes);
        }
        return merged.files();
    }

    /** The last edition that changed what the undo would change, too. */
    private EditConflictException.Change changed(RuleMerge.Touch touch, StoredEdition since, StoredEdition latest) {
        List<EditionRepository.Version> versions =
                transactions.call(() -> editions.versions(touch.path(), since.number(), latest.number()));
        EditionRepository.Version last = versions.get(versions.size() - 1);
        String now = text(touch, last);
        for (int i = versions.size() - 2; i >= 0 && Objects.equals(text(touch, versions.get(i)), now); i--) {
            last = versions.get(i);
        }
        return new EditConflictException.Change(
                touch.path(), touch.rule(), last.edition(), last.author(), touch.base(), touch.live(), touch.wanted());
    }

    private static String text(RuleMerge.Touch touch, EditionRepository.Version version) {
        return version.text() == null
                ? null
                : RuleRestore.text(new RuleFile(touch.path(), version.text()), touch.rule());
    }

    private StoredEdition edition(int number) {
        return transactions
                .call(() -> editions.edition(number))
                .orElseThrow(() -> Rulebook.noEdition(number, "number", NOT_FOUND));
    }
}
