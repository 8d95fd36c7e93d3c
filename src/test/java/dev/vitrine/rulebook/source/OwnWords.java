package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** Asserts that problems are told in words of our own, at a place, and never in those of a parser, a compiler or Java. */
public final class OwnWords {
    /** What the engines say; in quotes, anybody may have written it. */
    private static final Pattern ENGINE = Pattern.compile("(?i:exception|\\bjava\\.|\\bjavax\\.|org\\.|drools|\\bmvel|\\bkie\\b|antlr"
            + "|javaparser|snakeyaml|Unable to|\\[Error|Near :|cannot be resolved|not applicable|is undefined for"
            + "|\\bClass<|lambda|\\bnull pointer|scanner|\\bscalar\\b|\\bflow (?:mapping|sequence)|no viable|mismatched input"
            + "|extraneous)|line \\d+, column \\d+, |\\bInteger\\b|\\bDouble\\b|\\bString\\b|\\bint\\b|\\bBoolean\\b|d-MMM-yyyy");

    private static final Pattern QUOTED = Pattern.compile("'[^\\n]*'|\"[^\"\\n]*\"");

    private OwnWords() {}

    public static void assertAll(List<RuleProblem> problems, String of) {
        for (RuleProblem problem : problems) {
            String told = QUOTED.matcher(problem.message() + "\n" + problem.cure()).replaceAll("…");
            assertThat(ENGINE.matcher(told).results().map(found -> found.group()).toList())
                    .as("%s%nof%n%s", problem, of)
                    .isEmpty();
            assertThat(problem.message()).as("of%n%s", of).isNotBlank();
            assertThat(problem.line()).as("%s", problem).isPositive();
            assertThat(problem.column()).as("%s", problem).isPositive();
        }
    }
}
