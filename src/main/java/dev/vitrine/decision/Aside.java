package dev.vitrine.decision;

import java.util.Set;

/**
 * What of an edition is left out of decisions, because it did not come back from one.
 *
 * @param whole whether all of it is, because nobody can tell which of its rules it was
 * @param rules those that are left out
 */
record Aside(boolean whole, Set<String> rules) {
    static final Aside NOTHING = new Aside(false, Set.of());

    static final String WHY = "the rules did not come back from another decision; the log says more";

    Aside {
        rules = Set.copyOf(rules);
    }
}
