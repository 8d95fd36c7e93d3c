package dev.vitrine.rulebook.assist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.assist.TestShop.Marked;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proposed at a place of a half-written file; {@code ‸} is the place. */
class CompletionsTest {
    private static final Completions COMPLETIONS = new Completions(
            new TestShop(),
            TestShop.files(
                    Map.of(
                            "a/gift.drl",
                            """
                    // Why it is there.
                    rule "A gift is a gift"
                        @owner( "Ines" )
                    when
                        Placement()
                    then
                        shelf.floor( 0.1 );
                    end
                    """)));

    private static List<Completion> at(String path, String text) {
        Marked marked = Marked.of(text);
        return COMPLETIONS.at(path, marked.text(), marked.line(), marked.column());
    }

    private static List<String> labels(String text) {
        return at("a/gift.drl", text).stream().map(Completion::label).toList();
    }

    private static List<String> inCondition(String condition) {
        return labels("rule \"A\"\n    @owner( \"Ines\" )\nwhen\n    " + condition);
    }

    private static List<String> inConsequence(String statement) {
        return labels(
                "rule \"A\"\nwhen\n    Page( $near : category )\n    $sale : Campaign( leading )\n    $one : Candidate()\nthen\n    "
                        + statement);
    }

    private static List<String> inExamples(String text) {
        return at("a/gift.examples.yaml", text).stream().map(Completion::label).toList();
    }

    /** The line after the proposal with this label was taken. */
    private static String taken(String path, String text, String label) {
        Marked marked = Marked.of(text);
        TextEdit edit = at(path, text).stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow()
                .edit();
        String line = Lines.line(marked.text(), edit.line());
        return line.substring(0, edit.column() - 1) + edit.newText() + line.substring(edit.endColumn() - 1);
    }

    @Test
    void aFileBeginsWithARule() {
        assertThat(labels("‸")).containsExactly("rule");
        assertThat(labels("// why\nru‸")).containsExactly("rule");
    }

    @Test
    void aHeadHasWhatARuleMayBeginWith() {
        assertThat(labels("rule \"A\"\n    ‸")).contains("when", "@owner", "date-effective", "enabled");
        assertThat(labels("rule \"A\"\n    date-‸")).containsExactly("date-effective", "date-expires");
    }

    @Test
    void nothingIsProposedInACommentOrAName() {
        assertThat(labels("rule \"A\"\nwhen\n    // Vis‸")).isEmpty();
        assertThat(labels("rule \"Vis‸")).isEmpty();
    }

    @Test
    void conditionsAreFacts() {
        assertThat(inCondition("‸")).contains("Visit", "Candidate", "not", "then");
        assertThat(inCondition("Cand‸")).containsExactly("Candidate");
        assertThat(inCondition("$c : ‸")).contains("Candidate").doesNotContain("not", "then");
    }

    @Test
    void aFactIsWrittenWithItsBracketsAndAName() {
        assertThat(taken("a.drl", "rule \"A\"\nwhen\n    Cand‸", "Candidate")).isEqualTo("    $c : Candidate(  )");
        assertThat(taken("a.drl", "rule \"A\"\nwhen\n    Vis‸", "Visit")).isEqualTo("    Visit(  )");
        assertThat(taken("a.drl", "rule \"A\"\nwhen\n    $x : Cand‸", "Candidate"))
                .isEqualTo("    $x : Candidate(  )");
    }

    @Test
    void aFactHasItsWords() {
        assertThat(inCondition("Visit( ‸"))
                .contains("pages", "searchedFor", "device")
                .doesNotContain("margin");
        assertThat(inCondition("Visit( pages > 2, sear‸ )")).startsWith("searches", "searchWords", "searchedFor");
        assertThat(inCondition("not Candidate( pri‸")).contains("price", "priceLevel", "listPrice");
        assertThat(inCondition("Visit( pages > 2 || ‸")).contains("pages");
    }

    @Test
    void operatorsAreThoseOfTheType() {
        assertThat(inCondition("Visit( pages ‸")).contains(">=", "<").doesNotContain("contains", "matches");
        assertThat(inCondition("Visit( tags ‸")).containsExactly("contains", "not contains");
        assertThat(inCondition("Candidate( text( \"material\" ) ‸")).contains("==", "in", "matches");
        assertThat(inCondition("Reading( mood ‸")).contains("==").doesNotContain("<");
    }

    @Test
    void valuesOfAChoiceAreItsOwn() {
        assertThat(inCondition("Reading( mood == ‸"))
                .contains("GIFT", "DECIDED")
                .hasSize(12);
        assertThat(inCondition("Visit( device == MO‸")).containsExactly("MOBILE");
        assertThat(inCondition("Candidate( fits( ‸")).contains("CART", "PAGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Candidate( tagged( \"‸|core,clearance",
                "Candidate( tagged( \"co‸\" ) )|core",
                "Candidate( tags contains \"cle‸|clearance",
                "Candidate( within( \"yoga‸\" ) )|sport/yoga,sport/yoga/mats",
                "Candidate( brand == \"‸|Asana",
                "Candidate( brand in ( \"Nova\", \"‸|Asana",
                "Candidate( text( \"‸|material",
                "Candidate( text( \"material\" ) == \"‸|steel,cork",
                "Candidate( sku == \"mat‸|mat-blue",
                "Candidate( sku == \"blue m‸|mat-blue",
                "Visit( text( \"‸|weather",
                "Visit( country == \"‸|DE",
                "Visit( tagged( \"‸|",
                "Placement( name == \"‸|home-page,cart",
                "Shopper( inSegment( \"‸|vip",
                "Campaign( name == \"‸|Winter clearance",
                "Campaign( id == \"‸|winter",
                "Visit( source == \"‸|search-ads"
            })
    void quotesHoldTheValuesOfTheShop(String condition, String expected) {
        assertThat(inCondition(condition)).isEqualTo(expected == null ? List.of() : List.of(expected.split(",")));
    }

    @Test
    void aValueIsQuotedAndItsQuoteIsClosed() {
        String head = "rule \"A\"\nwhen\n    ";
        assertThat(taken("a.drl", head + "Candidate( tagged( ‸", "core")).isEqualTo("    Candidate( tagged( \"core\"");
        assertThat(taken("a.drl", head + "Candidate( tagged( \"c‸", "core"))
                .isEqualTo("    Candidate( tagged( \"core\"");
        assertThat(taken("a.drl", head + "Candidate( tagged( \"c‸lear\" ) )", "core"))
                .isEqualTo("    Candidate( tagged( \"core\" ) )");
    }

    @Test
    void namesAreKnownByWhatTheyStandFor() {
        assertThat(inCondition("$shopper : Shopper( $last : lastPurchaseCategory )\n    Candidate( $shopper.‸"))
                .contains("owns", "orders")
                .doesNotContain("price");
        assertThat(inCondition("$shopper : Shopper( $last : lastPurchaseCategory )\n    Candidate( category == ‸"))
                .contains("$last", "sport/yoga");
        assertThat(inCondition("$cart : Cart()\n    Candidate( $cart.holds( ‸")).contains("this");
    }

    @Test
    void aConsequenceBeginsWithTheShelf() {
        assertThat(inConsequence("‸")).contains("shelf.boost", "shelf.read", "end");
        assertThat(inConsequence("shelf.b‸")).startsWith("boost", "bury");
        assertThat(inConsequence("shelf.floor( 0.1 );\n    ‸")).contains("shelf.hide");
    }

    @Test
    void aVerbIsWrittenWithArgumentsThatFitTheRule() {
        assertThat(taken("a.drl", "rule \"A\"\nwhen\n    $one : Candidate()\nthen\n    shelf.bo‸", "boost"))
                .isEqualTo("    shelf.boost( $one, 1.5 );");
    }

    @Test
    void argumentsAreThoseOfTheVerb() {
        assertThat(inConsequence("shelf.hide( ‸")).containsExactly("$one");
        assertThat(inConsequence("shelf.read( ‸")).contains("GIFT");
        assertThat(inConsequence("shelf.read( GIFT, ‸")).contains("$near", "sport/yoga");
        assertThat(inConsequence("shelf.guarantee( ‸")).contains("overTheDay", "overTheHour");
        assertThat(inConsequence("shelf.guarantee( 0.3, ‸")).contains("taggedWith", "newerThan", "core");
        assertThat(inConsequence("shelf.guarantee( 0.3, \"‸")).containsExactly("core", "clearance");
        assertThat(inConsequence("shelf.atMost( 2, ‸"))
                .contains("ofEachBrand", "taggedWith")
                .doesNotContain("core");
        assertThat(inConsequence("shelf.atMost( 2, taggedWith( \"‸")).containsExactly("core", "clearance");
        assertThat(inConsequence("shelf.guarantee( 0.3, coveredBy( ‸")).containsExactly("$sale");
        assertThat(inConsequence("shelf.show( ‸"))
                .contains("comparison", "bundle")
                .doesNotContain("taggedWith");
    }

    @Test
    void wordsOfAFactHaveBracketsAfterThen() {
        assertThat(taken(
                        "a.drl",
                        "rule \"A\"\nwhen\n    $one : Candidate()\nthen\n    shelf.boost( $one, 1 + $one.mar‸",
                        "margin"))
                .isEqualTo("    shelf.boost( $one, 1 + $one.margin()");
    }

    @Test
    void aWordSaysWhatItMeansAndInWhatItCounts() {
        Completion margin =
                at("a.drl", "rule \"A\"\nwhen\n    Candidate( marg‸").get(0);
        assertThat(margin.detail()).isEqualTo("number, share, 0 to 1");
        assertThat(margin.documentation())
                .contains("share of the price that is left after cost", "Example: `margin >= 0.4`");
    }

    @Test
    void oneRuleIsNotDisturbedByAnother() {
        assertThat(
                        labels(
                                "rule \"Broken\nwhen\n    Visit( pages > \nrule \"A\"\nwhen\n    Cart( ‸\nthen\nend\nrule \"B\"\nwhen\n"))
                .contains("quantity")
                .doesNotContain("pages");
    }

    @Test
    void examplesBeginWithTheRulesBeside() {
        assertThat(inExamples("‸")).containsExactly("A gift is a gift");
        assertThat(inExamples("\"A g‸")).containsExactly("A gift is a gift");
        assertThat(taken("a/gift.examples.yaml", "\"A g‸", "A gift is a gift"))
                .startsWith("\"A gift is a gift\":\n  fires:");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "  ‸|fires,does-not-fire",
                "  f‸|fires,does-not-fire",
                "  fires:;    - c‸|case,candidates,campaigns,cart,placement",
                "  fires:;    - case: x;      vis‸|visit",
                "  fires:;    - case: x;      visit: { sear‸ }|searches,searchWords",
                "  fires:;    - case: x;      visit: { pages: 2, devi‸ }|device",
                "  fires:;    - case: x;      visit: { device: MO‸ }|MOBILE",
                "  fires:;    - case: x;      page: { category: ‸ }|sport,sport/yoga,sport/yoga/mats",
                "  fires:;    - case: x;      placement: { name: ca‸ }|cart",
                "  fires:;    - case: x;      readings: [ { mood: GI‸ } ]|GIFT",
                "  fires:;    - case: x;      candidates: [ { sku: a }, { tags: [ co‸ ] } ]|core",
                "  fires:;    - case: x;      candidates: [ { sku: ma‸ } ]|mat-blue",
                "  fires:;    - case: x;      candidates: [ { sku: \"blue m‸|mat-blue",
                "  fires:;    - case: x;      cart: { skus: [ ‸|mat-blue",
                "  fires:;    - case: x;      visit: { seen: [ mat-red, ma‸|mat-blue",
                "  fires:;    - case: x;      page: { type: PRODUCT, sku: ‸|mat-blue",
                "  fires:;    - case: x;      candidates: [ { sku: a, attributes: { ‸ } } ]|material",
                "  fires:;    - case: x;      candidates: [ { sku: a, attributes: { material: ‸ } } ]|steel,cork",
                "  fires:;    - case: x;      shopper:;        segm‸|segments",
            })
    void casesHaveTheirWords(String lines, String expected) {
        assertThat(inExamples("\"A gift is a gift\":\n" + lines.replace(";", "\n")).stream()
                        .collect(Collectors.toSet()))
                .isEqualTo(java.util.Set.of(expected.split(",")));
    }
}
