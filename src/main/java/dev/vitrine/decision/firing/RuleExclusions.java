package dev.vitrine.decision.firing;

import java.util.Set;

/**
 * What of an edition is left out of decisions, because it did not come back from one.
 *
 * @param whole whether all of it is, because nobody can tell which of its rules it was
 * @param rules those that are left out
 */
public record RuleExclusions(boolean whole, Set<String> rules) {
    static final RuleExclusions NOTHING = new RuleExclusions(false, Set.of());

    public static final String WHY = "the rules did not come back from another decision; the log says more";

    public RuleExclusions {
        rules = Set.copyOf(rules);
    }
}
