package dev.vitrine.rulebook.language;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of the rule language, which no fact can have. The parser stumbles only behind such a word. */
final class ReservedWords {
    private static final Set<String> ALL = Set.of(
            "new",
            "class",
            "default",
            "case",
            "package",
            "import",
            "public",
            "static",
            "final",
            "void",
            "contains",
            "in",
            "not",
            "is",
            "matches",
            "memberOf",
            "soundslike",
            "from",
            "exists",
            "forall",
            "eval",
            "accumulate",
            "collect",
            "over",
            "rule",
            "query",
            "function",
            "declare",
            "global",
            "unit",
            "empty",
            "extends",
            "enabled",
            "salience");

    private static final Pattern FIRST = Pattern.compile("\\s*+(?:\\$?\\w++\\s*+:\\s*+)?+(?:!\\s*+)?+(\\w++)");

    private ReservedWords() {}

    static boolean contains(String word) {
        return ALL.contains(word);
    }

    /** The reserved word with which a condition begins. */
    static Optional<String> first(String condition) {
        Matcher first = FIRST.matcher(condition);
        return first.lookingAt() && contains(first.group(1)) ? Optional.of(first.group(1)) : Optional.empty();
    }
}
