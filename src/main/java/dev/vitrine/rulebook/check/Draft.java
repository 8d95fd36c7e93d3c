package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Rule files as an edition would have them, checked, compiled and warmed up; serves nobody. */
public final class Draft {
    private final List<RuleFile> files;
    private final List<RuleProblem> faults;
    private final List<RuleProblem> odd;
    private final List<RuleProblem> conflicts;
    private final RuleCompiler.Compiled compiled;

    /**
     * @param odd what is odd about single rules as the shop stands now
     * @param conflicts rules that work against each other, or for nothing; null where nobody has looked
     * @param compiled null where there are faults
     */
    Draft(
            List<RuleFile> files,
            List<RuleProblem> faults,
            List<RuleProblem> odd,
            List<RuleProblem> conflicts,
            RuleCompiler.Compiled compiled) {
        this.files = List.copyOf(files);
        this.faults = List.copyOf(faults);
        this.odd = List.copyOf(odd);
        this.conflicts = conflicts == null ? null : List.copyOf(conflicts);
        this.compiled = compiled;
    }

    /** One that cannot even be read. */
    static Draft unfit(List<RuleFile> files, List<RuleProblem> faults) {
        return new Draft(files, faults, List.of(), List.of(), null);
    }

    /** All files, by path. */
    public List<RuleFile> files() {
        return files;
    }

    /** What keeps it from being published. */
    public List<RuleProblem> faults() {
        return faults;
    }

    /** What is odd, but keeps nothing. */
    public List<RuleProblem> warnings() {
        return conflicts == null
                ? odd
                : Stream.concat(odd.stream(), conflicts.stream()).toList();
    }

    /** Faults, then warnings. */
    public List<RuleProblem> problems() {
        return Stream.concat(faults.stream(), warnings().stream()).toList();
    }

    /**
     * What it would be if it were published, to try and to compare; its number is 0, which no published edition has.
     *
     * @throws InvalidRulesException when it has faults
     */
    public Edition edition() throws InvalidRulesException {
        return edition(new StoredEdition(0, Instant.EPOCH, "", "", StoredEdition.hash(files), files));
    }

    /** The same under the number that it is to be published with. */
    public Edition edition(StoredEdition stored) throws InvalidRulesException {
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        return new Edition(stored, compiled, conflicts);
    }
}
