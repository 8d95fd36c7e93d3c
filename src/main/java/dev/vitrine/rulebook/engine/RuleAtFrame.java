package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The rules of a file whose code a thread is in: usually one, but rules with the same condition share its code. */
public record RuleAtFrame(RuleFile file, List<RuleCard> rules) {
    public RuleAtFrame {
        rules = List.copyOf(rules);
    }

    /** The rules of the innermost frame that is in any rule's code, empty if no frame is. */
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
