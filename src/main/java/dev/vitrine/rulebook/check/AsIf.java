package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.edition.Edition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An edition with some rules twice: as they are, and as if what they ask of the visit held.
 *
 * @param rules by the name of the rule as it is
 */
public record AsIf(Edition edition, Map<String, Open> rules) {
    /**
     * A rule as if what it asks of the visit held.
     *
     * @param name of the rule that stands for it
     * @param dropped what it asks of the visit
     */
    public record Open(String name, List<String> dropped) {}

    public AsIf {
        rules = Map.copyOf(rules);
    }

    /** All that must be left out so that of these rules only one, as if its conditions held, has a say. */
    public Set<String> allBut(String rule) {
        Set<String> names = new HashSet<>(rules.keySet());
        rules.forEach((other, open) -> {
            if (!other.equals(rule)) {
                names.add(open.name);
            }
        });
        return names;
    }
}
