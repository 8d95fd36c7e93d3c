package dev.vitrine.rulebook.source;

import dev.vitrine.problem.TextKind;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the path of a rule file may be, so that every file system can hold the folder, and every person read its names. */
public final class RulePath {
    private static final int CHARACTERS_MAX = 200;
    /** File systems allow 255 bytes, and temporary files beside it need a longer name. */
    private static final int NAME_BYTES_MAX = 230;

    private static final String NOT_IN_NAMES = "\\:*?\"<>|";

    /** Windows opens a device for these, whatever follows the first point. */
    private static final Pattern DEVICE =
            Pattern.compile("(?:CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(?:COM|LPT)[0-9\u00B9\u00B2\u00B3])(?:\\..*)?");

    /** What the folder of rules is called in the repository of a shop, and where the service is installed. */
    private static final String FOLDER = "rules/";

    private RulePath() {}

    /**
     * Why a path is one from outside of the rules folder, such as {@code rules/margin/core.drl} in git: a second file would begin
     * beside the one that is meant. Empty if it is none, or the book has a folder of this name itself.
     */
    public static Optional<String> outside(String path, Collection<String> book) {
        String within = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : "";
        return within.isEmpty()
                        || objection(within).isPresent()
                        || book.stream().anyMatch(one -> one.startsWith(FOLDER))
                ? Optional.empty()
                : Optional.of("begins with the folder of rules; paths are within the folder of rules: say " + within);
    }

    /** Whether it ends as the name of a rule file, whatever else it may be. */
    public static boolean namesRuleFile(String path) {
        return path.endsWith(RuleFile.RULES) || path.endsWith(RuleFile.EXAMPLES);
    }

    /** Why the path cannot be one of a rule file, in words that go on from it; empty if it can. */
    public static Optional<String> objection(String path) {
        if (path.length() > CHARACTERS_MAX) {
            return Optional.of("has " + path.length() + " characters; at most " + CHARACTERS_MAX + " are allowed");
        }
        int refused = TextKind.KEY.firstRefused(path);
        if (refused >= 0) {
            return Optional.of(TextKind.notAllowed(path, refused));
        }
        if (!namesRuleFile(path)) {
            return Optional.of("must end in " + RuleFile.RULES + " or " + RuleFile.EXAMPLES);
        }
        String[] names = path.split("/", -1);
        if (names.length > RuleFile.DEPTH_MAX) {
            return Optional.of(
                    "has " + names.length + " path segments; at most " + RuleFile.DEPTH_MAX + " are allowed");
        }
        for (String name : names) {
            Optional<String> objection = ofName(name);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofName(String name) {
        // this refuses hidden names, and with them "." and ".."
        if (name.isBlank() || name.startsWith(".") || !name.equals(name.strip())) {
            return Optional.of("must be a path below the rules folder, such as timing/hesitation.drl, without hidden or"
                    + " empty names and without blanks around them");
        }
        if (name.chars().anyMatch(c -> NOT_IN_NAMES.indexOf(c) >= 0)) {
            return Optional.of("contains a character that some file systems do not allow in names (\\ : * ? \" < > |)");
        }
        if (name.endsWith(".")) {
            return Optional.of("has a name that ends with a point; some file systems drop it");
        }
        if (DEVICE.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
            return Optional.of("has the name '" + name + "', which is a device on Windows");
        }
        return name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX
                ? Optional.of("has a name of more than " + NAME_BYTES_MAX + " bytes")
                : Optional.empty();
    }
}
