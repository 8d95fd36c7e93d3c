package dev.vitrine.rulebook.source;

import dev.vitrine.rulebook.source.RuleText.NamedText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule file in blocks that can be changed one by one: what stands before the first rule, and then each rule, or the examples of
 * each, with the comments above. Nothing of the text is lost. Not thread-safe.
 */
final class FileBlocks {
    private final String path;
    private final String lineEnd;
    private String head;
    private final List<NamedText> blocks;

    private FileBlocks(String path, String lineEnd, String head, List<NamedText> blocks) {
        this.path = path;
        this.lineEnd = lineEnd;
        this.head = head;
        this.blocks = new ArrayList<>(blocks);
    }

    static FileBlocks of(RuleFile file) {
        List<NamedText> pieces = pieces(file);
        Set<String> names = new HashSet<>();
        boolean distinct = pieces.stream().allMatch(piece -> names.add(piece.name()));
        String lineEnd = file.text().contains("\r\n") ? "\r\n" : "\n";
        return distinct
                ? new FileBlocks(file.path(), lineEnd, pieces.get(0).text(), pieces.subList(1, pieces.size()))
                : new FileBlocks(file.path(), lineEnd, file.text(), List.of());
    }

    static FileBlocks empty(String path) {
        return new FileBlocks(path, "\n", "", List.of());
    }

    private static List<NamedText> pieces(RuleFile file) {
        if (file.holdsExamples()) {
            return ExamplesText.pieces(file.text());
        }
        return file.holdsRules() ? RuleText.pieces(file.text()) : List.of(new NamedText("", file.text()));
    }

    /** A text by which blocks are compared: blank lines around it, and how lines end, make no difference. */
    static String plain(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    String path() {
        return path;
    }

    String head() {
        return head;
    }

    List<NamedText> blocks() {
        return List.copyOf(blocks);
    }

    Optional<String> block(String name) {
        int at = indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(blocks.get(at).text());
    }

    String text() {
        return head + blocks.stream().map(NamedText::text).collect(Collectors.joining());
    }

    private int indexOf(String name) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    void head(String text) {
        boolean follows = !blocks.isEmpty() && !text.isEmpty();
        head = follows ? withEnd(text, blankLine()) : text;
    }

    void replace(String name, String text) {
        int at = indexOf(name);
        String now = blocks.get(at).text();
        String end = now.substring(now.stripTrailing().length());
        set(at, name, withEnd(text, end));
    }

    void remove(String name) {
        int at = indexOf(name);
        NamedText removed = blocks.remove(at);
        if (at > 0 && at == blocks.size()) {
            // the file ends as it did
            NamedText last = blocks.get(at - 1);
            set(
                    at - 1,
                    last.name(),
                    withEnd(
                            last.text(),
                            removed.text()
                                    .substring(removed.text().stripTrailing().length())));
        }
    }

    /** Adds a block after the nearest of those that stood before it in {@code like}, or else as the first. */
    void insert(NamedText block, FileBlocks like) {
        int at = 0;
        for (NamedText before : like.blocks) {
            if (before.name().equals(block.name())) {
                break;
            }
            at = Math.max(at, indexOf(before.name()) + 1);
        }
        if (at > 0) {
            NamedText before = blocks.get(at - 1);
            set(at - 1, before.name(), withEnd(before.text(), blankLine()));
        } else if (!head.isBlank()) {
            head = withEnd(head, blankLine());
        }
        boolean last = at == blocks.size();
        blocks.add(at, new NamedText(block.name(), withEnd(block.text(), last ? lineEnd : blankLine())));
    }

    private void set(int at, String name, String text) {
        blocks.set(at, new NamedText(name, text));
    }

    private String blankLine() {
        return lineEnd + lineEnd;
    }

    private String withEnd(String text, String end) {
        return text.stripTrailing().replace("\r\n", "\n").replace("\n", lineEnd) + end;
    }
}
