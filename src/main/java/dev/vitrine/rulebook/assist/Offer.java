package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.source.TextFix.TextEdit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects what fits to what has been typed: first what begins with it, then what contains it. */
final class Offer {
    /** Nobody reads more, and who types one letter more gets others. */
    static final int MOST = 200;

    private final String typed;
    private final int line;
    private final int column;
    private final int endColumn;
    private final Map<String, Completion> first = new LinkedHashMap<>();
    private final Map<String, Completion> second = new LinkedHashMap<>();

    /** The columns are those of what is replaced. */
    Offer(String typed, int line, int column, int endColumn) {
        this.typed = typed.toLowerCase(Locale.ROOT);
        this.line = line;
        this.column = column;
        this.endColumn = endColumn;
    }

    /** In lower case. */
    String typed() {
        return typed;
    }

    /** Adds what fits. */
    void add(String label, Completion.Kind kind, String insert, String detail, String documentation) {
        add(label, kind, insert, detail, documentation, false);
    }

    /** Adds what was searched for with the typed text, such as a product by its name. */
    void addFound(String label, Completion.Kind kind, String insert, String detail, String documentation) {
        add(label, kind, insert, detail, documentation, true);
    }

    private void add(
            String label, Completion.Kind kind, String insert, String detail, String documentation, boolean searched) {
        String small = label.toLowerCase(Locale.ROOT);
        Map<String, Completion> fitting =
                small.startsWith(typed) ? first : small.contains(typed) || searched ? second : null;
        if (fitting != null && first.size() < MOST && !first.containsKey(label)) {
            fitting.putIfAbsent(
                    label,
                    new Completion(label, kind, detail, documentation, TextEdit.at(line, column, endColumn, insert)));
        }
    }

    void add(String word, Completion.Kind kind, String documentation) {
        add(word, kind, word, "", documentation);
    }

    List<Completion> all() {
        List<Completion> all = new ArrayList<>(first.values());
        second.values().stream()
                .filter(one -> !first.containsKey(one.label()))
                .limit(Math.max(0, MOST - all.size()))
                .forEach(all::add);
        return all;
    }
}
