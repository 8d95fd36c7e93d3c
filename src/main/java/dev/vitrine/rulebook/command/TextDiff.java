package dev.vitrine.rulebook.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.vitrine.problem.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Two texts of a file as a unified diff, whose hunks name the rule that they are in. */
final class TextDiff {
    private static final int CONTEXT = 3;
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@");
    private static final Pattern RULE = Pattern.compile("\\s*rule\\s+(\"[^\"]*\"|\\w+).*");

    private final Ansi ansi;

    TextDiff(Ansi ansi) {
        this.ansi = ansi;
    }

    /** Null for a text that there is not. */
    List<String> lines(String path, String oldName, String oldText, String newName, String newText) {
        List<String> before = split(oldText);
        List<String> after = split(newText);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                oldText == null ? "/dev/null" : path + "\t" + oldName,
                newText == null ? "/dev/null" : path + "\t" + newName,
                before,
                DiffUtils.diff(before, after),
                CONTEXT);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < diff.size(); i++) {
            // the library counts the lines of nothing from 1
            String line = oldText == null ? diff.get(i).replaceFirst("^@@ -1,0 ", "@@ -0,0 ") : diff.get(i);
            Matcher hunk = HUNK.matcher(line);
            if (i < 2) {
                lines.add(coloured(line, Style.bold));
            } else if (hunk.matches()) {
                lines.add(coloured(line + rule(before, after, hunk), Style.fg_cyan));
            } else {
                lines.add(coloured(line));
            }
        }
        return lines;
    }

    private static List<String> split(String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        } else {
            // as other tools do, in a line of its own
            lines.add("\\ No newline at end of file");
        }
        return lines;
    }

    /** The rule in which the hunk's first change is, in the new text or else in the old one. */
    private static String rule(List<String> before, List<String> after, Matcher hunk) {
        int first = Math.max(0, Integer.parseInt(hunk.group(2)) - 1);
        String found = above(after, first + CONTEXT);
        return found.isEmpty() ? above(before, Math.max(0, Integer.parseInt(hunk.group(1)) - 1) + CONTEXT) : found;
    }

    private static String above(List<String> lines, int from) {
        for (int i = Math.min(from, lines.size() - 1); i >= 0; i--) {
            Matcher rule = RULE.matcher(lines.get(i));
            if (rule.matches()) {
                return " rule " + rule.group(1);
            }
        }
        return "";
    }

    private String coloured(String line) {
        if (line.startsWith("+")) {
            return coloured(line, Style.fg_green);
        }
        return line.startsWith("-") ? coloured(line, Style.fg_red) : Printable.of(line);
    }

    private String coloured(String line, Style style) {
        String shown = Printable.of(line);
        return ansi.enabled() ? style.on() + shown + Style.reset.on() : shown;
    }
}
