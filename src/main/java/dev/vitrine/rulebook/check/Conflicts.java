package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.language.Contradiction;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.language.RuleShape.FactPattern;
import dev.vitrine.rulebook.language.RuleShape.ShelfCall;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds rules that work against each other or do nothing, as far as their syntax trees show it. These are warnings: the
 * settlement decides every case, but somebody should have meant it that way. {@link ConflictProbe} finds the conflicts that
 * only some visits show.
 */
final class Conflicts {
    static final String NEVER_FIRES = "The rule can never fire: ";

    /** Nobody reads more. */
    static final int MAX = 100;

    /** How near to 1 the product of two factors must be: a boost by 2 and a bury by 0.52 still undo each other. */
    static final double UNDONE_WITHIN = 0.05;

    /** Items of a list whose request names no number. */
    private static final int USUAL_LENGTH = 10;

    /** A brand or a tag, whose members a condition can name. */
    private static final Pattern GROUP = Pattern.compile("(?:(taggedWith|ofBrand)\\(\\s*)?(\"[^\"]*\")(?:\\s*\\))?");

    private final List<RuleShape> rules = new ArrayList<>();
    private final Map<String, RuleProblem> warnings = new LinkedHashMap<>();

    private Conflicts() {}

    /** Those that were found until it was cancelled. */
    static List<RuleProblem> of(List<CompiledFile> files, Cancellation cancellation) {
        Conflicts conflicts = new Conflicts();
        files.forEach(file -> file.shapes().forEach(conflicts::add));
        for (int i = 0; i < conflicts.rules.size() && !cancellation.isCancelled(); i++) {
            for (int k = i + 1; k < conflicts.rules.size(); k++) {
                conflicts.pair(conflicts.rules.get(i), conflicts.rules.get(k));
            }
        }
        for (int i = 0; i < conflicts.rules.size() && !cancellation.isCancelled(); i++) {
            conflicts.guarantees(conflicts.rules.get(i));
        }
        return conflicts.warnings.values().stream().limit(MAX).toList();
    }

    /** A rule that can never fire conflicts with none. */
    private void add(RuleShape rule) {
        String why = rule.impossible();
        if (why == null) {
            rules.add(rule);
        } else {
            warn(rule, NEVER_FIRES + why + ".", cure(rule));
        }
    }

    static String cure(RuleShape impossible) {
        Contradiction found = impossible.contradiction();
        return found == null ? "Correct the condition, or delete the rule." : found.cure();
    }

    private void pair(RuleShape one, RuleShape other) {
        if (one.excludes(other)) {
            return;
        }
        if (same(one, other)) {
            warn(
                    other,
                    "It has the same conditions and consequence as " + named(one) + ".",
                    "Delete one of the two: with both, a boost counts twice.");
            return;
        }
        if (asksForLess(one, other) || asksForLess(other, one)) {
            return;
        }
        hidden(one, other);
        hidden(other, one);
        broken(one, other);
        broken(other, one);
        pins(one, other);
        undone(one, other);
    }

    private static boolean same(RuleShape one, RuleShape other) {
        return one.firesWhenever(other)
                && other.firesWhenever(one)
                && one.calls().size() == other.calls().size()
                && Stream.iterate(0, i -> i + 1).limit(one.calls().size()).allMatch(i -> same(one, other, i));
    }

    private static boolean same(RuleShape one, RuleShape other, int at) {
        ShelfCall call = one.calls().get(at);
        ShelfCall otherCall = other.calls().get(at);
        FactPattern target = one.target(call);
        FactPattern otherTarget = other.target(otherCall);
        int from = target == null ? 0 : 1;
        return call.verb().equals(otherCall.verb())
                && (target == null) == (otherTarget == null)
                && (target == null || target.within(otherTarget) && otherTarget.within(target))
                && call.arguments().size() == otherCall.arguments().size()
                && call.arguments()
                        .subList(from, call.arguments().size())
                        .equals(otherCall
                                .arguments()
                                .subList(from, otherCall.arguments().size()));
    }

    /** Whatever the second rule asks for, the first asks for whenever the second does. Boosts add up, so they never are less. */
    private boolean asksForLess(RuleShape wide, RuleShape narrow) {
        boolean less = !narrow.card().reads()
                && !narrow.calls().isEmpty()
                && wide.firesWhenever(narrow)
                && narrow.calls().stream()
                        .allMatch(call -> wide.calls().stream().anyMatch(asked -> asks(wide, asked, narrow, call)));
        if (less) {
            warn(
                    narrow,
                    "It asks for nothing that " + named(wide) + " does not ask for already, whenever it fires.",
                    "Delete it, or let it ask for more.");
        }
        return less;
    }

    private static boolean asks(RuleShape wide, ShelfCall asked, RuleShape narrow, ShelfCall call) {
        if (!asked.verb().equals(call.verb())) {
            return false;
        }
        return switch (call.verb()) {
            case "guarantee" -> sameGroup(asked, call) && asked.number(0) >= call.number(0);
            case "cap", "atMost" -> sameGroup(asked, call) && asked.number(0) <= call.number(0);
            case "hide" -> {
                FactPattern target = narrow.target(call);
                FactPattern hidden = wide.target(asked);
                yield target != null && hidden != null && target.within(hidden);
            }
            default -> false;
        };
    }

    /** The same group, in the same window. */
    private static boolean sameGroup(ShelfCall one, ShelfCall other) {
        return one.arguments()
                .subList(1, one.arguments().size())
                .equals(other.arguments().subList(1, other.arguments().size()));
    }

    /** The second rule caps, limits or hides what the first guarantees places to. */
    private void broken(RuleShape promises, RuleShape other) {
        for (ShelfCall guarantee : promises.calls()) {
            if (guarantee.verb().equals("guarantee") && !Double.isNaN(guarantee.number(0))) {
                for (ShelfCall call : other.calls()) {
                    String how = breaks(guarantee, other, call);
                    if (how != null) {
                        warn(
                                promises,
                                "It guarantees " + percent(guarantee.number(0)) + " to "
                                        + guarantee.arguments().get(1) + ", and " + named(other) + " " + how
                                        + (other.firesWhenever(promises) ? "" : " when both fire") + ".",
                                "Let the two ask for what can hold together, or narrow the conditions of one of them.");
                    }
                }
            }
        }
    }

    private static String breaks(ShelfCall guarantee, RuleShape other, ShelfCall call) {
        boolean wholeList = guarantee.arguments().size() == 2;
        String group = guarantee.arguments().get(1);
        switch (call.verb()) {
            case "cap":
                return sameGroup(guarantee, call) && call.number(0) < guarantee.number(0)
                        ? "caps it at " + percent(call.number(0))
                        : null;
            case "atMost":
                return wholeList && sameGroup(guarantee, call) && call.number(0) < guarantee.number(0) * USUAL_LENGTH
                        ? "shows at most " + call.arguments().get(0) + " of it"
                        : null;
            case "hide":
                FactPattern hidden = other.target(call);
                return hidden != null && hidesAll(hidden, group) ? "hides all of it" : null;
            default:
                return null;
        }
    }

    /** Whether each candidate that the group holds is hidden, as far as the words are the same. */
    private static boolean hidesAll(FactPattern hidden, String group) {
        Matcher of = GROUP.matcher(group);
        return hidden.terms().isEmpty()
                || of.matches()
                        && hidden.asksOnly(
                                ("ofBrand".equals(of.group(1)) ? "brand == " : "tags contains ") + of.group(2));
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + " %";
    }

    /** The second rule pins, boosts or hides what the first hides. */
    private void hidden(RuleShape hides, RuleShape other) {
        for (ShelfCall hide : hides.calls()) {
            FactPattern hidden = hides.target(hide);
            if (!hide.verb().equals("hide") || hidden == null) {
                continue;
            }
            boolean always = hides.firesWhenever(other);
            for (ShelfCall call : other.calls()) {
                FactPattern target = other.target(call);
                boolean same = target != null && target.within(hidden);
                if (same && call.verb().equals("pin")) {
                    warn(
                            other,
                            "What it pins is hidden by " + named(hides) + (always ? "" : " when both fire")
                                    + ": a hidden product has no place.",
                            "Narrow the conditions of one of the two, so that they do not concern the same product.");
                } else if (same && always) {
                    warn(
                            other,
                            "It has no effect: each product of its '" + call.verb() + "' is hidden by " + named(hides)
                                    + ".",
                            "Delete it, or narrow the conditions of the rule that hides.");
                }
            }
        }
    }

    private void pins(RuleShape one, RuleShape other) {
        for (ShelfCall pin : one.calls()) {
            for (ShelfCall second : other.calls()) {
                if (pin.verb().equals("pin")
                        && second.verb().equals("pin")
                        && pin.arguments().get(1).equals(second.arguments().get(1))) {
                    warn(
                            other,
                            "It pins to position " + pin.arguments().get(1) + ", and so does " + named(one)
                                    + ": only one product can be there.",
                            "Pin to another position, or narrow the conditions of one of the two.");
                }
            }
        }
    }

    private void undone(RuleShape one, RuleShape other) {
        if (!one.firesWhenever(other) && !other.firesWhenever(one)) {
            return;
        }
        for (ShelfCall lift : one.calls()) {
            for (ShelfCall sink : other.calls()) {
                boolean opposed = lift.verb().equals("boost") && sink.verb().equals("bury")
                        || lift.verb().equals("bury") && sink.verb().equals("boost");
                FactPattern target = one.target(lift);
                FactPattern otherTarget = other.target(sink);
                if (opposed
                        && target != null
                        && otherTarget != null
                        && target.within(otherTarget)
                        && otherTarget.within(target)
                        && Math.abs(lift.number(1) * sink.number(1) - 1) < UNDONE_WITHIN) {
                    warn(
                            other,
                            "Its " + sink.verb() + " by " + sink.arguments().get(1) + " undoes the " + lift.verb()
                                    + " by " + lift.arguments().get(1) + " of " + named(one) + ".",
                            "Delete one or both.");
                }
            }
        }
    }

    private record Promise(RuleShape rule, double share, String group) {}

    /** Whenever this rule fires, so do those with wider conditions, and shares for disjoint groups add up. */
    private void guarantees(RuleShape rule) {
        if (rule.calls().stream().noneMatch(said -> said.verb().equals("guarantee"))) {
            return;
        }
        List<Promise> promises = new ArrayList<>();
        for (RuleShape wide : rules) {
            if (wide.equals(rule) || wide.firesWhenever(rule)) {
                for (ShelfCall said : wide.calls()) {
                    if (said.verb().equals("guarantee") && !Double.isNaN(said.number(0))) {
                        promises.add(new Promise(
                                wide, said.number(0), said.arguments().get(1)));
                    }
                }
            }
        }
        boolean own = promises.stream().anyMatch(promise -> promise.rule().equals(rule));
        List<Promise> most = own
                ? DisjointSubset.most(
                        promises,
                        Promise::share,
                        (one, other) -> DisjointGroups.areDisjoint(one.group(), other.group()))
                : List.of();
        double sum = most.stream().mapToDouble(Promise::share).sum();
        boolean takesPart = most.stream().anyMatch(promise -> promise.rule().equals(rule));
        if (takesPart && sum > 1 + 1e-9) {
            List<String> others = most.stream()
                    .filter(promise -> !promise.rule().equals(rule))
                    .map(promise -> named(promise.rule()))
                    .distinct()
                    .toList();
            warn(
                    rule,
                    "It guarantees" + (others.isEmpty() ? "" : ", together with " + String.join(" and ", others) + ",")
                            + " " + Math.round(sum * 100) + " % of the list to groups that share no product.",
                    "Lower the shares to 1 in total.");
        }
    }

    private static String named(RuleShape rule) {
        RuleCard card = rule.card();
        return "\"" + card.name() + "\" (" + card.file() + ":" + card.line() + ")";
    }

    private void warn(RuleShape rule, String message, String cure) {
        RuleCard card = rule.card();
        RuleProblem warning = RuleProblem.warning(card.file(), card.line(), 0, card.name(), message, cure);
        warnings.putIfAbsent(warning.toString(), warning);
    }
}
