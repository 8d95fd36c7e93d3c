package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Proposals;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long texts in rules, and rules that make them. */
class TextsInRulesTest {
    private static List<String> problems(String when, String then) {
        String text = "rule \"R\" @owner( \"Ines\" )\nwhen\n" + when + "\nthen\n" + then + "\nend\n";
        return ParsedFile.of(new RuleFile("a.drl", text)).problems().stream()
                .map(RuleProblem::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 2_500, 3_900})
    void aTextThatIsTooLongIsRefusedWithItsPlace(int length) {
        String text = "a".repeat(length);
        assertThat(problems("$c : Candidate( name == \"" + text + "\" )", "shelf.hide( $c );"))
                .singleElement()
                .asString()
                .startsWith("a.drl:3")
                .endsWith("A text in a rule has " + length + " characters; at most 500 are allowed. Shorten it.");
        assertThat(problems("Visit()", "shelf.read( KIT, \"\", 1, \"" + text + "\" );"))
                .singleElement()
                .asString()
                .startsWith("a.drl:5")
                .contains("A text in a rule has " + length + " characters");
    }

    @Test
    void quotesAndBackslashesInALongTextDoNotOverflow() {
        assertThat(problems("Visit()", "shelf.read( KIT, \"\", 1, \"" + "\\\"".repeat(1_900) + "\" );"))
                .singleElement()
                .asString()
                .contains("A text in a rule has 1900 characters");
        assertThat(problems("Visit()", "shelf.read( KIT, \"\", 1, \"" + "\\\"".repeat(Proposals.TEXT_MAX) + "\" );"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'$c : Candidate( $a : name + name )', name + name",
        "'$c : Candidate( $n : name, sku != $n + $n )', $n + $n",
        "'$c : Candidate( $p : name == brand, $q : $p + $p )', $p + $p",
        "'$c : Candidate( $p : price > 1 && price < 2, $q : $p + $p )', $p + $p",
        "'$c : Candidate( name == 1 + \"a\" )', 1 + \"a\""
    })
    void conditionsJoinNoTexts(String when, String joined) {
        assertThat(problems(when, "shelf.hide( $c );"))
                .singleElement()
                .asString()
                .contains("'" + joined + "' joins texts, and conditions only add numbers.");
    }

    @Test
    void numbersAreAdded() {
        assertThat(problems(
                        "$c : Candidate( $p : price < 10, $q : $p + 1, $r : price * 2 + $q )\n"
                                + "Candidate( price > $p + $q + $r )",
                        "shelf.boost( $c, $p + 1 );"))
                .isEmpty();
    }

    @Test
    void anEvidenceJoinsSingleWordsAndNoWholeFact() {
        String when = "$v : Visit( $tags : tags ) $c : Candidate( $n : name )";
        assertThat(problems(when, "shelf.read( KIT, \"\", 1, \"saw \" + $n + \" for \" + $c.price() + $c.kind() );"))
                .isEmpty();
        for (String part : List.of("$v", "$c", "$tags", "$v.searchWords()")) {
            assertThat(problems(when, "shelf.read( KIT, \"\", 1, \"\" + " + part + " );"))
                    .singleElement()
                    .asString()
                    .contains("'" + part + "' is neither a text nor a number.");
        }
    }

    /** Each name stands for a long text, and each condition names it many times. */
    @Test
    void aRuleThatIsReadForItsConflictsStaysSmall() {
        String text = "interest( \"" + "a".repeat(400) + "\" )";
        StringBuilder when =
                new StringBuilder("Shopper( $a : " + String.join(" + ", Collections.nCopies(8, text)) + " )\n");
        for (int i = 0; i < 20; i++) {
            when.append("Visit( pages > ").append("$a + ".repeat(50)).append(i).append(" )\n");
        }
        ParsedFile file = ParsedFile.of(new RuleFile(
                "a.drl", "rule \"R\" @owner( \"Ines\" )\nwhen\n" + when + "then\nshelf.floor( 0.5 );\nend\n"));
        assertThat(file.problems()).isEmpty();
        RuleShape shape =
                RuleShape.of(file.tree().getRules().get(0), file.rules().get(0));
        assertThat(shape.facts().stream()
                        .mapToInt(fact -> fact.terms().toString().length())
                        .sum())
                .isLessThan(400_000);
    }
}
