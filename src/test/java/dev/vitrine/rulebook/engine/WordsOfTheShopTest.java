package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules read what the shop knows: values that it has named itself, and the map words of the manual. */
class WordsOfTheShopTest {
    private static final Candidate STEEL = new Candidate.Builder("steel")
            .brand("steel")
            .attributes(Map.of(
                    "material", "steel", "weight", "0.4 kg", "lid", "steel", "waterproof", "true", "is \"new\"", "yes"))
            .rating(4.5)
            .reviews(30)
            .returnRate(0.02)
            .build();
    private static final Candidate WOOD = new Candidate.Builder("wood")
            .attributes(Map.of("material", "wood", "weight", "7"))
            .rating(2.0)
            .reviews(3)
            .returnRate(0.4)
            .build();
    private static final Candidate BARE = new Candidate.Builder("bare").build();

    private static final Facts FACTS = new Facts(
            new Shop(300, false, 12, Shop.THURSDAY),
            new Placement("home-page", 10, 2),
            new Page(PageType.CATEGORY, null, "sport/yoga/mats", null, null, 0),
            new Shopper(
                    true,
                    3,
                    1,
                    50,
                    2,
                    2,
                    50,
                    "phones/smart",
                    "phone-1",
                    Set.of("sport/yoga"),
                    Map.of("sport/yoga", 0.6, "care", 0.4),
                    Map.of("care/shaving", 0.5),
                    Map.of("coffee", new Shopper.Bought(2, 3, 20)),
                    Set.of("vip"),
                    Set.of("sport/yoga")),
            visit(),
            Cart.WITHOUT_ITEMS,
            List.of(new Campaign("Ten off", null, null, 0, true, 24, 0, 0, null, null, null, "ten-off", "10 % off")),
            List.of(STEEL, WOOD, BARE));

    private static Visit visit() {
        return new Visit(
                "direct",
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                0,
                0,
                "",
                0,
                0,
                0,
                Set.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                Set.of(),
                Set.of(),
                Set.of(),
                Device.MOBILE,
                "DE",
                "de",
                Map.of("weather", "rain", "temperature", "27", "lid", "steel"));
    }

    /** The candidates {@code $c} that a rule with these conditions hides. */
    private static Set<String> hidden(String conditions) throws InvalidRulesException {
        String rule =
                "rule \"r\"\n    @owner( \"Ines\" )\nwhen\n    " + conditions + "\nthen\n    shelf.hide( $c );\nend\n";
        Set<String> hidden = new TreeSet<>();
        RuleLab.compile(List.of(new RuleFile("shop/words.drl", rule)))
                .engine()
                .fire(FACTS, Instant.parse("2026-11-29T12:00:00Z"), new Cancellation())
                .proposals()
                .forEach(proposal ->
                        hidden.add(((Proposal.Hide) proposal).candidate().sku()));
        return hidden;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "text( \"material\" ) == \"steel\" ~ steel",
                "text( \"material\" ) != \"steel\" ~ wood",
                "\"steel\" != text( \"material\" ) ~ wood",
                "!( text( \"material\" ) == \"steel\" ) ~ bare wood",
                "text( \"material\" ) == \"steel\" || == \"wood\" ~ steel wood",
                "text( \"material\" ) != \"steel\" && != \"iron\" ~ wood",
                "text( \"material\" ) in ( \"steel\", \"iron\" ) ~ steel",
                "text( \"material\" ) not in ( \"steel\", \"iron\" ) ~ wood",
                "text( \"material\" ) == \"wood\" || reviews > 20 ~ steel wood",
                "text( \"material\" ) != \"steel\" || reviews == 0 ~ bare wood",
                "sku == \"bare\" || text( \"none\" ) != \"x\" ~ bare",
                "text( \"waterproof\" ) == \"true\" ~ steel",
                "text( \"material\" ) == brand ~ steel",
                "text( \"none\" ) == \"\" ~ ''",
                "number( \"weight\" ) < 5 ~ steel",
                "number( \"weight\" ) > 5 ~ wood",
                "number( \"weight\" ) == 7 ~ wood",
                "number( \"weight\" ) != 7 ~ steel",
                "number( \"weight\" ) * 2 == 14 ~ wood",
                "number( \"material\" ) != 3 ~ ''",
                "number( \"none\" ) == number( \"other\" ) ~ ''",
                "has( \"weight\" ) ~ steel wood",
                "!has( \"weight\" ) ~ bare",
                "hasNumber( \"weight\" ), !hasNumber( \"material\" ) ~ steel wood",
                "attributes contains \"lid\" ~ steel",
                "attributes not contains \"lid\" ~ bare wood",
                "rating >= 4, reviews >= 20 ~ steel",
                "rating < 3 ~ wood",
                "returnRate > 0.25 ~ wood",
                "returnRate <= 0.25 ~ steel",
                "rating != 2 ~ steel",
                "rating == null ~ bare",
                "rating != null ~ steel wood",
                "returnRate > 0.25 || rating > 4 ~ steel wood",
                "$rating : rating ~ steel wood",
            })
    void aMissingValueIsInNoComparison(String constraints, String expected) throws Exception {
        assertThat(String.join(" ", hidden("$c : Candidate( " + constraints + " )")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Visit( device == MOBILE, country == \"DE\", language == \"de\" )",
                "Visit( text( \"weather\" ) == \"rain\", number( \"temperature\" ) > 25 )",
                "Visit( has( \"weather\" ), !has( \"moon\" ), context contains \"weather\" )",
                "Shopper( inSegment( \"vip\" ), segments contains \"vip\", !inSegment( \"staff\" ) )",
                "Shopper( lastVisitCategories contains \"sport/yoga\" )",
                "Shopper( lastPurchaseWithin( \"phones\" ), !lastPurchaseWithin( \"phone\" ) )",
                "Page( within( \"sport/yoga\" ), !within( \"sport/run\" ) )",
                "Campaign( id == \"ten-off\", benefit == \"10 % off\" )",
                "Shopper( interests contains \"sport/yoga\" )",
                "Shopper( interests not contains \"sport\" )",
                "Shopper( gifts contains \"care/shaving\", bought contains \"coffee\" )",
                "Shopper( \"coffee\" memberOf bought )",
                "Shopper( $interests : interests contains \"sport/yoga\" )",
                "Shopper(\n interests contains \"sport/yoga\" || // a comment\n gifts contains \"x\" )",
                "$s : Shopper()\n Visit( $s.interests contains \"sport/yoga\", $s.bought not contains \"tea\" )",
            })
    void whatTheVisitSays(String condition) throws Exception {
        assertThat(hidden(condition + "\n $c : Candidate( sku == \"steel\" )")).containsExactly("steel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Visit( device == TABLET )",
                "Visit( text( \"moon\" ) != \"full\" )",
                "Visit( number( \"weather\" ) != 3 )",
                "Visit( number( \"moon\" ) < 3 || number( \"moon\" ) >= 3 )",
                "Shopper( interests contains \"sport\" )",
                "Shopper( bought contains \"tea\" )",
                "Campaign( id == \"other\" )",
            })
    void whatTheVisitDoesNotSay(String condition) throws Exception {
        assertThat(hidden(condition + "\n $c : Candidate( sku == \"steel\" )")).isEmpty();
    }

    @Test
    void keysMayHoldQuotesAndGroupsMayHoldComparisons() throws Exception {
        assertThat(hidden("$c : Candidate( text( \"is \\\"new\\\"\" ) != \"no\" )"))
                .containsExactly("steel");
        assertThat(hidden("$c : Candidate( sku == \"bare\" )\n not Candidate( text( \"none\" ) != \"x\" )"))
                .containsExactly("bare");
        assertThat(
                        hidden(
                                "$c : Candidate( sku == \"bare\" )\n exists ( Candidate( rating > 4 ) or Page( sku == \"x\" ) )"))
                .containsExactly("bare");
    }

    @Test
    void twoThatLackAValueAreNotEqualInIt() throws Exception {
        String join = "Candidate( sku != $c.sku(), text( \"none\" ) == $c.text( \"none\" ) )";
        assertThat(hidden("$c : Candidate()\n " + join)).isEmpty();
        String kept = "$c : Candidate( $m : text( \"%s\" ) )\n Candidate( this != $c, text( \"%s\" ) == $m )";
        assertThat(hidden(kept.formatted("none", "none"))).isEmpty();
        String number = "$c : Candidate( $n : number( \"%s\" ) )\n Candidate( this != $c, number( \"%s\" ) == $n )";
        assertThat(hidden(number.formatted("none", "none"))).isEmpty();
    }

    @Test
    void aValueIsKeptUnderANameOnlyWhereItIs() throws Exception {
        assertThat(hidden("$c : Candidate( $m : text( \"material\" ) )")).containsExactly("steel", "wood");
        assertThat(hidden("$c : Candidate( $m : text( \"material\" ) != \"steel\" )"))
                .containsExactly("wood");
        assertThat(hidden("Candidate( $lid : text( \"lid\" ) )\n $c : Candidate( text( \"material\" ) == $lid )"))
                .containsExactly("steel");
        assertThat(hidden("$v : Visit()\n $c : Candidate( text( \"lid\" ) == $v.text( \"lid\" ) )"))
                .containsExactly("steel");
    }

    @Test
    void anUnknownNumberIsInNoneOfManyComparisons() throws Exception {
        // from nine on, Drools looks comparisons of one field up in an index
        String rules = IntStream.range(0, 20)
                .mapToObj(i -> "rule \"r" + i + "\"\n @owner( \"Ines\" )\nwhen\n $c : Candidate( rating "
                        + (i % 2 == 0 ? ">" : "<") + " 0." + (10 + i) + " )\nthen\n shelf.hide( $c );\nend\n")
                .reduce("", String::concat);
        assertThat(RuleLab.compile(List.of(new RuleFile("shop/many.drl", rules)))
                        .engine()
                        .fire(FACTS, Instant.parse("2026-11-29T12:00:00Z"), new Cancellation())
                        .proposals())
                .isNotEmpty()
                .noneMatch(proposal -> ((Proposal.Hide) proposal).candidate().equals(BARE));
    }

    /** Drools would take such a comparison for its first value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "( text( \"material\" ) == \"steel\" ) != true",
                "( brand == \"steel\" ) == false",
                "brand == \"steel\" == false",
                "true == ( rating > 4 || reviews > 3 )",
                "( attributes contains \"lid\" ) == false",
            })
    void aComparisonIsComparedWithNothing(String constraint) {
        assertThatThrownBy(() -> hidden("$c : Candidate( " + constraint + " )"))
                .hasMessageContaining("is true or false already")
                .hasMessageContaining("Write it alone, or !( ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text( \"material\" ) != null", "null == text( \"material\" )"})
    void whatIsMissingIsAskedForByHas(String constraint) {
        assertThatThrownBy(() -> hidden("$c : Candidate( " + constraint + " )"))
                .hasMessageContaining("is never null")
                .hasMessageContaining("Write has( … )");
    }

    @Test
    void aTextThatIsComparedWithANumberSaysWhatToWrite() {
        assertThatThrownBy(() -> hidden("$c : Candidate( text( \"weight\" ) < 5 )"))
                .hasMessageContaining("'text(\"weight\")' is a text in quotes, but 5 is a number.")
                .hasMessageContaining("Write: number( \"weight\" )");
        assertThatThrownBy(() -> hidden("$c : Candidate( number( \"material\" ) == \"steel\" )"))
                .hasMessageContaining("Write: text( \"material\" )");
    }

    @Test
    void linesKeepTheirNumbers() {
        assertThatThrownBy(() -> hidden(
                        "$c : Candidate( text( \"material\" )\n != \"steel\",\n text( \"a\", \"b\" ) == \"x\" )"))
                .isInstanceOfSatisfying(InvalidRulesException.class, e -> assertThat(e.problems())
                        .anySatisfy(problem -> assertThat(problem.line()).isBetween(4, 6)));
    }
}
