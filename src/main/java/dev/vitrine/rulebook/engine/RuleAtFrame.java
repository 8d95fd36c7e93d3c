package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Rules whose code a thread is in.
 *
 * @param file where they stand; whatever edition holds it holds them
 * @param rules most often one; rules that ask the same share the code
 */
public record RuleAtFrame(RuleFile file, List<RuleCard> rules) {
    public RuleAtFrame {
        rules = List.copyOf(rules);
    }

    /** Whose code is the innermost of this stack; nothing where it is nobody's. */
    public static List<RuleAtFrame> of(StackTraceElement[] stack, Collection<CompiledFile> files) {
        for (StackTraceElement frame : stack) {
            List<RuleAtFrame> found = new ArrayList<>();
            for (CompiledFile file : files) {
                Set<String> names = file.rulesThatUse(frame.getClassName());
                List<RuleCard> rules = file.parsed().rules().stream()
                        .filter(card -> names.contains(card.name()))
                        .toList();
                if (!rules.isEmpty()) {
                    found.add(new RuleAtFrame(file.file(), rules));
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
