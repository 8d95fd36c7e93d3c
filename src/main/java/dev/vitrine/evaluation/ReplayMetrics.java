package dev.vitrine.evaluation;

import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.dryrun.DryRun;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** Times and failures of one side of a comparison. */
final class ReplayMetrics {
    /** Enough for all times of a backtest, and for a sample of a shadow that runs for a day. */
    private static final int TIMES_MAX = 20_000;

    private static final String RANKING = "ranking";

    private final double[] times = new double[TIMES_MAX];
    private final Random chance = new Random(1);
    private int seen;
    private double sum;
    private int emptyLists;
    private final Map<String, Integer> errors = new TreeMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();

    void add(DryRun dryRun) {
        DecisionAnswer answer = dryRun.answer();
        time(answer.tookMicros());
        emptyLists += answer.items().isEmpty() && answer.module().type().equals(RANKING) ? 1 : 0;
        if (answer.degraded() != null) {
            errors.merge(answer.degraded().cause(), 1, Integer::sum);
            answer.degraded().rules().forEach(rule -> leftOut.merge(rule, 1, Integer::sum));
        }
    }

    /** Keeps a fair sample where not all fit (algorithm R, Vitter 1985). */
    private void time(double micros) {
        int index = seen < TIMES_MAX ? seen : chance.nextInt(seen + 1);
        if (index < TIMES_MAX) {
            times[index] = micros;
        }
        seen++;
        sum += micros;
    }

    Report.Side side(int edition) {
        double[] kept = Arrays.copyOf(times, Math.min(seen, TIMES_MAX));
        Percentile percentile = new Percentile();
        percentile.setData(kept);
        Report.Micros micros = kept.length == 0
                ? new Report.Micros(0, 0, 0)
                : new Report.Micros(sum / seen, percentile.evaluate(50), percentile.evaluate(99));
        return new Report.Side(edition, micros, emptyLists, new TreeMap<>(errors), new TreeMap<>(leftOut));
    }
}
