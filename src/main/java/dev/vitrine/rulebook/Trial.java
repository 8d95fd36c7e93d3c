package dev.vitrine.rulebook;

import dev.vitrine.merchandising.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules that get into each other's way on some visits, found by firing a draft on situations: on what its own examples tell
 * of, on a made-up visit, and on recent ones where there are any. Readings count: what one rule reads, another acts on.
 */
final class Trial {
    /** Our choice; those of examples are spread evenly. */
    private static final int SITUATIONS_MAX = 300;

    private final Map<String, RuleCard> cards = new HashMap<>();
    private final Map<String, RuleProblem> warnings = new LinkedHashMap<>();
    private final Set<String> spoke = new LinkedHashSet<>();
    private final Stop stop;

    private Trial(List<RuleCard> rules, Duration timeMax) {
        this.stop = Stop.after(timeMax);
        rules.forEach(rule -> cards.put(rule.name(), rule));
    }

    /**
     * @param visits recent ones; where there are any, rules that none of them concerns are told too
     * @param timeMax what is not tried by then is not tried
     */
    static List<RuleProblem> of(
            RuleCompiler.Compiled draft, List<RuleFile> files, List<Situation> visits, Duration timeMax) {
        Trial trial = new Trial(draft.rules(), timeMax);
        List<Situation> examples = Examples.situations(files);
        trial.fire(
                draft.engine(),
                new Situation("made up", MadeUp.facts(), List.of(), Instant.EPOCH),
                "in a busy visit that was made up");
        int step = 1 + examples.size() / SITUATIONS_MAX;
        for (int i = 0; i < examples.size(); i += step) {
            trial.fire(
                    draft.engine(),
                    examples.get(i),
                    "in the example '" + examples.get(i).about() + "'");
        }
        trial.spoke.clear();
        List<Situation> recent = visits.subList(0, Math.min(visits.size(), SITUATIONS_MAX));
        int tried = 0;
        for (Situation visit : recent) {
            tried += trial.fire(draft.engine(), visit, "in a recent visit") ? 1 : 0;
        }
        if (tried > 0) {
            trial.silent(draft.rules(), tried);
        }
        return trial.warnings.values().stream().limit(Conflicts.MAX).toList();
    }

    /** Whether there was time. */
    private boolean fire(RuleEngine engine, Situation situation, String where) {
        if (stop.asked()) {
            return false;
        }
        Outcome outcome;
        try {
            outcome = engine.fire(situation.facts(), situation.readings(), situation.at(), stop);
        } catch (RuntimeException | StackOverflowError e) {
            // what breaks is told by the examples or the warm-up
            return true;
        }
        if (stop.asked()) {
            // cut short, so that silence says nothing
            return false;
        }
        outcome.readings().forEach(read -> spoke.add(read.rule()));
        Map<String, Proposal.Hide> hidden = new HashMap<>();
        List<Proposal.Pin> pins = new ArrayList<>();
        for (Proposal proposal : outcome.proposals()) {
            spoke.add(proposal.rule());
            if (proposal instanceof Proposal.Hide hide) {
                hidden.putIfAbsent(hide.candidate().sku(), hide);
            } else if (proposal instanceof Proposal.Pin pin) {
                pins.add(pin);
            }
        }
        for (Proposal.Pin pin : pins) {
            Proposal.Hide hide = hidden.get(pin.candidate().sku());
            if (hide != null) {
                warn(
                        pin.rule(),
                        hide.rule(),
                        "What it pins is hidden by %s " + where + " ('"
                                + pin.candidate().sku() + "')",
                        "Ask in one of the two for what the other leaves out.");
            }
        }
        for (Proposal.Pin one : pins) {
            for (Proposal.Pin other : pins) {
                if (one.position() == other.position()
                        && one.rule().compareTo(other.rule()) < 0
                        && !one.candidate().equals(other.candidate())) {
                    warn(
                            other.rule(),
                            one.rule(),
                            "It pins to position " + one.position() + ", and so does %s " + where,
                            "Pin to another position, or ask for what the other rule leaves out.");
                }
            }
        }
        return true;
    }

    private void silent(List<RuleCard> rules, int visits) {
        for (RuleCard card : rules) {
            if (card.enabled() && !spoke.contains(card.name())) {
                warnings.put(
                        "silent " + card.name(),
                        RuleProblem.warning(
                                card.file(),
                                card.line(),
                                0,
                                card.name(),
                                "It fired in none of " + visits + " recent visits.",
                                "That may be as it should; else look at its conditions."));
            }
        }
    }

    private void warn(String rule, String other, String message, String cure) {
        RuleCard card = cards.get(rule);
        RuleCard second = cards.get(other);
        if (card != null && second != null) {
            String named = "\"" + other + "\" (" + second.file() + ":" + second.line() + ")";
            warnings.putIfAbsent(
                    rule + " / " + other,
                    RuleProblem.warning(card.file(), card.line(), 0, rule, message.replace("%s", named) + ".", cure));
        }
    }
}
