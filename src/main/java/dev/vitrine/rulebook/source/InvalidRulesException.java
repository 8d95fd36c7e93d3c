package dev.vitrine.rulebook.source;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that cannot be published, with every reason. */
public class InvalidRulesException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<RuleProblem> problems;

    public InvalidRulesException(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public InvalidRulesException(RuleProblem problem) {
        this(List.of(problem));
    }

    public List<RuleProblem> problems() {
        return problems;
    }
}
