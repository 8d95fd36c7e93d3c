package dev.vitrine.rulebook.source;

import dev.vitrine.rulebook.source.RuleText.NamedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Carries a change of some files over to files that others have changed meanwhile, rule by rule: a three-way merge whose units are
 * a rule, the examples of a rule, and what stands before the first rule of a file. Each goes with the comments above it. So two
 * changes of one file touch only where they change the same rule.
 */
public final class RuleMerge {
    /**
     * A rule, or a file as a whole where the rule is null, that cannot be carried over, since it was changed in two ways: its text
     * where the change began, as the change wants it, and as it is now. A text is null where there is none.
     */
    public record Touch(String path, String rule, String base, String wanted, String live) {}

    /** The files with all changes that could be carried over, sorted, and those that could not. */
    public record Result(List<RuleFile> files, List<Touch> touches) {}

    private enum Kind {
        RULE,
        EXAMPLES
    }

    /** A name that a book has more than once counts for each of its files. */
    private record Key(Kind kind, String name, String path) {}

    private record Place(String path, NamedText block) {
        String text() {
            return block.text();
        }
    }

    /** The files of one moment. */
    private static final class Book {
        private final Map<String, RuleFile> files = new TreeMap<>();
        private final Map<String, FileBlocks> blocks = new TreeMap<>();

        Book(Collection<RuleFile> files) {
            files.forEach(file -> {
                this.files.put(file.path(), file);
                blocks.put(file.path(), FileBlocks.of(file));
            });
        }

        /** What stands before the first rule; null where there is no such file. */
        String head(String path) {
            FileBlocks file = blocks.get(path);
            return file == null ? null : file.head();
        }

        boolean holdsNoBlocks(String path) {
            FileBlocks file = blocks.get(path);
            return file != null && file.blocks().isEmpty();
        }
    }

    private final Book base;
    private final Book wanted;
    private final Book live;
    private final Set<Key> ambiguous;
    private final List<Touch> touches = new ArrayList<>();

    private RuleMerge(Book base, Book wanted, Book live) {
        this.base = base;
        this.wanted = wanted;
        this.live = live;
        this.ambiguous = new HashSet<>();
        Stream.of(base, wanted, live).forEach(book -> ambiguous.addAll(repeated(book)));
    }

    /** @param base the files that became {@code wanted} by the change that is carried over to {@code live} */
    public static Result carry(Collection<RuleFile> base, Collection<RuleFile> wanted, Collection<RuleFile> live) {
        return new RuleMerge(new Book(base), new Book(wanted), new Book(live)).merged();
    }

    private static Key key(FileBlocks file, String name) {
        return new Key(file.path().endsWith(RuleFile.EXAMPLES) ? Kind.EXAMPLES : Kind.RULE, name, "");
    }

    private static Set<Key> repeated(Book book) {
        Set<Key> seen = new HashSet<>();
        Set<Key> repeated = new HashSet<>();
        for (FileBlocks file : book.blocks.values()) {
            for (NamedText block : file.blocks()) {
                Key key = key(file, block.name());
                if (!seen.add(key)) {
                    repeated.add(key);
                }
            }
        }
        return repeated;
    }

    private Map<Key, Place> places(Book book) {
        Map<Key, Place> places = new LinkedHashMap<>();
        for (FileBlocks file : book.blocks.values()) {
            for (NamedText block : file.blocks()) {
                Key key = key(file, block.name());
                places.put(
                        ambiguous.contains(key) ? new Key(key.kind(), key.name(), file.path()) : key,
                        new Place(file.path(), block));
            }
        }
        return places;
    }

    private static boolean same(String one, String other) {
        return one == null || other == null
                ? Objects.equals(one, other)
                : FileBlocks.plain(one).equals(FileBlocks.plain(other));
    }

    private Result merged() {
        beginFiles();
        Map<Key, Place> was = places(base);
        Map<Key, Place> toBe = places(wanted);
        Map<Key, Place> is = places(live);
        // in the order of the wanted files, so that what comes back comes back in order
        Set<Key> keys = new LinkedHashSet<>(toBe.keySet());
        keys.addAll(was.keySet());
        keys.forEach(key -> carry(key, was.get(key), toBe.get(key), is.get(key)));
        Set<String> paths = new LinkedHashSet<>(base.blocks.keySet());
        paths.addAll(wanted.blocks.keySet());
        paths.forEach(this::carryHead);
        return new Result(files(), List.copyOf(touches));
    }

    /** Files that the change adds are there before their rules are. */
    private void beginFiles() {
        wanted.blocks.forEach((path, file) -> {
            if (!base.blocks.containsKey(path) && !live.blocks.containsKey(path)) {
                FileBlocks begun = FileBlocks.empty(path);
                begun.head(file.head());
                live.blocks.put(path, begun);
            }
        });
    }

    private void carry(Key key, Place was, Place toBe, Place is) {
        if (toBe == null) {
            if (is != null && same(is.text(), was.text())) {
                live.blocks.get(is.path()).remove(key.name());
            } else if (is != null) {
                touch(key, was, null, is);
            }
        } else if (was == null) {
            if (is == null) {
                insert(toBe.path(), toBe.block());
            } else if (!same(is.text(), toBe.text())) {
                touch(key, null, toBe, is);
            }
        } else if (!same(was.text(), toBe.text()) || !was.path().equals(toBe.path())) {
            if (is == null) {
                touch(key, was, toBe, null);
            } else {
                change(key, was, toBe, is);
            }
        }
    }

    private void change(Key key, Place was, Place toBe, Place is) {
        NamedText text = is.block();
        if (!same(was.text(), toBe.text()) && !same(is.text(), toBe.text())) {
            if (!same(is.text(), was.text())) {
                touch(key, was, toBe, is);
                return;
            }
            text = toBe.block();
        }
        // a rule that was moved once more stays where it was moved to
        if (!was.path().equals(toBe.path()) && is.path().equals(was.path())) {
            live.blocks.get(is.path()).remove(key.name());
            insert(toBe.path(), text);
        } else if (!text.equals(is.block())) {
            live.blocks.get(is.path()).replace(key.name(), text.text());
        }
    }

    private void insert(String path, NamedText block) {
        FileBlocks like = wanted.blocks.get(path);
        FileBlocks file = live.blocks.computeIfAbsent(path, added -> {
            FileBlocks begun = FileBlocks.empty(added);
            begun.head(like.head());
            return begun;
        });
        file.insert(block, like);
    }

    private void touch(Key key, Place was, Place toBe, Place is) {
        Place shown = is != null ? is : was != null ? was : toBe;
        touches.add(new Touch(shown.path(), key.name(), text(was), text(toBe), text(is)));
    }

    private static String text(Place place) {
        return place == null ? null : place.text().strip();
    }

    private void carryHead(String path) {
        String was = base.head(path);
        String toBe = wanted.head(path);
        String is = live.head(path);
        boolean nothingToAdd = was == null && toBe.isBlank();
        if (same(was, toBe) || same(is, toBe) || nothingToAdd) {
            return;
        }
        if (toBe == null) {
            // rules that others have put there keep the file, and what stands above them
            if (is != null && live.holdsNoBlocks(path) && !same(is, was)) {
                touches.add(new Touch(path, null, was, null, is));
            } else if (is != null && live.holdsNoBlocks(path)) {
                live.blocks.remove(path);
            }
        } else if (same(is, was)) {
            live.blocks.get(path).head(toBe);
        } else {
            touches.add(new Touch(path, null, was, toBe, is));
        }
    }

    private List<RuleFile> files() {
        List<RuleFile> files = new ArrayList<>();
        live.blocks.forEach((path, blocks) -> {
            RuleFile now = live.files.get(path);
            RuleFile goal = wanted.files.get(path);
            if (goal != null && Objects.equals(now, base.files.get(path)) && sameBlocks(blocks, goal)) {
                // nobody else has touched it: order and blank lines come back, too
                files.add(goal);
            } else if (!emptied(path, blocks)) {
                String text = blocks.text();
                files.add(now != null && now.text().equals(text) ? now : new RuleFile(path, text));
            }
        });
        return files;
    }

    private static boolean sameBlocks(FileBlocks blocks, RuleFile goal) {
        FileBlocks other = FileBlocks.of(goal);
        return same(blocks.head(), other.head()) && plain(blocks).equals(plain(other));
    }

    private static List<String> plain(FileBlocks file) {
        return file.blocks().stream()
                .map(block -> FileBlocks.plain(block.text()))
                .sorted()
                .toList();
    }

    /** Whether all rules have left the file, which then goes, too. */
    private boolean emptied(String path, FileBlocks blocks) {
        RuleFile now = live.files.get(path);
        boolean had =
                now == null ? !wantedEmpty(path) : !FileBlocks.of(now).blocks().isEmpty();
        return blocks.blocks().isEmpty() && had;
    }

    private boolean wantedEmpty(String path) {
        return !wanted.blocks.containsKey(path) || wanted.holdsNoBlocks(path);
    }
}
