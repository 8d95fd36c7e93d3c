package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Asserts that problems are told in words of our own, at a place, and never in those of a parser, a compiler or Java. */
public final class OwnWords {
    /** What engines say around the words of a file: sentences and marks that no file of rules or examples has. */
    private static final Pattern ENGINE =
            Pattern.compile("Unable to |\\[Error|Near :|cannot be resolved|not applicable for"
                    + "|is undefined for the|no viable|mismatched input|extraneous input|Exception[: ]|Error:|Found unexpected|expected <"
                    + "|while (?:scanning|parsing)|Parse error|Syntax error|Encountered |Was expecting|cannot be cast|Class<|Lambda"
                    + "|dev\\.vitrine\\.(?!merchandising;)|d-MMM-yyyy|\\b(?:int|double|String|Candidate), (?:int|double|String)\\b|Dangling meta"
                    + "|strict-mode|ObjectType|\\bERR \\d|\\[\\d+,\\d+\\]");

    private OwnWords() {}

    public static void assertAll(List<RuleProblem> problems, String of) {
        for (RuleProblem problem : problems) {
            String told = problem.message() + "\n" + problem.cure();
            assertThat(ENGINE.matcher(told).results().map(MatchResult::group).toList())
                    .as("%s%nof%n%s", problem, of)
                    .isEmpty();
            assertThat(problem.message()).as("of%n%s", of).isNotBlank();
            assertThat(problem.line()).as("%s", problem).isPositive();
            assertThat(problem.column()).as("%s", problem).isPositive();
        }
    }
}
