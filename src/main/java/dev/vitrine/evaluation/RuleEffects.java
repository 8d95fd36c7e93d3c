package dev.vitrine.evaluation;

import dev.vitrine.decision.context.ReplayInput.Given;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.problem.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/** Collects what a draft changes. One thread adds comparisons; any thread may ask for the report so far. */
final class RuleEffects {
    private static final int EXAMPLES = 10;

    private final int liveEdition;
    private final ReplayMetrics live = new ReplayMetrics();
    private final ReplayMetrics draft = new ReplayMetrics();
    private final Map<Measure, PairedDifference> measures = new EnumMap<>(Measure.class);
    private final PairedDifference overlaps = new PairedDifference();
    private final PairedDifference hits = new PairedDifference();
    private final Set<String> visits = new HashSet<>();
    private final Map<String, int[]> rules = new TreeMap<>();
    private final Map<List<String>, Integer> modules = new LinkedHashMap<>();
    private final PriorityQueue<Report.Example> mostChanged =
            new PriorityQueue<>(Comparator.comparingDouble(example -> -example.overlap()));
    private int decisions;
    private int changedLists;
    private int changedModules;
    private int comparable;
    private int reproduced;
    private int unreadable;

    RuleEffects(int liveEdition) {
        this.liveEdition = liveEdition;
        for (Measure measure : Measure.values()) {
            measures.put(measure, new PairedDifference());
        }
    }

    /** @param bought skus that were bought next; empty where nothing was bought, or it is unknown */
    synchronized void add(EditionComparison comparison, Set<String> bought) {
        String visit = comparison.input().visit();
        decisions++;
        visits.add(visit);
        live.add(comparison.live());
        draft.add(comparison.draft());
        countReproduced(comparison);
        countRules(comparison.live(), 0);
        countRules(comparison.draft(), 1);
        countChanges(comparison);
        if (!comparison.live().shown().isEmpty() && !comparison.draft().shown().isEmpty()) {
            measures.forEach((measure, numbers) -> numbers.add(
                    visit,
                    measure.of(comparison.live().shown(), comparison.input().facts()),
                    measure.of(comparison.draft().shown(), comparison.input().facts())));
        }
        if (!bought.isEmpty()) {
            hits.add(visit, hit(comparison.live(), bought), hit(comparison.draft(), bought));
        }
    }

    private void countChanges(EditionComparison comparison) {
        double overlap = comparison.overlap();
        overlaps.add(comparison.input().visit(), 1, overlap);
        if (comparison.moduleChanged()) {
            changedModules++;
            modules.merge(
                    List.of(
                            comparison.live().answer().module().type(),
                            comparison.draft().answer().module().type()),
                    1,
                    Integer::sum);
        }
        if (comparison.listChanged()) {
            changedLists++;
            if (comparison.input().given() != null) {
                mostChanged.add(new Report.Example(comparison.input().given().decisionId(), overlap));
            }
            if (mostChanged.size() > EXAMPLES) {
                mostChanged.remove();
            }
        }
    }

    private void countReproduced(EditionComparison comparison) {
        Given given = comparison.input().given();
        if (given != null && given.edition() == comparison.live().answer().edition() && !given.degraded()) {
            comparable++;
            reproduced += given.skus().equals(EditionComparison.skus(comparison.live())) ? 1 : 0;
        }
    }

    private void countRules(DryRun dryRun, int side) {
        dryRun.rules().forEach(rule -> rules.computeIfAbsent(rule, key -> new int[2])[side]++);
    }

    private static double hit(DryRun dryRun, Set<String> bought) {
        return EditionComparison.skus(dryRun).stream().anyMatch(bought::contains) ? 1 : 0;
    }

    synchronized void unreadable(int count) {
        unreadable = count;
    }

    synchronized int decisions() {
        return decisions;
    }

    synchronized int visits() {
        return visits.size();
    }

    synchronized Report report() {
        Map<String, Report.Contrast> contrasts = new LinkedHashMap<>();
        measures.forEach((measure, numbers) -> {
            if (numbers.contrast() != null) {
                contrasts.put(Json.wireName(measure), numbers.contrast());
            }
        });
        List<Report.RuleUse> uses = new ArrayList<>();
        rules.forEach((rule, counts) -> uses.add(new Report.RuleUse(rule, counts[0], counts[1])));
        List<Report.ModuleChange> moduleChanges = new ArrayList<>();
        modules.forEach(
                (fromTo, count) -> moduleChanges.add(new Report.ModuleChange(fromTo.get(0), fromTo.get(1), count)));
        List<Report.Example> examples = new ArrayList<>(mostChanged);
        examples.sort(Comparator.comparingDouble(Report.Example::overlap));
        return new Report(
                Report.WARNING,
                decisions,
                visits.size(),
                unreadable,
                Report.Share.of(reproduced, comparable),
                Report.Share.of(changedLists, decisions),
                Report.Share.of(changedModules, decisions),
                moduleChanges,
                overlaps.meanOfDraft(),
                contrasts,
                hits.contrast(),
                uses,
                live.side(liveEdition),
                draft.side(0),
                examples);
    }
}
