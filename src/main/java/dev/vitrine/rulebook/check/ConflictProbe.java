package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.check.ProposalSettlement.Broken;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds rules that conflict on some visits, or do nothing on any, by firing a draft for as long as the time allows. */
final class ConflictProbe {
    /** Of more examples, every second or third is tried. */
    private static final int SITUATIONS_MAX = 300;

    private final RuleCompiler.Compiled draft;
    private final Instant now;
    private final Warnings warnings;
    /** Also cancels a single firing: one rule may check a million combinations. */
    private final Cancellation timeLimit;

    private final SettlementCheck settlement;

    /** @param now the time at which recent visits are tried, so that a rule that begins today fires on those of yesterday */
    ConflictProbe(RuleCompiler.Compiled draft, Instant now, SettlementCheck settlement, Cancellation timeLimit) {
        this.draft = draft;
        this.settlement = settlement;
        this.now = now;
        this.warnings = new Warnings(draft.rules());
        this.timeLimit = timeLimit;
    }

    /** @param expected rules to report if they fired on no visit */
    void onVisits(Stream<ExampleSituation> visits, Set<String> expected) {
        FiringStatistics statistics = new FiringStatistics();
        for (Iterator<ExampleSituation> next = visits.limit(SITUATIONS_MAX).iterator();
                !timeLimit.isCancelled() && next.hasNext(); ) {
            ExampleSituation visit = next.next();
            Trial trial = fired(visit, now, "in a recent visit");
            if (trial != null) {
                statistics.add(visit.about(), trial.fired(), trial.broken());
            }
        }
        statistics.report(expected, warnings);
    }

    void onExamples(List<ExampleSituation> examples) {
        fired(new ExampleSituation("", SyntheticVisit.facts(), List.of(), now), now, "in a busy synthetic visit");
        if (timeLimit.isCancelled()) {
            return;
        }
        int step = 1 + examples.size() / SITUATIONS_MAX;
        for (int i = 0; i < examples.size() && !timeLimit.isCancelled(); i += step) {
            ExampleSituation example = examples.get(i);
            fired(example, example.at(), "in the example '" + example.about() + "'");
        }
    }

    List<RuleProblem> found() {
        return warnings.all().stream().limit(Conflicts.MAX).toList();
    }

    private record Trial(FiringResult fired, List<Broken> broken) {}

    /** The result, null if the time was up or a rule broke. */
    private Trial fired(ExampleSituation situation, Instant at, String where) {
        try {
            FiringResult result = draft.engine().fire(situation.facts(), situation.readings(), at, timeLimit);
            if (timeLimit.isCancelled()) {
                return null;
            }
            ProposalConflicts.report(result, situation.facts(), where, warnings);
            return new Trial(result, settlement.settle(result, situation.facts(), where));
        } catch (RuntimeException | StackOverflowError e) {
            // the examples or the warm-up report it
            return null;
        }
    }
}
