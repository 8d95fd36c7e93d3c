package dev.vitrine.decision.firing;

import java.util.HashSet;
import java.util.Set;

/** What decisions leave out because it hangs in another one; the whole edition if the rule that hangs is unknown. */
public record RuleExclusions(boolean wholeEdition, Set<String> rules) {
    static final RuleExclusions NOTHING = new RuleExclusions(false, Set.of());

    public static final String REASON = "the rules did not come back from another decision; the log says more";

    public RuleExclusions {
        rules = Set.copyOf(rules);
    }

    public Set<String> rulesAnd(Set<String> others) {
        if (others.isEmpty()) {
            return rules;
        }
        Set<String> all = new HashSet<>(rules);
        all.addAll(others);
        return all;
    }
}
