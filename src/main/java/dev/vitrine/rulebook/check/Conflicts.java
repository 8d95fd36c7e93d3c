package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.language.RuleShape;
import dev.vitrine.rulebook.language.RuleShape.Asked;
import dev.vitrine.rulebook.language.RuleShape.Said;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rules that work against each other, or for nothing, as far as their trees tell. They are warned of and not refused: the
 * settlement has an order for every case, but somebody ought to have meant it. What is warned of here holds whatever the
 * visit is; what only some visits show is found by {@link ConflictProbe}.
 */
final class Conflicts {
    /** Our choice: nobody reads more. */
    static final int MAX = 100;

    /** Our choice: a boost by 2 and a bury by 0.52 still are one undoing the other. */
    static final double UNDONE_WITHIN = 0.05;

    private final List<RuleShape> rules = new ArrayList<>();
    private final Map<String, RuleProblem> warnings = new LinkedHashMap<>();

    private Conflicts() {}

    static List<RuleProblem> of(List<CompiledFile> files) {
        Conflicts conflicts = new Conflicts();
        files.forEach(file -> file.shapes().forEach(conflicts::add));
        for (int i = 0; i < conflicts.rules.size(); i++) {
            for (int k = i + 1; k < conflicts.rules.size(); k++) {
                conflicts.pair(conflicts.rules.get(i), conflicts.rules.get(k));
            }
        }
        conflicts.rules.forEach(conflicts::guarantees);
        return conflicts.warnings.values().stream().limit(MAX).toList();
    }

    /** A rule that can never fire is in nobody's way. */
    private void add(RuleShape rule) {
        String why = rule.impossible();
        if (why == null) {
            rules.add(rule);
        } else {
            warn(rule, "The rule can never fire: " + why + ".", "Mend the condition, or delete the rule.");
        }
    }

    private void pair(RuleShape one, RuleShape other) {
        if (one.excludes(other)) {
            return;
        }
        if (sameWords(one, other)) {
            warn(
                    other,
                    "It asks for and says the same as " + named(one) + ".",
                    "Delete one of the two: said twice, a boost counts twice.");
            return;
        }
        hidden(one, other);
        hidden(other, one);
        pins(one, other);
        undone(one, other);
    }

    private static boolean sameWords(RuleShape one, RuleShape other) {
        return one.wheneverFires(other)
                && other.wheneverFires(one)
                && one.says().size() == other.says().size()
                && Stream.iterate(0, i -> i + 1).limit(one.says().size()).allMatch(i -> same(one, other, i));
    }

    private static boolean same(RuleShape one, RuleShape other, int at) {
        Said says = one.says().get(at);
        Said too = other.says().get(at);
        Asked target = one.target(says);
        Asked targetToo = other.target(too);
        int from = target == null ? 0 : 1;
        return says.verb().equals(too.verb())
                && (target == null) == (targetToo == null)
                && (target == null || target.within(targetToo) && targetToo.within(target))
                && says.given().size() == too.given().size()
                && says.given()
                        .subList(from, says.given().size())
                        .equals(too.given().subList(from, too.given().size()));
    }

    /** What the first hides, the second pins, lifts or hides as well. */
    private void hidden(RuleShape hides, RuleShape speaks) {
        for (Said hide : hides.says()) {
            Asked hidden = hides.target(hide);
            if (!hide.verb().equals("hide") || hidden == null) {
                continue;
            }
            boolean always = hides.wheneverFires(speaks);
            for (Said said : speaks.says()) {
                Asked target = speaks.target(said);
                boolean same = target != null && target.within(hidden);
                if (same && said.verb().equals("pin")) {
                    warn(
                            speaks,
                            "What it pins is hidden by " + named(hides) + (always ? "" : " when both fire")
                                    + ": a hidden product has no place.",
                            "Ask in one of the two for what the other leaves out.");
                } else if (same && always) {
                    warn(
                            speaks,
                            "It is pointless: each product of which it says '" + said.verb() + "' is hidden by "
                                    + named(hides) + ".",
                            "Delete it, or narrow the rule that hides.");
                }
            }
        }
    }

    private void pins(RuleShape one, RuleShape other) {
        for (Said pin : one.says()) {
            for (Said second : other.says()) {
                if (pin.verb().equals("pin")
                        && second.verb().equals("pin")
                        && pin.given().get(1).equals(second.given().get(1))) {
                    warn(
                            other,
                            "It pins to position " + pin.given().get(1) + ", and so does " + named(one)
                                    + ": only one product can stand there.",
                            "Pin to another position, or ask for what the other rule leaves out.");
                }
            }
        }
    }

    private void undone(RuleShape one, RuleShape other) {
        if (!one.wheneverFires(other) && !other.wheneverFires(one)) {
            return;
        }
        for (Said lift : one.says()) {
            for (Said sink : other.says()) {
                boolean opposed = lift.verb().equals("boost") && sink.verb().equals("bury")
                        || lift.verb().equals("bury") && sink.verb().equals("boost");
                Asked target = one.target(lift);
                Asked too = other.target(sink);
                if (opposed
                        && target != null
                        && too != null
                        && target.within(too)
                        && too.within(target)
                        && Math.abs(lift.number(1) * sink.number(1) - 1) < UNDONE_WITHIN) {
                    warn(
                            other,
                            "Its " + sink.verb() + " by " + sink.given().get(1) + " undoes the " + lift.verb() + " by "
                                    + lift.given().get(1) + " of " + named(one) + ".",
                            "Delete both, or one.");
                }
            }
        }
    }

    private record Promise(RuleShape rule, double share, String group) {}

    /**
     * Whenever this rule fires, those that ask for no more than it do too, and every share of the list that they guarantee
     * holds at once. Shares of groups that have nothing in common by their own words add up.
     */
    @SuppressWarnings("ReferenceEquality") // a rule is itself, not one like it
    private void guarantees(RuleShape rule) {
        if (rule.says().stream().noneMatch(said -> said.verb().equals("guarantee"))) {
            return;
        }
        List<Promise> promises = new ArrayList<>();
        for (RuleShape wide : rules) {
            if (wide.equals(rule) || wide.wheneverFires(rule)) {
                for (Said said : wide.says()) {
                    if (said.verb().equals("guarantee") && !Double.isNaN(said.number(0))) {
                        promises.add(
                                new Promise(wide, said.number(0), said.given().get(1)));
                    }
                }
            }
        }
        boolean ofItsOwn = promises.stream().anyMatch(promise -> promise.rule().equals(rule));
        List<Promise> most = ofItsOwn
                ? DisjointSubset.most(
                        promises, Promise::share, (one, other) -> DisjointGroups.groups(one.group(), other.group()))
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
                    "Lower the shares: together they can be 1 at most.");
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
