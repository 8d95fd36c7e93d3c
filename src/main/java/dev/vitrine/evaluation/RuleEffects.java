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

/** Gathers what two editions make of the same questions. One thread adds, any may ask for the report so far. */
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

    /** @param bought what was bought next; none where nothing was, or it is not known */
    synchronized void add(EditionComparison pair, Set<String> bought) {
        String visit = pair.question().visit();
        decisions++;
        visits.add(visit);
        live.add(pair.live());
        draft.add(pair.draft());
        reproduces(pair);
        speaks(pair.live(), 0);
        speaks(pair.draft(), 1);
        changes(pair);
        if (!pair.live().shown().isEmpty() && !pair.draft().shown().isEmpty()) {
            measures.forEach((measure, numbers) -> numbers.add(
                    visit,
                    measure.of(pair.live().shown(), pair.question().facts()),
                    measure.of(pair.draft().shown(), pair.question().facts())));
        }
        if (!bought.isEmpty()) {
            hits.add(visit, hit(pair.live(), bought), hit(pair.draft(), bought));
        }
    }

    private void changes(EditionComparison pair) {
        double overlap = pair.overlap();
        overlaps.add(pair.question().visit(), 1, overlap);
        if (pair.moduleChanged()) {
            changedModules++;
            modules.merge(
                    List.of(
                            pair.live().answer().module().type(),
                            pair.draft().answer().module().type()),
                    1,
                    Integer::sum);
        }
        if (pair.listChanged()) {
            changedLists++;
            if (pair.question().given() != null) {
                mostChanged.add(new Report.Example(pair.question().given().decisionId(), overlap));
            }
            if (mostChanged.size() > EXAMPLES) {
                mostChanged.remove();
            }
        }
    }

    private void reproduces(EditionComparison pair) {
        Given given = pair.question().given();
        if (given != null && given.edition() == pair.live().answer().edition() && !given.degraded()) {
            comparable++;
            reproduced += given.skus().equals(EditionComparison.skus(pair.live())) ? 1 : 0;
        }
    }

    private void speaks(DryRun trial, int side) {
        trial.rules().forEach(rule -> rules.computeIfAbsent(rule, key -> new int[2])[side]++);
    }

    private static double hit(DryRun trial, Set<String> bought) {
        return EditionComparison.skus(trial).stream().anyMatch(bought::contains) ? 1 : 0;
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
        Map<String, Report.Contrast> told = new LinkedHashMap<>();
        measures.forEach((measure, numbers) -> {
            if (numbers.contrast() != null) {
                told.put(Json.wireName(measure), numbers.contrast());
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
                told,
                hits.contrast(),
                uses,
                live.side(liveEdition),
                draft.side(0),
                examples);
    }
}
