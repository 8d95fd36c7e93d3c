package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of comparisons that every value meets, beside the list in {@link MistakesTest}. */
class AlwaysTrueTest {
    private static final RuleCheck CHECK = MistakesTest.check();

    private static List<RuleProblem> problems(String condition, String fires, String not) {
        RuleFile rule = new RuleFile(
                "a.drl",
                """
                rule "Something steps back"
                    @owner( "Ines" )
                when
                    $c : Candidate( %s )
                then
                    shelf.bury( $c, 0.5 );
                end
                """
                        .formatted(condition));
        RuleFile examples = new RuleFile(
                "a.examples.yaml",
                """
                "Something steps back":
                  fires: [ { case: one, candidates: [ { sku: a, %s } ] } ]
                  does-not-fire: [ { case: other, candidates: [ { sku: a, %s } ] } ]
                """
                        .formatted(fires, not));
        return CHECK.of(List.of(rule, examples)).problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rating >= 0", "rating <= 5", "rating != null"})
    void askingWhetherAValueIsThereIsMeant(String condition) {
        assertThat(problems(condition, "rating: 3", "price: 2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"margin < 1", "discount > 0", "stock > 0", "daysSinceLaunch < 9999"})
    void whatSomeValuesDoNotMeetIsMeant(String condition) {
        assertThat(problems(
                        condition,
                        "margin: 0.5, price: 5, listPrice: 10, stock: 2, daysSinceLaunch: 3",
                        "margin: 1, price: 5, listPrice: 5, stock: 0, daysSinceLaunch: 10000"))
                .isEmpty();
    }

    /** Its scale is the shop's own where the storefront sends the candidates. */
    @Test
    void aScoreCanBeAnyNumber() {
        assertThat(problems("score < 5", "score: 3", "score: 7")).isEmpty();
    }

    @Test
    void rulesThatShipHaveNone() throws Exception {
        RuleCheck alone = RuleCheck.ofFilesAlone(Clock.systemUTC(), ZoneOffset.UTC);
        assertThat(alone.of(new RuleFolder(Path.of("rules")).read()).problems()).isEmpty();
    }
}
