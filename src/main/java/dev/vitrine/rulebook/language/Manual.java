package dev.vitrine.rulebook.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What rules/README.md says of each word, verb and function: its tables are the only place where that is written down. */
final class Manual {
    private static final String FILE = "README.md";
    private static final Pattern HEADING = Pattern.compile("#{2,3} (\\w+)(?::\\s*(.*))?.*");
    /** A row, whose first cell is a name with or without arguments. A bar within a cell is escaped. */
    private static final Pattern ROW =
            Pattern.compile("\\| `?((\\w+)(?:\\([^)|]*\\))?)`? \\| ((?:\\\\\\||[^|])+) \\| ((?:\\\\\\||[^|])+) \\|");

    private static final Pattern LINK = Pattern.compile("\\s*\\[([^\\]]*)]\\([^)]*\\)");

    /** A row of a table. */
    record Entry(String signature, String meaning, String example) {
        static final Entry NONE = new Entry("", "", "");
    }

    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, Map<String, Entry>> sections = new HashMap<>();

    private Manual(String text) {
        String section = "";
        for (String line : text.split("\n")) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
                titles.put(
                        section,
                        heading.group(2) == null ? "" : heading.group(2).strip());
            } else if (row.matches()) {
                sections.computeIfAbsent(section, name -> new HashMap<>())
                        .put(
                                row.group(2),
                                new Entry(
                                        row.group(1),
                                        plain(row.group(3)),
                                        plain(row.group(4)).replace("`", "")));
            }
        }
    }

    static Manual read() {
        try (InputStream file = Manual.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the build has not packed rules/README.md beside " + Manual.class);
            }
            return new Manual(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Links lead from the manual, not from an editor. */
    private static String plain(String cell) {
        return LINK.matcher(cell)
                .replaceAll(found -> {
                    String label = found.group(1);
                    return Matcher.quoteReplacement(
                            label.equals("below") || label.equals("evidence") ? "" : " " + label);
                })
                .replaceAll("\\s\\((?:see)?\\)", "")
                .replace("\\|", "|")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** What stands behind a section's name: what a fact is. */
    String title(String section) {
        return titles.getOrDefault(section, "");
    }

    Entry entry(String section, String name) {
        return sections.getOrDefault(section, Map.of()).getOrDefault(name, Entry.NONE);
    }
}
