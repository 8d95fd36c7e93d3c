package dev.vitrine.rulebook;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Rule files as an edition would have them, checked, compiled and warmed up; serves nobody. */
public final class Draft {
    private final List<RuleFile> files;
    private final List<RuleProblem> faults;
    private final List<RuleProblem> warnings;
    private final RuleCompiler.Compiled compiled;

    Draft(List<RuleFile> files, List<RuleProblem> faults, List<RuleProblem> warnings, RuleCompiler.Compiled compiled) {
        this.files = List.copyOf(files);
        this.faults = List.copyOf(faults);
        this.warnings = List.copyOf(warnings);
        this.compiled = compiled;
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
        return warnings;
    }

    /** Faults, then warnings. */
    public List<RuleProblem> problems() {
        return Stream.concat(faults.stream(), warnings.stream()).toList();
    }

    /**
     * What it would be if it were published, to try and to compare; its number is 0, which no published edition has.
     *
     * @throws RuleBookFaults when it has faults
     */
    public Edition edition() throws RuleBookFaults {
        return edition(new StoredEdition(0, Instant.EPOCH, "", "", StoredEdition.hash(files), files));
    }

    /** The same under the number that it is to be published with. */
    Edition edition(StoredEdition stored) throws RuleBookFaults {
        if (!faults.isEmpty()) {
            throw new RuleBookFaults(faults);
        }
        return new Edition(stored, compiled);
    }
}
