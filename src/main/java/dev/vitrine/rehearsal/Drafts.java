package dev.vitrine.rehearsal;

import dev.vitrine.problem.Check;
import dev.vitrine.problem.Unavailable;
import dev.vitrine.rulebook.Draft;
import dev.vitrine.rulebook.Edit;
import dev.vitrine.rulebook.Edition;
import dev.vitrine.rulebook.RuleBookFaults;
import dev.vitrine.rulebook.RuleProblem;
import dev.vitrine.rulebook.Rulebook;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes editions that serve nobody, a few at a time. */
@Singleton
final class Drafts {
    static final int NOTE_MAX = 500;

    /** Our choice: making one keeps a processor busy for a second or two, and shoppers need some as well. */
    private static final int AT_ONCE = 2;

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final Rulebook rulebook;
    private final Semaphore turns = new Semaphore(AT_ONCE);

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
        takeATurn();
        try {
            Draft draft = rulebook.draft(edits);
            return new Ready(edits, draft.edition(), draft.warnings());
        } finally {
            turns.release();
        }
    }

    private void takeATurn() {
        try {
            if (turns.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Unavailable("Too many drafts are being made; try again", WAIT_MAX, null);
    }
}
