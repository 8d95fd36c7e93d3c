package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.problem.LookAlikes;
import dev.vitrine.problem.TextKind;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds rules and files whose names people take for each other; files that differ only in upper case are one on some disks. */
final class TwinNames {
    static final String CURE = "Choose a name that differs by more than upper case, blanks or letters that look alike.";

    private final Set<RuleFile> before;
    private final List<RuleProblem> faults = new ArrayList<>();

    private TwinNames(Collection<RuleFile> before) {
        this.before = new HashSet<>(before);
    }

    /** @param before the live files: names that they have may stay, and twins of them are reported where they are new */
    static List<RuleProblem> faults(
            Collection<RuleFile> files, Collection<RuleCard> rules, Collection<RuleFile> before) {
        TwinNames names = new TwinNames(before);
        names.paths(files);
        names.rules(files, rules);
        return names.faults;
    }

    private void paths(Collection<RuleFile> files) {
        LookAlikes known = new LookAlikes();
        Set<String> live = new HashSet<>();
        before.forEach(file -> live.add(file.path()));
        files.stream().map(RuleFile::path).filter(live::contains).forEach(path -> upTo(path, known));
        for (RuleFile file : files) {
            if (!live.contains(file.path())) {
                upTo(file.path(), known)
                        .ifPresent(twin -> faults.add(fault(
                                file.path(),
                                0,
                                0,
                                "",
                                "The path looks like '" + twin + "', which is there too.",
                                CURE)));
            }
        }
    }

    /** Adds the path and the folders that lead to it. */
    private static Optional<String> upTo(String path, LookAlikes known) {
        Optional<String> twin = Optional.empty();
        for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            Optional<String> folder = known.add(path.substring(0, end));
            twin = twin.or(() -> folder);
        }
        Optional<String> whole = known.add(path);
        return twin.or(() -> whole);
    }

    private static Optional<String> objection(RuleCard rule, LookAlikes known) {
        int odd = TextKind.firstOddBlank(rule.name());
        // a name that shows nothing has a fault of its own
        Optional<String> blank = odd < 0 || TextKind.showsNothing(rule.name())
                ? Optional.empty()
                : Optional.of("The name " + TextKind.oddBlank(rule.name(), odd) + ".");
        Optional<String> twin = known.add(rule.name())
                .map(other -> "The name looks like \"" + other + "\", which is the name of another rule.");
        return twin.or(() -> blank);
    }

    private void rules(Collection<RuleFile> files, Collection<RuleCard> rules) {
        LookAlikes known = new LookAlikes();
        Set<String> unchanged = new HashSet<>();
        files.stream().filter(before::contains).forEach(file -> unchanged.add(file.path()));
        rules.stream().filter(rule -> unchanged.contains(rule.file())).forEach(rule -> known.add(rule.name()));
        for (RuleCard rule : rules) {
            if (!unchanged.contains(rule.file())) {
                objection(rule, known)
                        .ifPresent(
                                message -> faults.add(fault(rule.file(), rule.line(), 0, rule.name(), message, CURE)));
            }
        }
    }
}
