package dev.vitrine.candidates;

import dev.vitrine.candidates.Chances.Weighing;
import dev.vitrine.candidates.LogisticRegression.Observed;
import dev.vitrine.merchandising.PageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Learns {@link Chances} from moments of past visits that the sources do not know: what each source says of a product is weighed
 * by logistic regression (stacking: Wolpert, "Stacked generalization", Neural Networks 1992; Ting and Witten, "Issues in
 * stacked generalization", JAIR 1999), and a curve takes out what is left between expected and observed. The weights of all
 * visits that the model knows alike are the prior of each page of such visits, so that a page with few moments follows the
 * others. Where a visit begins, pages differ too much for that.
 */
final class ChanceLearner {
    /** Proposals that were not taken are a hundred times as many; about so many of them are kept. */
    private static final int MISSES = 100_000;

    /** Lists are made of so many moments only: that takes as long as all the rest. */
    private static final int LISTS = 1000;

    private static final int SHOWN = 10;
    private static final int TENTHS = 10;

    private final List<Seen> seen = new ArrayList<>();
    private final Sources sources;
    private double missesOfEach;

    /** @param sources of what was known before the moments */
    ChanceLearner(Sources sources) {
        this.sources = sources;
    }

    /** What was proposed at a moment, as far as it is kept. */
    private record Seen(Setting setting, int half, List<Observed> observed) {}

    Chances learned(List<Moment> moments, IntConsumer progress) {
        if (moments.isEmpty()) {
            return Chances.PRIOR;
        }
        missesOfEach = (double) MISSES / moments.size();
        for (Moment moment : moments) {
            look(moment);
            progress.accept(seen.size());
        }
        return checked(moments, learned(seen));
    }

    /**
     * Of what was not taken, half is drawn from all alike and half by how likely it was before anything is learned: what nobody
     * expects decides little (Fithian and Hastie, "Local case-control sampling", Annals of Statistics 2014). Each that is kept
     * stands for as many as had its chance to be.
     */
    private void look(Moment moment) {
        Sources.Answers answers = sources.to(moment.request());
        Setting setting = Setting.of(moment.request(), answers);
        Weighing before = Chances.PRIOR.in(setting);
        List<Blend.Entry> entries = Blend.entries(answers, Moments.COUNT);
        double[] expected = entries.stream()
                .mapToDouble(entry -> before.chance(entry.shares))
                .toArray();
        double all = Arrays.stream(expected).sum();
        List<Observed> observed = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            Blend.Entry entry = entries.get(i);
            boolean taken = entry.sku.equals(moment.next());
            double kept = Math.min(1, missesOfEach * (expected[i] / all + 1.0 / expected.length) / 2);
            if (taken || draw(entry.sku) < kept) {
                observed.add(new Observed(entry.shares, taken, taken ? 1 : 1 / kept));
            }
        }
        seen.add(new Seen(setting, moment.half(), observed));
    }

    /** From 0 to 1, the same for the same moment and sku, so that the order of the proposals decides nothing. */
    private double draw(String sku) {
        long mixed = new SplittableRandom(31L * seen.size() + sku.hashCode()).nextLong();
        return (mixed >>> 11) * 0x1.0p-53;
    }

    private static Chances learned(List<Seen> from) {
        Map<Setting, Weighing> weighings = new HashMap<>();
        double[] known = fitted(from, Setting::begun, Source.prior());
        for (int depth = 0; depth <= Setting.DEEPEST; depth++) {
            int told = depth;
            double[] then = told == 0 ? Source.prior() : fitted(from, setting -> setting.depth() == told, known);
            for (PageType page : PageType.values()) {
                Setting setting = new Setting(page, told);
                double[] weights = fitted(from, setting::equals, Chances.in(setting, then));
                weighings.put(setting, new Weighing(weights, curve(from, setting, weights)));
            }
        }
        return new Chances(weighings, Chances.PRIOR.places(), Reliability.UNKNOWN);
    }

    private static double[] fitted(List<Seen> from, Predicate<Setting> where, double[] prior) {
        List<Observed> observed = new ArrayList<>();
        for (Seen one : from) {
            if (where.test(one.setting)) {
                observed.addAll(one.observed);
            }
        }
        return observed.isEmpty() ? prior : LogisticRegression.fitted(observed, prior);
    }

    private static Curve curve(List<Seen> from, Setting setting, double[] weights) {
        Curve.Counting counting = new Curve.Counting();
        for (Seen one : from) {
            if (one.setting.equals(setting)) {
                for (Observed observed : one.observed) {
                    double expected = LogisticRegression.chance(Source.logOdds(observed.shares(), weights));
                    counting.add(expected, observed.taken(), observed.weight());
                }
            }
        }
        return counting.curve();
    }

    /** By what was learned from the other half of the visits. */
    private Chances checked(List<Moment> moments, Chances learned) {
        Chances[] byOther = new Chances[2];
        for (int half = 0; half < 2; half++) {
            int other = 1 - half;
            byOther[half] =
                    learned(seen.stream().filter(one -> one.half == other).toList());
        }
        Map<PageType, List<Integer>> taken = new EnumMap<>(PageType.class);
        int asked = 0;
        int hits = 0;
        int every = Math.max(1, moments.size() / LISTS);
        for (int i = 0; i < moments.size(); i += every) {
            Moment moment = moments.get(i);
            int place = 0;
            if (moment.next() != null) {
                List<Proposed> list =
                        Blend.list(sources.to(moment.request()), moment.request(), byOther[moment.half()]);
                place = place(list, moment.next());
                asked++;
                hits += place > 0 && place <= SHOWN ? 1 : 0;
            }
            taken.computeIfAbsent(moment.request().page(), any -> new ArrayList<>())
                    .add(place);
        }
        Map<PageType, PlaceChances> places = new EnumMap<>(PageType.class);
        List<Integer> anywhere = new ArrayList<>();
        taken.values().forEach(anywhere::addAll);
        for (PageType page : PageType.values()) {
            places.put(page, PlaceChances.of(taken.getOrDefault(page, anywhere)));
        }
        return new Chances(
                learned.weighings(),
                places,
                new Reliability(moments.size(), asked == 0 ? 0 : rounded((double) hits / asked), tenths(byOther)));
    }

    private static int place(List<Proposed> list, String sku) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).sku().equals(sku)) {
                return i + 1;
            }
        }
        return 0;
    }

    private record Predicted(double chance, Observed observed) {}

    private List<Reliability.Tenth> tenths(Chances[] byOther) {
        List<Predicted> all = new ArrayList<>();
        double proposals = 0;
        for (Seen one : seen) {
            Weighing weighing = byOther[one.half].in(one.setting);
            for (Observed observed : one.observed) {
                all.add(new Predicted(weighing.chance(observed.shares()), observed));
                proposals += observed.weight();
            }
        }
        all.sort(Comparator.comparingDouble(Predicted::chance));
        List<Reliability.Tenth> tenths = new ArrayList<>();
        double expected = 0;
        double shown = 0;
        int taken = 0;
        double passed = 0;
        for (Predicted one : all) {
            double weight = one.observed.weight();
            expected += one.chance * weight;
            shown += weight;
            taken += one.observed.taken() ? 1 : 0;
            passed += weight;
            if (passed >= proposals * (tenths.size() + 1) / TENTHS - 1e-6) {
                tenths.add(tenth(expected / shown, taken, shown));
                expected = 0;
                shown = 0;
                taken = 0;
            }
        }
        return tenths;
    }

    private static Reliability.Tenth tenth(double predicted, int taken, double shown) {
        return new Reliability.Tenth(
                rounded(predicted),
                rounded(taken / shown),
                rounded(PoissonInterval.low(taken) / shown),
                rounded(PoissonInterval.high(taken) / shown));
    }

    /** To a millionth, for people. */
    private static double rounded(double share) {
        return Math.round(share * 1e6) / 1e6;
    }
}
