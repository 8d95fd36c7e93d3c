package dev.vitrine.documents;

import java.util.ArrayList;
import java.util.List;

/** Cuts what a page shows of a shell into pipelines, as far as those pages need it. */
final class ShellScript {
    /**
     * A command.
     *
     * @param words without their quotes
     * @param into the file that the output goes to, null where it goes on
     * @param line in which it begins, from 0
     */
    record Command(List<String> words, String into, int line) {}

    private final String text;
    private final List<List<Command>> pipelines = new ArrayList<>();
    private List<Command> pipeline = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private StringBuilder word;
    private String into;
    private boolean redirected;
    private int begun;
    private int line;
    private int at;

    private ShellScript(String text, int line) {
        this.text = text;
        this.line = line;
        this.begun = line;
    }

    static List<List<Command>> pipelines(String text) {
        return new ShellScript(text, 0).cut();
    }

    private List<List<Command>> cut() {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                if (text.charAt(at) == '\n') {
                    line++;
                } else {
                    letter(text.charAt(at));
                }
            } else if (c == '\'') {
                quoted();
            } else if (c == '"') {
                doubleQuoted();
            } else if (c == '$' && text.startsWith("$(", at)) {
                substitution();
            } else if (c == '#' && word == null) {
                at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at) - 1;
            } else if (c == ' ' || c == '\t') {
                endWord();
            } else if (c == '|' || c == '\n' || c == ';' || c == '&') {
                endCommand();
                if (c == '|') {
                    skipLineEnds();
                } else {
                    endPipeline();
                }
                line += c == '\n' ? 1 : 0;
                begun = line;
            } else if (c == '>') {
                endWord();
                redirected = true;
            } else {
                letter(c);
            }
        }
        endCommand();
        endPipeline();
        return pipelines;
    }

    private void letter(char c) {
        if (word == null) {
            word = new StringBuilder();
            if (words.isEmpty()) {
                begun = line;
            }
        }
        word.append(c);
        line += c == '\n' ? 1 : 0;
    }

    private void quoted() {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        empty();
        for (at++; at < end; at++) {
            letter(text.charAt(at));
        }
    }

    private void doubleQuoted() {
        empty();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.startsWith("$(", at)) {
                substitution();
            } else {
                at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
                letter(text.charAt(at));
            }
        }
    }

    private void empty() {
        word = word == null ? new StringBuilder() : word;
    }

    /** What stands in {@code $( … )} is a script of its own; its value is some word. */
    private void substitution() {
        int depth = 0;
        int from = at + 2;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\'') {
                at = text.indexOf('\'', at + 1);
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        pipelines.addAll(new ShellScript(text.substring(from, at), line).cut());
        letter('$');
    }

    private void skipLineEnds() {
        while (at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1))) {
            at++;
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
    }

    private void endWord() {
        if (word != null) {
            if (redirected) {
                into = word.toString();
                redirected = false;
            } else {
                words.add(word.toString());
            }
            word = null;
        }
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            pipeline.add(new Command(words, into, begun));
        }
        words = new ArrayList<>();
        into = null;
    }

    private void endPipeline() {
        if (!pipeline.isEmpty()) {
            pipelines.add(pipeline);
        }
        pipeline = new ArrayList<>();
    }
}
