package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.edition.Edition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

    /** All that must be left out so that of these rules only some, as if their conditions held, have a say. */
    public Set<String> allBut(Set<String> some) {
        Set<String> names = new HashSet<>(rules.keySet());
        rules.forEach((rule, open) -> {
            if (!some.contains(rule)) {
                names.add(open.name);
            }
        });
        return names;
    }

    /** Rules that ask the same of the visit hold at the same time; those that nothing else asks the same as are left out. */
    public Map<List<String>, Set<String>> together() {
        Map<List<String>, Set<String>> together = new HashMap<>();
        rules.forEach((rule, open) ->
                together.computeIfAbsent(open.dropped, any -> new TreeSet<>()).add(rule));
        together.values().removeIf(some -> some.size() == 1);
        return together;
    }
}
