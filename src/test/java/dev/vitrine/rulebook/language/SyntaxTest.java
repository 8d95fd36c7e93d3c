package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Typing mistakes, each reported at its place and in plain words. */
class SyntaxTest {
    private static final String NAME = "Cheap things are hidden";
    private static final String RULE =
            """
            // why
            rule "Cheap things are hidden"
                @owner( "Ines" )
            when
                not Reading( mood == DECIDED )
                $c : Candidate( price < 10, stock > 0 )
            then
                shelf.hide( $c );
            end
            """;

    private static List<RuleProblem> problems(String text) {
        return ParsedFile.of(new RuleFile("a.drl", text)).problems();
    }

    @Test
    void aCorrectRuleHasNoProblems() {
        assertThat(problems(RULE)).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("stock > 0 )", "stock > 0", 6, 19, "The bracket '(' is never closed before 'then'."),
                arguments("stock > 0 )", "stock > 0 ) )", 6, 45, "Unmatched ')'."),
                arguments("end\n", "", 8, 21, "The rule has no 'end'."),
                arguments("end\n", "edn\n", 9, 1, "'edn' is not a keyword of a rule."),
                arguments("then\n", "", 7, 5, "The rule has no 'then'."),
                arguments("then\n", "them\n", 7, 1, "'them' is not a keyword of a rule."),
                arguments("when\n", "", 4, 5, "The rule has no 'when'."),
                arguments("when\n", "wen\n", 4, 1, "'wen' is not a keyword of a rule."),
                arguments("when\n", "when {\n", 4, 6, "The bracket '{' is never closed before 'then'."),
                arguments("mood == DECIDED", "mood = DECIDED", 5, 23, "'=' is not a comparison."),
                arguments("mood == DECIDED", "mood <> DECIDED", 5, 23, "'<>' is not a comparison."),
                arguments("price < 10", "price =< 10", 6, 27, "'=<' is not a comparison."),
                arguments("price < 10", "price < ", 6, 27, "'<' has no value to compare with."),
                arguments("price < 10", "price < 10 %", 6, 32, "A number cannot have '%'."),
                arguments("price < 10", "price < 10 \u20AC", 6, 32, "A number cannot have '\u20AC'."),
                arguments("price < 10", "price is 10", 6, 27, "'is' is not a comparison."),
                arguments("10, stock", "10 stock", 6, 32, "A comma is missing before 'stock'."),
                arguments(
                        "10, stock",
                        "10 and stock",
                        6,
                        32,
                        "'and' joins facts, not conditions inside the brackets of a fact."),
                arguments(
                        "10, stock",
                        "10 OR stock",
                        6,
                        32,
                        "'OR' joins facts, not conditions inside the brackets of a fact."),
                arguments(
                        "price < 10",
                        "category in \"a\", \"b\"",
                        6,
                        30,
                        "The list after 'in' is not in round brackets."),
                arguments("price < 10", "category == \"a", 6, 33, "The quote is never closed."),
                arguments("$c : Candidate", "$c = Candidate", 6, 8, "A colon must follow the name of a fact."),
                arguments("$c : Candidate", "$c Candidate", 6, 5, "A colon must follow the name of a fact."),
                arguments("not Reading( mood == DECIDED )", "NOT Reading()", 5, 5, "'NOT' must be in lower case."),
                arguments(
                        "not Reading( mood == DECIDED )",
                        "if Reading()",
                        5,
                        5,
                        "'if' does not belong among the conditions."),
                arguments(
                        "not Reading( mood == DECIDED )",
                        "price < 10",
                        5,
                        5,
                        "The condition is outside the brackets of a fact."),
                arguments("not Reading( mood == DECIDED )", "not Reading", 5, 9, "The fact Reading has no brackets."),
                arguments("@owner( \"Ines\" )", "@owner \"Ines\"", 3, 12, "The value of @owner is not in brackets."),
                arguments("@owner( \"Ines\" )", "@owner( \"Ines\"", 3, 11, "The bracket '(' is never closed."),
                arguments("@owner( \"Ines\" )", "@owner( \"Ines )", 3, 13, "The quote is never closed."),
                arguments("@owner( \"Ines\" )", "$c : Candidate()", 3, 5, "'$c' does not belong above 'when'."),
                arguments(
                        "when\n",
                        "date-expires 2026-11-25\nwhen\n",
                        4,
                        14,
                        "date-expires must be followed by a date in quotes."),
                arguments("// why", "# why", 1, 1, "A rule cannot begin with '#'."),
                arguments("// why", "why", 1, 1, "A rule cannot begin with 'why'."),
                arguments("// why", "/* why", 1, 1, "The comment is never closed."),
                arguments("// why\nrule", "ruel", 1, 1, "A rule cannot begin with 'ruel'."),
                arguments("\"Cheap things are hidden\"", "Cheap things", 2, 6, "The rule's name is not in quotes."),
                arguments("\"Cheap things are hidden\"", "", 2, 1, "The rule has no name."),
                arguments("hidden\"\n", "hidden\n", 2, 6, "The quote is never closed."),
                arguments("\"Ines\"", "\u201CInes\u201D", 3, 13, "The quote is not straight."),
                arguments("price < 10", "price < 9,99", 6, 31, "A decimal has a point, not a comma."),
                arguments("price < 10", "price", 6, 21, "'price' is a number, but a condition must be true or false."),
                arguments("price < 10", "category == 'a'", 6, 33, "'a' is not in double quotes."),
                arguments("price < 10", "brand == Asana", 6, 30, "Candidate has no 'Asana'."),
                arguments("price < 10", "price < 10, ", 6, 31, "Nothing follows the comma."),
                arguments(
                        "price < 10",
                        "not tagged( \"core\" )",
                        6,
                        21,
                        "'not' goes before a fact; inside its brackets, use '!'."),
                arguments("price < 10", "price\u00A0< 10", 6, 26, "This is a special space character (U+00A0)."),
                arguments("price < 10", "price > 5 | onSale", 6, 31, "'|' is not an operator here."),
                arguments("price < 10", "onSale == yes", 6, 31, "Candidate has no 'yes'."),
                arguments("price < 10", "tagged", 6, 21, "'tagged' needs a value in brackets."),
                arguments("price < 10", "$visit.saw( this )", 6, 21, "'$visit' is not a name of this rule."),
                arguments("mood == DECIDED", "mood == decided", 5, 26, "Reading has no 'decided'."),
                arguments("DECIDED )", "DECIDED ),", 5, 35, "Facts are not separated by commas."),
                arguments("when\n", "when\n@owner( \"Ines\" )\n", 5, 1, "'@' does not belong below 'when'."),
                arguments("when\n", "    enabled = false\nwhen\n", 4, 13, "'=' does not belong above 'when'."),
                arguments(
                        "when\n",
                        "    date_expires \"2026-11-25\"\nwhen\n",
                        4,
                        5,
                        "'date_expires' is not an attribute of a rule."),
                arguments("\"Ines\"", "Ines", 3, 5, "The owner must be a name in quotes."),
                arguments("shelf.hide( $c );", "shelf.hid( $c );", 8, 11, "Shelf has no 'hid'."),
                arguments("shelf.hide( $c );", "// so it is\n\n    shelf.hid( $c );", 10, 11, "Shelf has no 'hid'."),
                arguments("shelf.hide( $c );", "shelf.boost( $c, $c.price );", 8, 25, "'$c.price' has no brackets."),
                arguments("shelf.hide( $c );", "shelf.hide( $c )", 8, 20, "A semicolon is missing after ')'."),
                arguments("price < 10", "tags contains core", 6, 35, "Candidate has no 'core'."));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("mistakes")
    void reportsAMistakeAtItsPlace(String right, String wrong, int line, int column, String message) {
        assertThat(RULE).contains(right);
        List<RuleProblem> problems = problems(RULE.replace(right, wrong));
        RuleProblem first = problems.get(0);
        assertThat(first.message()).as(problems.toString()).isEqualTo(message);
        assertThat(first.cure()).isNotEmpty();
        assertThat(List.of(first.line(), first.column()))
                .as(problems.toString())
                .containsExactly(line, column);
        assertThat(problems).hasSize(1);
    }

    @Test
    void aBrokenRuleDoesNotHideTheFaultsOfOthers() {
        String file = RULE.replace("price < 10", "price = 10")
                + RULE.replace("Cheap", "Dear").replace("stock", "stok")
                + RULE.replace("Cheap", "Good")
                + RULE.replace("Cheap", "Bad").replace("end\n", "");
        assertThat(problems(file))
                .extracting(problem -> problem.line() + " " + problem.rule() + ": " + problem.message())
                .containsExactly(
                        "6 Cheap things are hidden: '=' is not a comparison.",
                        "15 Dear things are hidden: Candidate has no 'stok'.",
                        "35 Bad things are hidden: The rule has no 'end'.");
    }

    @Test
    void reportsOtherMistakesWithoutTheParsersWords() {
        RuleProblem problem =
                problems(RULE.replace("price < 10", "price > 3 : stock > 1")).get(0);
        assertThat(problem.message()).isEqualTo("Unexpected ':'.");
        assertThat(problem.rule()).isEqualTo(NAME);
        assertThat(problem.line()).isEqualTo(6);
        assertThat(problem.column()).isEqualTo(31);
        assertThat(problem.cure()).contains("rules/README.md");
    }

    @Test
    void columnsOfTheFirstLineMatchTheFile() {
        assertThat(problems("rule \"One\" @owner( \"Ines\" ) when Shop( small = true ) then shelf.pause(); end"))
                .first()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(1);
                    assertThat(problem.column()).isEqualTo(46);
                    assertThat(problem.message()).isEqualTo("'=' is not a comparison.");
                });
    }
}
