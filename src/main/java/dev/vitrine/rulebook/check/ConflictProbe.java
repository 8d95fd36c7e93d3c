package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules that get into each other's way on some visits, or do nothing on any, found by firing a draft: on recent visits where
 * there are any, on what its own examples tell of, and on a made-up visit. Readings count: what one rule reads, another acts
 * on. It takes no longer than it may; what is not tried by then is not tried.
 */
final class ConflictProbe {
    /** Our choice; those of examples are spread evenly. */
    private static final int SITUATIONS_MAX = 300;

    private final RuleCompiler.Compiled draft;
    private final Instant now;
    private final Warnings warnings;
    /** Stops a decision that takes what is left, too: one rule may weigh a million combinations. */
    private final Cancellation deadline;

    /** @param now the moment at which the rules of recent visits are fired: a rule that begins today counts for yesterday's */
    ConflictProbe(RuleCompiler.Compiled draft, Instant now, Duration timeMax) {
        this.draft = draft;
        this.now = now;
        this.warnings = new Warnings(draft.rules());
        this.deadline = Cancellation.after(timeMax);
    }

    /**
     * Tries it on visits that there were.
     *
     * @param expected rules that are told where none of them fired
     */
    void onVisits(Stream<ExampleSituation> visits, Set<String> expected) {
        FiringStatistics record = new FiringStatistics();
        for (Iterator<ExampleSituation> next = visits.limit(SITUATIONS_MAX).iterator();
                !deadline.isCancelled() && next.hasNext(); ) {
            ExampleSituation visit = next.next();
            FiringResult outcome = fired(visit, now, "in a recent visit");
            if (outcome != null) {
                record.add(visit.about(), outcome);
            }
        }
        record.tell(expected, warnings);
    }

    /** Tries it on what might be: a visit that is made up, and what examples tell of. */
    void onExamples(List<ExampleSituation> examples) {
        fired(
                new ExampleSituation("", SyntheticVisit.facts(), List.of(), now),
                now,
                "in a busy visit that was made up");
        if (deadline.isCancelled()) {
            return;
        }
        int step = 1 + examples.size() / SITUATIONS_MAX;
        for (int i = 0; i < examples.size() && !deadline.isCancelled(); i += step) {
            ExampleSituation example = examples.get(i);
            fired(example, example.at(), "in the example '" + example.about() + "'");
        }
    }

    List<RuleProblem> found() {
        return warnings.all().stream().limit(Conflicts.MAX).toList();
    }

    /** What the rules make of it; null where there was no time. */
    private FiringResult fired(ExampleSituation situation, Instant at, String where) {
        try {
            FiringResult outcome = draft.engine().fire(situation.facts(), situation.readings(), at, deadline);
            if (deadline.isCancelled()) {
                return null;
            }
            ProposalConflicts.tell(outcome, situation.facts(), where, warnings);
            return outcome;
        } catch (RuntimeException | StackOverflowError e) {
            // what breaks is told by the examples or the warm-up
            return null;
        }
    }
}
