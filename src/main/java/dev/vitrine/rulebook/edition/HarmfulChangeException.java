package dev.vitrine.rulebook.edition;

import dev.vitrine.rulebook.edition.Reach.RuleReach;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A change that leaves too many lists empty, short or degraded, and for which nobody has given a reason. */
public final class HarmfulChangeException extends InvalidRulesException {
    private static final long serialVersionUID = 1;

    private final transient Reach reach;

    /** @param rules of the change, in which its rules are found */
    public HarmfulChangeException(Reach reach, List<RuleCard> rules) {
        super(problems(reach, rules));
        this.reach = reach;
    }

    public Reach reach() {
        return reach;
    }

    /** What a check says of it: the rule that does most harm, with the numbers. */
    public static List<RuleProblem> problems(Reach reach, List<RuleCard> rules) {
        RuleReach worst = reach.rules().stream()
                .max(Comparator.comparing((RuleReach rule) -> rule.emptied() + rule.shortened())
                        .thenComparing(rule -> reach.harm().emptying().stream()
                                .anyMatch(emptying -> emptying.rules().contains(rule.rule())))
                        .thenComparing(rule -> -rule.orders()))
                .orElse(null);
        RuleCard card = rules.stream()
                .filter(rule -> worst != null && rule.name().equals(worst.rule()))
                .findFirst()
                .orElse(null);
        return List.of(RuleProblem.fault(
                card == null ? "" : card.file(),
                card == null ? 1 : card.line(),
                1,
                worst == null ? "" : worst.rule(),
                message(reach),
                "Let the rule concern fewer lists, or fewer products on them. If it is meant, say why in 'accept' when you publish: the reason is"
                        + " kept in the audit log."));
    }

    /** Such as "The change leaves 12 of 60 lists worse: 10 empty, 2 at most half as long. More than 5 % is refused." */
    public static String message(Reach reach) {
        Reach.Harm harm = reach.harm();
        List<String> sentences = new ArrayList<>();
        if (harm.lists() > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The change leaves %d of %d lists worse: %s. More than %s %% is refused.",
                    harm.lists(),
                    reach.lists(),
                    String.join(", ", worse(harm)),
                    percent(harm.limit())));
        }
        if (harm.replaced() > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The change shows another module in place of %d of %d lists. More than half is refused.",
                    harm.replaced(),
                    reach.lists()));
        }
        harm.emptying().forEach(emptying -> sentences.add(said(emptying)));
        return String.join(" ", sentences);
    }

    private static String said(Reach.Harm.Emptying emptying) {
        String rules = emptying.rules().stream().map(rule -> "\"" + rule + "\"").collect(Collectors.joining(" and "));
        List<String> what = new ArrayList<>();
        if (emptying.emptied() > 0) {
            what.add(emptying.emptied() + " of " + emptying.lists() + " lists empty");
        }
        if (emptying.shortened() > 0) {
            what.add(emptying.shortened() + " of " + emptying.lists() + " lists at most half as long");
        }
        return "If " + String.join(" and ", emptying.conditions()) + " held, " + rules
                + (emptying.rules().size() > 1 ? " together" : "") + " would leave " + String.join(" and ", what) + ".";
    }

    private static List<String> worse(Reach.Harm harm) {
        List<String> parts = new ArrayList<>();
        if (harm.emptied() > 0) {
            parts.add(harm.emptied() + " empty");
        }
        if (harm.shortened() > 0) {
            parts.add(harm.shortened() + " at most half as long");
        }
        if (harm.degraded() > 0) {
            parts.add(harm.degraded() + " without some of the rules, which fail or take too long");
        }
        return parts;
    }

    private static String percent(double share) {
        double percent = Math.round(share * 1000) / 10.0;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
