package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule proposes quotes nothing of the shopper's history. */
class ShopperValuesTest {
    private static List<RuleProblem> problems(String when, String then) {
        String text = "rule \"R\" @owner( \"Ines\" )\nwhen\n" + when + "\nthen\n    " + then + "\nend\n";
        return ParsedFile.of(new RuleFile("a.drl", text)).problems();
    }

    private static List<RuleProblem> evidence(String when, String quoted) {
        return problems(when, "shelf.read( REGULAR, \"\", 1, \"saw \" + " + quoted + " );");
    }

    @Test
    void theMessageSaysWhereWhatAndTheCure() {
        assertThat(evidence("Shopper( $n : orders )", "$n"))
                .singleElement()
                .hasToString(
                        "a.drl:5:42 rule \"R\": '$n' is of the shopper's history, which whoever reads an explanation must not"
                                + " see. Ask for it in a condition, and say what it means in words of your own: \"bought before\".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$s : Shopper() | $s.orders()",
                "$s : Shopper() | $s.lastPurchaseSku()",
                "$s : Shopper() | $s.inSegment( \"vip\" )",
                "Shopper( $in : inSegment( \"vip\" ) ) | $in",
                "$s : Shopper() | $s.interest( \"sport\" )",
                "$s : Shopper() $c : Candidate() | $s.boughtBefore( $c )",
                "Shopper( $n : lifetimeValue > 10 ) | $n",
                "Shopper( $n : orders + 1 ) | $n",
                "Shopper( $n : orders ) | ( 1 + $n * 2 )",
                "Shopper( $n : orders ) Visit( $m : pages + $n ) | $m",
                "Shopper( $n : orders ) Visit( $m : pages + $n ) Cart( $o : $m * 2 ) | $o",
                "$s : Shopper() Visit( $m : $s.orders ) | $m",
                "( Shopper( $n : orders ) or Visit( $n : pages ) ) | $n"
            })
    void whatComesFromTheShopperIsNotQuoted(String when, String quoted) {
        assertThat(evidence(when, quoted)).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("is of the shopper's history"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Shopper( $n : orders ) Candidate( rank == $n, $r : rank ) | $r",
                "Shopper( $n : orders ) Candidate( $r : rank, rank == $n ) | $r",
                "Shopper( $n : orders ) $c : Candidate( rank >= $n, rank <= $n ) | $c.rank()",
                "Candidate( $r : rank ) Shopper( orders == $r ) | $r",
                "$c : Candidate() Shopper( orders == $c.rank ) | $c.rank()",
                "$s : Shopper() $c : Candidate() Visit( $s.orders == $c.rank ) | $c.name()",
                "$s : Shopper() $c : Candidate( $s.boughtBefore( this ) ) | $c.name()",
                "Shopper( $n : orders ) Candidate( rank == $n, $k : sku ) $c : Candidate( sku == $k ) | $c.rank()",
                "Shopper( $n : orders ) $k : Campaign( priority == $n ) | $k.name()"
            })
    void whatIsMatchedAgainstTheShopperIsNotQuoted(String when, String quoted) {
        assertThat(evidence(when, quoted)).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("is of the shopper's history"));
    }

    @Test
    void aLongChainOfCandidatesIsRefusedSoon() {
        StringBuilder when = new StringBuilder("$c0 : Candidate()\n");
        for (int i = 1; i < 3_000; i++) {
            when.append("$c" + i + " : Candidate( sku == $c" + (i - 1) + ".sku )\n");
        }
        when.append("Shopper( orders == $c2999.rank )");
        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> problems(when.toString(), "shelf.hide( $c0 );")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shelf.read( REGULAR, $s.lastPurchaseSku(), 1, \"bought before\" );",
                "shelf.read( REGULAR, \"\" + $n, 1, \"bought before\" );",
                "shelf.read( REGULAR, \"\", $n / 100, \"bought before\" );",
                "shelf.pin( $c, $n );",
                "shelf.boost( $c, 1 + $n / 100 );",
                "shelf.guarantee( $n / 100, \"core\" );",
                "shelf.guarantee( overTheDay( $n / 100 ), \"core\" );",
                "shelf.cap( 0.2, \"\" + $n );",
                "shelf.cap( 0.2, ofBrand( \"\" + $n ) );",
                "shelf.cap( 0.2, rotating( newerThan( $n ) ) );",
                "shelf.atMost( $n, ofEachBrand() );",
                "shelf.floor( $n / 100 );",
                "shelf.show( comparison( $n, \"sport\" ) );",
                "shelf.show( reinforce( $s.lastPurchaseSku() ) );"
            })
    void noArgumentTellsIt(String then) {
        assertThat(problems("$s : Shopper( $n : orders ) $c : Candidate()", then))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is of the shopper's history"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Shopper( orders >= 3, lifetimeValue > 100 ) | shelf.read( REGULAR, \"\", 1, \"bought before\" );",
                "Shopper( $k : lastPurchaseCategory ) | shelf.read( JUST_BOUGHT, $k, 1, \"bought this week\" );",
                "$s : Shopper() $c : Candidate( $s.boughtBefore( this ) ) | shelf.pin( $c, 1 );",
                "$s : Shopper() $c : Candidate( $s.dueAgain( this ) ) | shelf.show( article( $c ) );",
                "$s : Shopper() $c : Candidate( $k : category, $s.fade( $k ) < 1 ) | shelf.bury( $c, $s.fade( $k ) );",
                "$s : Shopper() $c : Candidate( $i : $s.interest( category ) ) | shelf.boost( $c, 1 + $i );",
                "Shopper( $i : interest( \"sport\" ) > 0.1 ) $c : Candidate() | shelf.boost( $c, 1 + $i * 2 );",
                "$s : Shopper() Visit( $k : comparedCategory, !$s.knows( comparedCategory ) )"
                        + " | shelf.read( GIFT, $k, 1, \"saw \" + $k );",
                "Shopper( orders > 3 ) $c : Candidate( $n : name ) | shelf.read( KIT, \"\", 1, \"saw \" + $n );",
                "Shopper( orders > 3 ) Visit( $p : pages ) | shelf.read( KIT, \"\", 1, \"saw \" + $p );"
            })
    void conditionsAndFixedWordsAreFree(String when, String then) {
        assertThat(problems(when, then)).isEmpty();
    }
}
