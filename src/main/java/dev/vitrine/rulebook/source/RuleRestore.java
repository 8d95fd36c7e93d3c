package dev.vitrine.rulebook.source;

import dev.vitrine.rulebook.source.RuleText.NamedText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts single rules back as they were, with their examples and the comments above both. */
public final class RuleRestore {
    private final Map<String, FileBlocks> earlier;
    private final Map<String, FileBlocks> live;

    private RuleRestore(Collection<RuleFile> earlier, Collection<RuleFile> live) {
        this.earlier = blocks(earlier);
        this.live = blocks(live);
    }

    private static Map<String, FileBlocks> blocks(Collection<RuleFile> files) {
        Map<String, FileBlocks> blocks = new TreeMap<>();
        files.forEach(file -> blocks.put(file.path(), FileBlocks.of(file)));
        return blocks;
    }

    /** The names of all rules in these files. */
    public static Set<String> names(Collection<RuleFile> files) {
        return files.stream()
                .filter(RuleFile::holdsRules)
                .flatMap(file -> FileBlocks.of(file).blocks().stream())
                .map(NamedText::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A rule of the file, or the examples of one; what stands before the first where the rule is null. Null for none. */
    public static String text(RuleFile file, String rule) {
        FileBlocks blocks = FileBlocks.of(file);
        return FileBlocks.plain(
                rule == null ? blocks.head() : blocks.block(rule).orElse(""));
    }

    /**
     * The live files with these rules as they were in earlier ones, which have them all: in the file where a rule is now, or else
     * in the one where it was.
     */
    public static List<RuleFile> of(Collection<String> rules, Collection<RuleFile> earlier, Collection<RuleFile> live) {
        RuleRestore restore = new RuleRestore(earlier, live);
        rules.forEach(restore::restore);
        return restore.live.values().stream()
                .map(file -> new RuleFile(file.path(), file.text()))
                .toList();
    }

    private void restore(String rule) {
        FileBlocks was = holder(earlier, rule, RuleFile.RULES).orElseThrow();
        FileBlocks is = holder(live, rule, RuleFile.RULES).orElseGet(() -> file(was.path(), was));
        put(rule, was, is);
        FileBlocks examplesNow = holder(live, rule, RuleFile.EXAMPLES).orElse(null);
        holder(earlier, rule, RuleFile.EXAMPLES)
                .ifPresentOrElse(
                        examples -> put(
                                rule,
                                examples,
                                examplesNow != null ? examplesNow : file(examplesPath(was, is, examples), examples)),
                        () -> without(rule, examplesNow));
    }

    /** Where they were, or beside the rule if that has moved. */
    private static String examplesPath(FileBlocks was, FileBlocks is, FileBlocks examples) {
        return is.path().equals(was.path()) ? examples.path() : is.path().replace(RuleFile.RULES, RuleFile.EXAMPLES);
    }

    private static Optional<FileBlocks> holder(Map<String, FileBlocks> files, String rule, String end) {
        return files.values().stream()
                .filter(file -> file.path().endsWith(end) && file.block(rule).isPresent())
                .findFirst();
    }

    private FileBlocks file(String path, FileBlocks like) {
        return live.computeIfAbsent(path, added -> {
            FileBlocks begun = FileBlocks.empty(added);
            begun.head(like.head());
            return begun;
        });
    }

    private static void put(String rule, FileBlocks was, FileBlocks is) {
        String text = was.block(rule).orElseThrow();
        Optional<String> now = is.block(rule);
        if (now.isEmpty()) {
            is.insert(new NamedText(rule, text), was);
        } else if (!FileBlocks.plain(now.get()).equals(FileBlocks.plain(text))) {
            is.replace(rule, text);
        }
    }

    private void without(String rule, FileBlocks examples) {
        if (examples != null) {
            examples.remove(rule);
            if (examples.blocks().isEmpty()) {
                live.remove(examples.path());
            }
        }
    }
}
