package dev.vitrine.rulebook.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an examples file: the keys around it, from the outermost, and what is being written there. It reads indentation and
 * braces only, and so works on a file that is no YAML yet.
 *
 * @param key the key whose value is written, null if a key is
 */
record CasePlace(List<String> around, String key, String typed) {
    private static final Pattern KEY = Pattern.compile("^(\"(?:[^\"\\\\]|\\\\.)*\"|[\\w-]+):(?:\\s+(.*))?$");
    private static final Pattern LAST_KEY = Pattern.compile("([\\w-]+):\\s*$");
    /** A case in braces over many lines is a case that nobody reads. */
    private static final int LOOKED_BACK_MAX = 4_000;

    static CasePlace at(String text, int line, int column) {
        String before = text.substring(0, Lines.offset(text, line, column));
        List<Integer> open = open(before);
        if (!open.isEmpty()) {
            return inBraces(before, open);
        }
        String start = before.substring(before.lastIndexOf('\n') + 1);
        int indent = indent(start);
        String content = start.substring(indent);
        boolean item = content.startsWith("-");
        if (item) {
            String after = content.substring(1);
            indent += 1 + indent(after);
            content = after.stripLeading();
        }
        List<String> around = parents(before, item ? indent(start) : indent, item);
        Matcher key = KEY.matcher(content);
        return key.matches()
                ? new CasePlace(around, unquoted(key.group(1)), key.group(2) == null ? "" : key.group(2))
                : new CasePlace(around, null, content);
    }

    /** The indices of the brackets that are open, from the outermost. */
    private static List<Integer> open(String before) {
        List<Integer> open = new ArrayList<>();
        int from = Math.max(0, before.length() - LOOKED_BACK_MAX);
        boolean quoted = false;
        for (int i = from; i < before.length(); i++) {
            char c = before.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\n') {
                quoted = false;
                // a key at the begin of a line belongs to no bracket
                if (i + 1 < before.length() && !Character.isWhitespace(before.charAt(i + 1))) {
                    open.clear();
                }
            } else if (!quoted && (c == '{' || c == '[')) {
                open.add(i);
            } else if (!quoted && (c == '}' || c == ']') && !open.isEmpty()) {
                open.remove(open.size() - 1);
            }
        }
        return open;
    }

    private static CasePlace inBraces(String before, List<Integer> open) {
        int outermost = open.get(0);
        int lineBegin = before.lastIndexOf('\n', outermost) + 1;
        String start = before.substring(lineBegin, outermost);
        int indent = indent(start);
        boolean item = start.stripLeading().startsWith("-");
        List<String> around = new ArrayList<>(parents(before.substring(0, outermost), indent, item));
        for (int i = 0; i < open.size(); i++) {
            Matcher key = LAST_KEY.matcher(before.substring(lineBegin, open.get(i)));
            if (key.find()) {
                around.add(key.group(1));
            }
            lineBegin = open.get(i) + 1;
        }
        int innermost = open.get(open.size() - 1);
        String inside = before.substring(innermost + 1);
        String piece = inside.substring(topLevelComma(inside) + 1).stripLeading();
        if (before.charAt(innermost) == '[') {
            String key = around.isEmpty() ? "" : around.remove(around.size() - 1);
            return new CasePlace(around, key, piece);
        }
        Matcher key = KEY.matcher(piece.indexOf(':') > 0 ? piece.replaceFirst(":(?=\\S)", ": ") : piece);
        return key.matches()
                ? new CasePlace(around, unquoted(key.group(1)), key.group(2) == null ? "" : key.group(2))
                : new CasePlace(around, null, piece);
    }

    private static int topLevelComma(String text) {
        int depth = 0;
        int last = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            last = c == ',' && depth == 0 ? i : last;
        }
        return last;
    }

    /** The keys above, by their indentation. */
    private static List<String> parents(String before, int indent, boolean item) {
        List<String> parents = new ArrayList<>();
        String[] lines = before.split("\n", -1);
        int wanted = indent;
        boolean inItem = item;
        for (int i = lines.length - 2; i >= 0 && (wanted > 0 || inItem); i--) {
            String line = lines[i].stripTrailing();
            String content = line.stripLeading();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            int depth = indent(line);
            if (content.startsWith("-")) {
                if (!inItem && depth < wanted) {
                    wanted = depth;
                    inItem = true;
                }
                continue;
            }
            Matcher key = KEY.matcher(content);
            if (key.matches() && (depth < wanted || inItem && depth == wanted)) {
                parents.add(0, unquoted(key.group(1)));
                wanted = depth;
                inItem = false;
            }
        }
        return parents;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
