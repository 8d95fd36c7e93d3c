package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleProblem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case that fails because its rule misspells a word of the shop. The case is right then, so the word is the fault, at its own
 * place, and the failing case is only named.
 */
final class MisspeltInCases {
    private final List<RuleProblem> faults;
    private final List<RuleProblem> warnings;

    private MisspeltInCases(List<RuleProblem> faults, List<RuleProblem> warnings) {
        this.faults = faults;
        this.warnings = warnings;
    }

    /** @param misspelt by the word: warnings of words that the shop does not know */
    static MisspeltInCases of(List<RuleProblem> faults, List<RuleProblem> warnings, Map<RuleProblem, String> misspelt) {
        Map<RuleProblem, RuleProblem> causes = new LinkedHashMap<>();
        List<RuleProblem> others = new ArrayList<>();
        for (RuleProblem fault : faults) {
            Optional<RuleProblem> cause = misspelt.entrySet().stream()
                    .filter(warning -> explains(warning.getKey(), warning.getValue(), fault))
                    .map(Map.Entry::getKey)
                    .findFirst();
            cause.ifPresentOrElse(warning -> causes.putIfAbsent(warning, fault), () -> others.add(fault));
        }
        List<RuleProblem> all = new ArrayList<>();
        causes.forEach((warning, failed) -> all.add(fault(warning, failed)));
        all.addAll(others);
        return new MisspeltInCases(
                all,
                warnings.stream()
                        .filter(warning -> !causes.containsKey(warning))
                        .toList());
    }

    /** Whether the condition that did not hold asks for this word. */
    private static boolean explains(RuleProblem warning, String word, RuleProblem fault) {
        return !warning.cure().isEmpty()
                && fault.rule().equals(warning.rule())
                && !fault.file().equals(warning.file())
                && fault.message().contains(CaseRun.EXPECTED_TO_FIRE)
                && fault.message().contains("\"" + word + "\"");
    }

    private static RuleProblem fault(RuleProblem warning, RuleProblem failed) {
        return new RuleProblem(
                Severity.FAULT,
                warning.file(),
                warning.line(),
                warning.column(),
                warning.rule(),
                warning.message() + " So the case in line " + failed.line() + " of " + failed.file()
                        + " fails: the rule does not fire.",
                warning.cure(),
                List.of());
    }

    List<RuleProblem> faults() {
        return faults;
    }

    List<RuleProblem> warnings() {
        return warnings;
    }
}
