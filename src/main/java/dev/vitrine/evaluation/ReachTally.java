package dev.vitrine.evaluation;

import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.dryrun.ListWorth;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.edition.Reach.Harm;
import dev.vitrine.rulebook.edition.Reach.Promise;
import dev.vitrine.rulebook.edition.Reach.RuleReach;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleChange.Change;
import dev.vitrine.rulebook.source.ShortNumber;
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
import java.util.stream.Collectors;

/** Counts what a change does to lists, and what each of its rules does. */
final class ReachTally {
    /** What adds more than ten times as much is told in sums. */
    private static final double PERCENT_UP_TO = 10;

    private static final int EXAMPLES = 3;
    /** Fewer lists than that are an accident: a page that nobody opens, a product that has just sold out. */
    private static final int HARMED_FROM = 3;
    /** A list that keeps more than half of its items still serves its page. */
    private static final int HALF = 2;

    /** A rule that has a say in fewer lists is tried as if what it asks of the visit held, too. */
    private static final int SELDOM = 20;
    /** A guide or a comparison is better than a list for some; in place of most lists it is a condition that somebody forgot. */
    private static final double REPLACED_MAX = 0.5;

    /** How often its conditions hold is not known; where they do, it makes more lists worse than not. */
    private static final double HALF_OF_TOUCHED = 0.5;

    /** Modules that show something in place of a list. */
    private static final Set<String> IN_PLACE_OF_A_LIST = Set.of(
            Json.wireName(Display.Type.REINFORCE),
            Json.wireName(Display.Type.ARTICLE),
            Json.wireName(Display.Type.COMPARISON),
            Json.wireName(Display.Type.BUNDLE));

    private final Map<String, Effect> effects = new LinkedHashMap<>();
    private final Map<Set<String>, AsIf> together = new LinkedHashMap<>();
    private final List<Harm.Example> examples = new ArrayList<>();
    private int lists;
    private int emptied;
    private int shortened;
    private int degraded;
    private int replaced;
    private int moved;

    /** What a rule does to lists. */
    private static class Touch {
        int touched;
        int moved;
        int emptied;
        int shortened;

        void add(DryRun with, DryRun without) {
            touched++;
            if (!skus(with.shown()).equals(skus(without.shown()))) {
                moved++;
                Worse worse = Worse.of(without, with);
                emptied += worse == Worse.EMPTY ? 1 : 0;
                shortened += worse == Worse.SHORT ? 1 : 0;
            }
        }

        /** Such as "40 show something else, 2 of them nothing, 3 at most half as much". */
        String says(String would, String than) {
            StringBuilder text = new StringBuilder();
            text.append(moved == 0 ? "none" : moved)
                    .append(!would.isEmpty() ? would + "show" : moved <= 1 ? " shows" : " show")
                    .append(" something else")
                    .append(than);
            if (emptied > 0) {
                text.append(", ").append(emptied).append(" of them nothing");
            }
            if (shortened > 0) {
                text.append(", ").append(shortened).append(" at most half as much");
            }
            return text.toString();
        }
    }

    private static final class AsIf extends Touch {
        private final List<String> conditions;
        private int lists;
        private int worseBefore;

        AsIf(List<String> conditions) {
            this.conditions = conditions;
        }

        boolean isMany(int worse, double most) {
            return worse >= HARMED_FROM && worse > most * lists && worse >= HALF_OF_TOUCHED * touched;
        }

        boolean isEmptying(double most) {
            return isMany(emptied + shortened, most) && !isMany(worseBefore, most);
        }

        Harm.Emptying told(Collection<String> rules) {
            return new Harm.Emptying(List.copyOf(rules), conditions, lists, emptied, shortened);
        }
    }

    private static final class Effect extends Touch {
        private final Change change;
        private AsIf asIf;
        /** Lists of the change that it has a say in. */
        private int speaking;

        private int promised;
        private int kept;
        private Missing missing = Missing.NOTHING;
        private ListWorth with = ListWorth.NOTHING;
        private ListWorth without = ListWorth.NOTHING;

        Effect(Change change) {
            this.change = change;
        }

        boolean isEmptying(double most) {
            return asIf != null && asIf.isEmptying(most);
        }

        void countPromises(String rule, DryRun run) {
            List<Kept> own = run.kept().stream()
                    .filter(kept -> kept.rule().equals(rule) && kept.verb().equals(Kept.GUARANTEE))
                    .toList();
            promised += own.isEmpty() ? 0 : 1;
            kept += !own.isEmpty() && own.stream().allMatch(one -> one.missing().places() == 0) ? 1 : 0;
            for (Kept one : own) {
                missing = missing.plus(one.missing());
            }
        }
    }

    private ListWorth live = ListWorth.NOTHING;
    private ListWorth draft = ListWorth.NOTHING;

    ReachTally(Collection<RuleChange> changes) {
        changes.forEach(change -> effects.put(change.rule(), new Effect(change.change())));
    }

    int lists() {
        return lists;
    }

    /** Whether one rule is all that changes: then the list before and the one after show what it does. */
    boolean single() {
        return effects.size() == 1;
    }

    /** Rules of the change that had a say. */
    List<String> touching(DryRun after) {
        return effects.keySet().stream().filter(after.rules()::contains).toList();
    }

    /** Rules that had a say before and have none any more: deleted, paused, or narrower. */
    List<String> gone(DryRun before, DryRun after) {
        return effects.keySet().stream()
                .filter(rule -> effects.get(rule).change != Change.ADDED
                        && before.rules().contains(rule)
                        && !after.rules().contains(rule))
                .toList();
    }

    /** Rules of the change that had a say in few lists. */
    Set<String> seldom() {
        return effects.keySet().stream()
                .filter(rule -> effects.get(rule).change != Change.GONE && effects.get(rule).touched < SELDOM)
                .collect(Collectors.toSet());
    }

    void add(String placement, String page, DryRun before, DryRun after) {
        lists++;
        live = live.plus(ListWorth.of(before.shown()));
        draft = draft.plus(ListWorth.of(after.shown()));
        moved += skus(before.shown()).equals(skus(after.shown())) ? 0 : 1;
        Worse worse = Worse.of(before, after);
        boolean fails = after.answer().rulesDegraded() && !before.answer().rulesDegraded();
        emptied += worse == Worse.EMPTY ? 1 : 0;
        shortened += worse == Worse.SHORT ? 1 : 0;
        degraded += fails && worse == Worse.NO ? 1 : 0;
        replaced += isShorter(before, after) && isInPlaceOfAList(after) && !isInPlaceOfAList(before) ? 1 : 0;
        if ((fails || worse != Worse.NO) && examples.size() < EXAMPLES) {
            examples.add(new Harm.Example(
                    placement, page, before.shown().size(), after.shown().size()));
        }
        effects.forEach((rule, effect) -> {
            effect.speaking += after.rules().contains(rule) ? 1 : 0;
            effect.countPromises(rule, after);
        });
    }

    private enum Worse {
        EMPTY,
        SHORT,
        NO;

        static Worse of(DryRun before, DryRun after) {
            int was = before.shown().size();
            int is = after.shown().size();
            if (isInPlaceOfAList(after) || !isShorter(before, after)) {
                return NO;
            }
            return is == 0 ? EMPTY : was > 1 && is * HALF <= was ? SHORT : NO;
        }
    }

    /** A stronger "add to cart" has its place beside the product that it is for, and nowhere else. */
    private static boolean isInPlaceOfAList(DryRun run) {
        DecisionModule module = run.answer().module();
        boolean misplaced = module.type().equals(Json.wireName(Display.Type.REINFORCE))
                && !run.pageSku().equals(module.subject());
        return IN_PLACE_OF_A_LIST.contains(module.type()) && !misplaced;
    }

    private static boolean isShorter(DryRun before, DryRun after) {
        return after.shown().size() < before.shown().size();
    }

    /** What one rule does to one list. For a rule that is gone, {@code with} is the list that has its change: without it. */
    void add(String rule, DryRun with, DryRun without) {
        Effect effect = effects.get(rule);
        effect.add(with, without);
        effect.with = effect.with.plus(ListWorth.of(with.shown()));
        effect.without = effect.without.plus(ListWorth.of(without.shown()));
    }

    /** From here on the rule is tried as if these conditions held. */
    void asIf(String rule, List<String> conditions) {
        effects.get(rule).asIf = new AsIf(conditions);
    }

    /** What one rule does to one list as if its conditions held. */
    void addAsIf(String rule, boolean touched, DryRun with, DryRun without) {
        AsIf asIf = effects.get(rule).asIf;
        asIf.lists++;
        if (touched) {
            asIf.add(with, without);
        }
    }

    /** Changed rules that would empty lists if their conditions held. */
    Set<String> changedAndEmptying(double most) {
        return effects.keySet().stream()
                .filter(rule -> effects.get(rule).change == Change.CHANGED
                        && effects.get(rule).isEmptying(most))
                .collect(Collectors.toSet());
    }

    /** What the rule as it was does to one list as if its conditions held. */
    void addAsIfBefore(String rule, DryRun with, DryRun without) {
        AsIf asIf = effects.get(rule).asIf;
        asIf.worseBefore += Worse.of(without, with) == Worse.NO ? 0 : 1;
    }

    /** What rules that ask the same of the visit do together to one list as if that held. */
    void addTogether(List<String> conditions, Set<String> rules, DryRun with, DryRun without) {
        AsIf asIf = together.computeIfAbsent(rules, any -> new AsIf(conditions));
        asIf.lists++;
        asIf.add(with, without);
    }

    private static List<String> skus(List<Candidate> shown) {
        return shown.stream().map(Candidate::sku).toList();
    }

    /** @param recent how many of the lists, the first ones, were decided for shoppers; the others are made up */
    Reach reach(double harmMax, int recent, Instant at) {
        List<RuleReach> rules = new ArrayList<>();
        effects.forEach((rule, effect) -> rules.add(reach(rule, effect)));
        rules.sort(Comparator.comparingInt(RuleReach::moved).reversed().thenComparing(RuleReach::rule));
        ListWorth added = draft.minus(live);
        return new Reach(
                lists,
                Math.max(0, lists - recent),
                OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
                moved,
                rounded(share(added.orders(), live.orders())),
                rounded(share(added.earnings(), live.earnings())),
                rules,
                harm(harmMax));
    }

    private Harm harm(double most) {
        int harmed = emptied + shortened + degraded;
        List<Harm.Emptying> emptying = emptying(most);
        boolean mostReplaced = replaced >= HARMED_FROM && replaced > Math.max(most, REPLACED_MAX) * lists;
        if (harmed == 0 && emptying.isEmpty() && !mostReplaced) {
            return null;
        }
        double share = lists == 0 ? 0 : rounded((double) harmed / lists);
        boolean tooMany = harmed >= HARMED_FROM && harmed > most * lists;
        boolean refused = tooMany || !emptying.isEmpty() || mostReplaced;
        int told = mostReplaced ? replaced : 0;
        return new Harm(harmed, share, most, emptied, shortened, degraded, told, refused, emptying, examples);
    }

    private List<Harm.Emptying> emptying(double most) {
        List<Harm.Emptying> emptying = new ArrayList<>();
        effects.forEach((rule, effect) -> {
            if (effect.isEmptying(most)) {
                emptying.add(effect.asIf.told(List.of(rule)));
            }
        });
        together.forEach((rules, asIf) -> {
            if (asIf.isEmptying(most) && rules.stream().noneMatch(rule -> isMany(effects.get(rule), most))) {
                emptying.add(asIf.told(rules));
            }
        });
        return emptying;
    }

    /** Alone, now or before: then it is told by itself, or is no harm of the change. */
    private static boolean isMany(Effect effect, double most) {
        return effect.asIf != null && effect.asIf.isMany(effect.asIf.emptied + effect.asIf.shortened, most);
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
                effect.promised == 0 ? null : new Promise(effect.promised, effect.kept),
                effect.asIf == null ? null : asIf(effect.asIf),
                says(effect, added));
    }

    private static Reach.AsIf asIf(AsIf asIf) {
        return new Reach.AsIf(asIf.conditions, asIf.lists, asIf.touched, asIf.moved, asIf.emptied, asIf.shortened);
    }

    private static double share(double part, double whole) {
        return whole > 0 ? part / whole : 0;
    }

    private static double rounded(double number) {
        return Math.round(number * 1e4) / 1e4 + 0.0;
    }

    private String says(Effect effect, ListWorth added) {
        if (lists == 0) {
            return "No list could be tried: there are no recent decisions, and the catalog is empty.";
        }
        boolean gone = effect.change == Change.GONE || effect.speaking == 0 && effect.touched > 0;
        List<String> sentences = new ArrayList<>();
        if (effect.touched == 0) {
            sentences.add((gone ? "It had a say in none of " : "It has a say in none of ") + lists + " lists"
                    + (effect.asIf == null
                            ? ", so what it does where it fires was not tried: preview it there."
                            : "."));
        } else {
            sentences.add((gone ? "It had a say in " : "It has a say in ") + effect.touched + " of " + lists
                    + " lists (" + percent((double) effect.touched / lists) + "); " + (gone ? "without it " : "")
                    + effect.says("", gone || single() ? "" : " than without it") + ".");
        }
        if (effect.moved > 0) {
            sentences.add("Expected orders of all lists " + change(added.orders(), live.orders()) + ", margin "
                    + change(added.earnings(), live.earnings()) + ".");
        }
        if (effect.promised > 0) {
            sentences.add("What it guarantees is kept in "
                    + (effect.kept == effect.promised
                            ? "all " + effect.promised
                            : effect.kept + " of " + effect.promised)
                    + " lists that it is guaranteed in" + lacking(effect.missing) + ".");
        }
        if (effect.asIf != null) {
            AsIf asIf = effect.asIf;
            sentences.add("If " + String.join(" and ", asIf.conditions) + " held, it would have a say in "
                    + asIf.touched + " of " + asIf.lists + (effect.touched == 0 ? " lists" : " other lists")
                    + (asIf.touched == 0 ? ": preview it where it does." : "; " + asIf.says(" would ", "") + "."));
        }
        return String.join(" ", sentences);
    }

    /** Why places of a guarantee stayed empty. */
    private static String lacking(Missing missing) {
        List<String> causes = new ArrayList<>();
        if (missing.members() > 0) {
            causes.add(missing.members() + " for want of candidates that belong to it");
        }
        if (missing.relevance() > 0) {
            causes.add(missing.relevance() + " since those that do are not relevant enough");
        }
        if (missing.room() > 0) {
            causes.add(missing.room() + " since pins, limits or other guarantees leave no room");
        }
        return causes.isEmpty() ? "" : "; of the places it lacks, " + String.join(", ", causes);
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    /** A percentage of nearly nothing is of no use: then both sums are told. */
    private static String change(double added, double before) {
        boolean many = before > 0 ? added > PERCENT_UP_TO * before : added > 0;
        return many
                ? "from " + ShortNumber.of(before) + " to " + ShortNumber.of(before + added)
                : signed(rounded(share(added, before)));
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f %%", share * 100).replace("-0.0 %", "+0.0 %");
    }
}
