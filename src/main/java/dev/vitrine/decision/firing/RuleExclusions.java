package dev.vitrine.decision.firing;

import java.util.Set;

/**
 * The part of an edition that decisions leave out, because it hangs in another decision.
 *
 * @param wholeEdition whether all of it is left out, because the rule that hangs is unknown
 * @param rules names of the rules that are left out
 */
public record RuleExclusions(boolean wholeEdition, Set<String> rules) {
    static final RuleExclusions NOTHING = new RuleExclusions(false, Set.of());

    public static final String REASON = "the rules did not come back from another decision; the log says more";

    public RuleExclusions {
        rules = Set.copyOf(rules);
    }
}
