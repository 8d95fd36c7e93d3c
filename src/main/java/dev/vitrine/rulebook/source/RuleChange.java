package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A rule in two editions: its texts with the comments above it, absent where there was none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleChange(String rule, String file, Change change, String before, String after) {
    /** A moved rule has the same text in another file. */
    public enum Change {
        ADDED,
        GONE,
        CHANGED,
        MOVED
    }

    private record Source(String file, String text) {}

    /** Without the texts. Editions store changes this way, since their files have the texts. */
    public RuleChange brief() {
        return new RuleChange(rule, file, change, null, null);
    }

    public static List<RuleChange> between(Collection<RuleFile> earlier, Collection<RuleFile> later) {
        Map<String, Source> before = rules(earlier);
        Map<String, Source> after = rules(later);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<RuleChange> changes = new ArrayList<>();
        for (String name : names) {
            Source was = before.get(name);
            Source is = after.get(name);
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

    public static List<String> files(Collection<RuleFile> earlier, Collection<RuleFile> later) {
        Set<RuleFile> different = new TreeSet<>(earlier);
        TreeSet<String> paths = new TreeSet<>();
        different.removeIf(later::contains);
        different.forEach(file -> paths.add(file.path()));
        later.stream().filter(file -> !earlier.contains(file)).forEach(file -> paths.add(file.path()));
        return List.copyOf(paths);
    }

    /** By text and not by syntax tree, since an old edition need not parse any more. */
    private static Map<String, Source> rules(Collection<RuleFile> files) {
        Map<String, Source> rules = new LinkedHashMap<>();
        files.stream().filter(RuleFile::holdsRules).forEach(file -> RuleText.rules(file.text())
                .forEach(rule -> rules.put(rule.name(), new Source(file.path(), rule.text()))));
        return rules;
    }
}
