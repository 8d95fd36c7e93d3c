package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a rule between two editions.
 *
 * @param file where it stands, or stood when it is gone
 * @param before its text in the earlier edition, comments above it included; absent where it was added
 * @param after its text in the later edition; absent where it is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleChange(String rule, String file, Change change, String before, String after) {
    /** What became of it. A rule that is moved says the same as before, in another file. */
    public enum Change {
        ADDED,
        GONE,
        CHANGED,
        MOVED
    }

    private record Written(String file, String text) {}

    /** Without the texts, as an edition keeps them: they are in its files. */
    public RuleChange brief() {
        return new RuleChange(rule, file, change, null, null);
    }

    /** By rule, in the order of their names. */
    public static List<RuleChange> between(Collection<RuleFile> earlier, Collection<RuleFile> later) {
        Map<String, Written> before = rules(earlier);
        Map<String, Written> after = rules(later);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<RuleChange> changes = new ArrayList<>();
        for (String name : names) {
            Written was = before.get(name);
            Written is = after.get(name);
            if (was == null) {
                changes.add(new RuleChange(name, is.file(), Change.ADDED, null, is.text()));
            } else if (is == null) {
                changes.add(new RuleChange(name, was.file(), Change.GONE, was.text(), null));
            } else if (!was.text().equals(is.text())) {
                changes.add(new RuleChange(name, is.file(), Change.CHANGED, was.text(), is.text()));
            } else if (!was.file().equals(is.file())) {
                changes.add(new RuleChange(name, is.file(), Change.MOVED, was.text(), is.text()));
            }
        }
        return changes;
    }

    /** Paths of the files that differ. */
    public static List<String> files(Collection<RuleFile> earlier, Collection<RuleFile> later) {
        Set<RuleFile> different = new TreeSet<>(earlier);
        TreeSet<String> paths = new TreeSet<>();
        different.removeIf(later::contains);
        different.forEach(file -> paths.add(file.path()));
        later.stream().filter(file -> !earlier.contains(file)).forEach(file -> paths.add(file.path()));
        return List.copyOf(paths);
    }

    /** Cut by text and not by syntax tree: an edition of years ago need not parse any more to be compared. */
    private static Map<String, Written> rules(Collection<RuleFile> files) {
        Map<String, Written> rules = new LinkedHashMap<>();
        files.stream().filter(RuleFile::holdsRules).forEach(file -> RuleText.rules(file.text())
                .forEach(rule -> rules.put(rule.name(), new Written(file.path(), rule.text()))));
        return rules;
    }
}
