package dev.vitrine.evaluation;

import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.dryrun.ListWorth;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.edition.Reach.Harm;
import dev.vitrine.rulebook.edition.Reach.RuleReach;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleChange.Change;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts what a change does to lists, and what each of its rules does. */
final class ReachTally {
    private static final int EXAMPLES = 3;
    /** Fewer lists than that are an accident: a page that nobody opens, a product that has just sold out. */
    private static final int HARMED_FROM = 3;
    /** A list that keeps more than half of its items still serves its page. */
    private static final int SHORT = 2;

    /** Modules that show something in place of a list. */
    private static final Set<String> IN_PLACE_OF_A_LIST = Set.of(
            Json.wireName(Display.Type.REINFORCE),
            Json.wireName(Display.Type.ARTICLE),
            Json.wireName(Display.Type.COMPARISON),
            Json.wireName(Display.Type.BUNDLE));

    private final Map<String, Effect> effects = new LinkedHashMap<>();
    private final List<Harm.Example> examples = new ArrayList<>();
    private int lists;
    private int emptied;
    private int shortened;
    private int degraded;

    private static final class Effect {
        private final Change change;
        private int touched;
        private int moved;
        private int emptied;
        private int shortened;
        private ListWorth with = ListWorth.NOTHING;
        private ListWorth without = ListWorth.NOTHING;

        Effect(Change change) {
            this.change = change;
        }
    }

    private ListWorth live = ListWorth.NOTHING;

    ReachTally(Collection<RuleChange> changes) {
        changes.forEach(change -> effects.put(change.rule(), new Effect(change.change())));
    }

    int lists() {
        return lists;
    }

    /** Rules of the change that had a say. */
    List<String> touching(DryRun after) {
        return named(after, false);
    }

    /** Deleted rules that had a say before. */
    List<String> gone(DryRun before) {
        return named(before, true);
    }

    private List<String> named(DryRun run, boolean gone) {
        return effects.keySet().stream()
                .filter(rule -> (effects.get(rule).change == Change.GONE) == gone
                        && run.rules().contains(rule))
                .toList();
    }

    void add(String placement, String page, DryRun before, DryRun after) {
        lists++;
        live = live.plus(ListWorth.of(before.shown()));
        int was = before.shown().size();
        int is = after.shown().size();
        boolean list = !IN_PLACE_OF_A_LIST.contains(after.answer().module().type());
        boolean empty = list && was > 0 && is == 0;
        boolean tooShort = list && !empty && shortened(was, is);
        boolean fails = after.answer().rulesDegraded() && !before.answer().rulesDegraded();
        emptied += empty ? 1 : 0;
        shortened += tooShort ? 1 : 0;
        degraded += fails && !empty && !tooShort ? 1 : 0;
        if ((empty || tooShort || fails) && examples.size() < EXAMPLES) {
            examples.add(new Harm.Example(placement, page, was, is));
        }
    }

    private static boolean shortened(int was, int is) {
        return was > 1 && is * SHORT <= was;
    }

    /** What one rule does to one list. For a deleted rule, {@code with} is the list that has its change: without it. */
    void add(String rule, List<Candidate> with, List<Candidate> without) {
        Effect effect = effects.get(rule);
        effect.touched++;
        effect.with = effect.with.plus(ListWorth.of(with));
        effect.without = effect.without.plus(ListWorth.of(without));
        if (!skus(with).equals(skus(without))) {
            effect.moved++;
            boolean empty = with.isEmpty() && !without.isEmpty();
            effect.emptied += empty ? 1 : 0;
            effect.shortened += !empty && shortened(without.size(), with.size()) ? 1 : 0;
        }
    }

    private static List<String> skus(List<Candidate> shown) {
        return shown.stream().map(Candidate::sku).toList();
    }

    /** @param recent how many of the lists, the first ones, were decided for shoppers; the others are made up */
    Reach reach(double harmMax, int recent, Instant at) {
        List<RuleReach> rules = new ArrayList<>();
        effects.forEach((rule, effect) -> rules.add(reach(rule, effect)));
        rules.sort(Comparator.comparingInt(RuleReach::moved).reversed().thenComparing(RuleReach::rule));
        return new Reach(
                lists, Math.max(0, lists - recent), OffsetDateTime.ofInstant(at, ZoneOffset.UTC), rules, harm(harmMax));
    }

    private Harm harm(double most) {
        int harmed = emptied + shortened + degraded;
        if (harmed == 0) {
            return null;
        }
        double share = rounded((double) harmed / lists);
        boolean refused = harmed >= HARMED_FROM && harmed > most * lists;
        return new Harm(harmed, share, most, emptied, shortened, degraded, refused, examples);
    }

    private RuleReach reach(String rule, Effect effect) {
        ListWorth added = effect.with.minus(effect.without);
        double orders = rounded(share(added.orders(), live.orders()));
        double margin = rounded(share(added.earnings(), live.earnings()));
        return new RuleReach(
                rule,
                effect.change,
                effect.touched,
                effect.moved,
                effect.emptied,
                effect.shortened,
                orders,
                margin,
                says(effect, orders, margin));
    }

    private static double share(double part, double whole) {
        return whole > 0 ? part / whole : 0;
    }

    private static double rounded(double number) {
        return Math.round(number * 1e4) / 1e4 + 0.0;
    }

    private String says(Effect effect, double orders, double margin) {
        if (lists == 0) {
            return "No list could be tried: there are no recent decisions, and the catalog is empty.";
        }
        boolean gone = effect.change == Change.GONE;
        if (effect.touched == 0) {
            return (gone ? "It had a say in none of " : "It has a say in none of ") + lists
                    + " lists, so what it does where it fires was not tried: preview it there.";
        }
        StringBuilder text = new StringBuilder(gone ? "It had a say in " : "It has a say in ")
                .append(effect.touched)
                .append(" of ")
                .append(lists)
                .append(" lists (")
                .append(percent((double) effect.touched / lists))
                .append("); ")
                .append(gone ? "without it " : "")
                .append(effect.moved == 0 ? "none shows" : effect.moved + (effect.moved == 1 ? " shows" : " show"))
                .append(" something else");
        if (effect.emptied > 0) {
            text.append(", ").append(effect.emptied).append(" of them nothing");
        }
        if (effect.shortened > 0) {
            text.append(", ").append(effect.shortened).append(" at most half as much");
        }
        text.append('.');
        if (effect.moved > 0) {
            text.append(" Expected orders of all lists ")
                    .append(signed(orders))
                    .append(", margin ")
                    .append(signed(margin))
                    .append('.');
        }
        return text.toString();
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f %%", share * 100).replace("-0.0 %", "+0.0 %");
    }
}
