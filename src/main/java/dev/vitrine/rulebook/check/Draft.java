package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.assist.QuickFixes;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Rule files that were checked, compiled and warmed up, and can become an edition. */
public final class Draft {
    private final List<RuleFile> files;
    private final List<RuleProblem> faults;
    private final List<RuleProblem> oddities;
    private final List<RuleProblem> conflicts;
    private final RuleCompiler.Compiled compiled;
    private final List<RuleFile> before;

    /** Null for {@code conflicts} if not searched yet, and for {@code compiled} if there are faults. */
    Draft(
            List<RuleFile> files,
            List<RuleProblem> faults,
            List<RuleProblem> oddities,
            List<RuleProblem> conflicts,
            RuleCompiler.Compiled compiled) {
        this(files, faults, oddities, conflicts, compiled, List.of());
    }

    /** @param before the files without the change */
    Draft(
            List<RuleFile> files,
            List<RuleProblem> faults,
            List<RuleProblem> oddities,
            List<RuleProblem> conflicts,
            RuleCompiler.Compiled compiled,
            Collection<RuleFile> before) {
        this.before = List.copyOf(before);
        this.files = List.copyOf(files);
        this.faults = List.copyOf(faults);
        this.oddities = List.copyOf(oddities);
        this.conflicts = conflicts == null ? null : List.copyOf(conflicts);
        this.compiled = compiled;
    }

    static Draft faulty(List<RuleFile> files, List<RuleProblem> faults) {
        return new Draft(files, faults, List.of(), List.of(), null);
    }

    /** The same, with fixes of its problems. */
    Draft with(QuickFixes fixes) {
        return new Draft(
                files,
                fixes.with(faults),
                fixes.with(oddities),
                conflicts == null ? null : fixes.with(conflicts),
                compiled,
                before);
    }

    public List<RuleFile> files() {
        return files;
    }

    /** Its rules; none where it has faults. */
    public List<RuleCard> rules() {
        return compiled == null ? List.of() : compiled.rules();
    }

    /** What keeps it from being published. */
    public List<RuleProblem> faults() {
        return faults;
    }

    /** What is odd, but does not keep it from being published. */
    public List<RuleProblem> warnings() {
        return conflicts == null
                ? oddities
                : Stream.concat(oddities.stream(), conflicts.stream()).toList();
    }

    /** The warnings, apart from those that have nothing to do with the change. */
    public KnownWarnings warningsOfChange() {
        return KnownWarnings.of(warnings(), before, files);
    }

    public List<RuleProblem> problems() {
        return Stream.concat(faults.stream(), warnings().stream()).toList();
    }

    /** An edition to try, with number 0, which none published has. Throws {@link InvalidRulesException} on faults. */
    public Edition edition() throws InvalidRulesException {
        return edition(new StoredEdition(0, Instant.EPOCH, "", "", StoredEdition.hash(files), files));
    }

    public Edition edition(StoredEdition stored) throws InvalidRulesException {
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        return new Edition(stored, compiled, conflicts);
    }
}
