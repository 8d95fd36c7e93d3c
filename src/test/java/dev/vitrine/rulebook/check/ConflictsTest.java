package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Warns of rules that work against each other, and not of rules that only seem to. */
class ConflictsTest {
    private static final String C = "$c : Candidate( price < 10 )";

    /** One file with a rule for each pair of condition and consequence. */
    private static List<CompiledFile> rules(String... conditionsAndVerbs) throws InvalidRulesException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < conditionsAndVerbs.length; i += 2) {
            text.append("rule \"Rule %d\"\n@owner( \"Ines\" )\nwhen\n%s\nthen\n%s\nend\n"
                    .formatted(i / 2 + 1, conditionsAndVerbs[i], conditionsAndVerbs[i + 1]));
        }
        return RuleLab.compile(List.of(new RuleFile("shelf/rules.drl", text.toString())))
                .files();
    }

    private static List<String> warnings(String... conditionsAndVerbs) throws InvalidRulesException {
        List<RuleProblem> warnings = Conflicts.of(rules(conditionsAndVerbs), new Cancellation());
        assertThat(warnings).allSatisfy(warning -> {
            assertThat(warning.severity()).isEqualTo(RuleProblem.Severity.WARNING);
            assertThat(warning.file()).isEqualTo("shelf/rules.drl");
            assertThat(warning.line()).isPositive();
            assertThat(warning.cure()).isNotEmpty();
        });
        return warnings.stream()
                .map(warning -> warning.rule() + ": " + warning.message())
                .toList();
    }

    @Test
    void warnsOfAPinOfAHiddenProduct() throws Exception {
        assertThat(warnings(C, "shelf.hide( $c );", "$it : Candidate( price < 5, onSale )", "shelf.pin( $it, 1 );"))
                .containsExactly(
                        "Rule 2: What it pins is hidden by \"Rule 1\" (shelf/rules.drl:1): a hidden product has no"
                                + " place.");
        assertThat(warnings(
                        "Page( type == CART )\n$c : Candidate( sku == \"a\" )",
                        "shelf.hide( $c );",
                        "$c : Candidate( sku == \"a\" )",
                        "shelf.pin( $c, 1 );"))
                .singleElement()
                .asString()
                .contains("when both fire");
    }

    @Test
    void aPinOfAnotherProductOrAtAnotherTimeIsNoConflict() throws Exception {
        assertThat(warnings(C, "shelf.hide( $c );", "$c : Candidate( price < 50 )", "shelf.pin( $c, 1 );"))
                .isEmpty();
        assertThat(warnings(
                        "Page( type == CART )\n" + C, "shelf.hide( $c );",
                        "Page( type == HOME )\n" + C, "shelf.pin( $c, 1 );"))
                .isEmpty();
        assertThat(warnings(
                        "not Reading( mood == GIFT )\n" + C, "shelf.hide( $c );",
                        "Reading( mood == GIFT )\n" + C, "shelf.pin( $c, 1 );"))
                .isEmpty();
    }

    @Test
    void warnsOfAConditionOutOfRange() throws Exception {
        String hide = "shelf.hide( $c );";
        assertThat(warnings("$c : Candidate( margin >= 40 )", hide))
                .containsExactly(
                        "Rule 1: The rule can never fire: it asks for Candidate with margin >= 40, and margin is at"
                                + " most 1 (30 % is 0.3).");
        assertThat(warnings("Shop( hour >= 25 )\n$c : Candidate()", hide))
                .singleElement()
                .asString()
                .contains("hour is 0 to 23");
        assertThat(warnings("$c : Candidate( relevance == 50 )", hide)).hasSize(1);
        assertThat(warnings("$c : Candidate( price < 0 )", hide)).hasSize(1);
        assertThat(warnings("$c : Candidate( margin >= 0.4, relevance == 1, price < 0.5 )", hide))
                .isEmpty();
        assertThat(warnings("Shop( hour >= 23 )\n$c : Candidate( margin < 0 )", hide))
                .isEmpty();
    }

    @Test
    void warnsOfTwoPinsToOnePosition() throws Exception {
        String other = "$c : Candidate( sku == \"b\" )";
        assertThat(warnings("$c : Candidate( sku == \"a\" )", "shelf.pin( $c, 1 );", other, "shelf.pin( $c, 1 );"))
                .singleElement()
                .asString()
                .startsWith("Rule 2: It pins to position 1, and so does \"Rule 1\"");
        assertThat(warnings("$c : Candidate( sku == \"a\" )", "shelf.pin( $c, 1 );", other, "shelf.pin( $c, 2 );"))
                .isEmpty();
    }

    @Test
    void warnsOfGuaranteesAboveTheWholeList() throws Exception {
        String nova = "shelf.guarantee( 0.6, ofBrand( \"Nova\" ) );";
        assertThat(warnings("Shop()", nova, "Page( type == HOME )", "shelf.guarantee( 0.5, ofBrand( \"Luma\" ) );"))
                .singleElement()
                .asString()
                .contains("Rule 2: It guarantees, together with \"Rule 1\"", "110 %");
        assertThat(
                        warnings(
                                "Shop()",
                                "shelf.guarantee( 0.6, inCategory( \"sport\" ) );\nshelf.guarantee( 0.5, inCategory( \"home\" ) );"))
                .hasSize(1);
    }

    @Test
    void guaranteesThatFitOrMayShareProductsAreNoConflict() throws Exception {
        String nova = "shelf.guarantee( 0.6, ofBrand( \"Nova\" ) );";
        assertThat(warnings("Shop()", nova, "Page()", "shelf.guarantee( 0.4, ofBrand( \"Luma\" ) );"))
                .isEmpty();
        assertThat(warnings("Shop()", nova, "Page()", "shelf.guarantee( 0.6, \"core\" );"))
                .isEmpty();
        assertThat(warnings(
                        "Shop()", "shelf.guarantee( 0.6, \"new\" );", "Page()", "shelf.guarantee( 0.6, \"core\" );"))
                .isEmpty();
        assertThat(warnings(
                        "Shop()",
                        "shelf.guarantee( 0.6, inCategory( \"sport\" ) );",
                        "Page()",
                        "shelf.guarantee( 0.6, inCategory( \"sport/yoga\" ) );"))
                .isEmpty();
        assertThat(warnings(
                        "Page( type == CART )",
                        nova,
                        "Page( type == HOME )",
                        "shelf.guarantee( 0.5, ofBrand( \"Luma\" ) );"))
                .isEmpty();
    }

    @Test
    void warnsOfARuleThatCanNeverFire() throws Exception {
        assertThat(warnings("$c : Candidate( price > 10, price < 5 )", "shelf.hide( $c );"))
                .containsExactly(
                        "Rule 1: The rule can never fire: it asks for Candidate with price > 10 and price < 5.");
        assertThat(warnings("Reading( mood == GIFT, mood == KIT )", "shelf.floor( 0.1 );"))
                .hasSize(1);
        assertThat(warnings("Page( type == CART )\nPage( type == HOME )", "shelf.floor( 0.1 );"))
                .hasSize(1);
        assertThat(warnings("$c : Candidate( onSale, !onSale )", "shelf.hide( $c );"))
                .hasSize(1);
        assertThat(warnings("Reading( mood == GIFT )\nnot Reading( mood == GIFT )", "shelf.floor( 0.1 );"))
                .hasSize(1);
    }

    @Test
    void aRuleThatCanFireIsNotReported() throws Exception {
        assertThat(warnings("$c : Candidate( price > 5, price < 10, price != 7, onSale )", "shelf.hide( $c );"))
                .isEmpty();
        assertThat(warnings("Reading( mood == GIFT )\nReading( mood == KIT )", "shelf.floor( 0.1 );"))
                .isEmpty();
        assertThat(warnings("$c : Candidate( price >= 5, price <= 5 )", "shelf.hide( $c );"))
                .isEmpty();
    }

    @Test
    void warnsOfARuleThatAnotherMakesPointless() throws Exception {
        assertThat(warnings(
                        C,
                        "shelf.hide( $c );",
                        "Page( type == CART )\n$c : Candidate( price < 5 )",
                        "shelf.boost( $c, 2 );"))
                .singleElement()
                .asString()
                .contains("Rule 2: It has no effect", "'boost'", "\"Rule 1\"");
        assertThat(warnings(C, "shelf.hide( $c );", "$c : Candidate( price < 10, onSale )", "shelf.hide( $c );"))
                .hasSize(1);
        assertThat(warnings(C, "shelf.boost( $c, 2 );", "$x : Candidate( price < 10 )", "shelf.boost( $x, 2 );"))
                .singleElement()
                .asString()
                .contains("Rule 2: It has the same conditions and consequence as \"Rule 1\"");
    }

    @Test
    void aRuleThatSaysMoreIsNotReported() throws Exception {
        assertThat(warnings(C, "shelf.hide( $c );", "$c : Candidate( price < 20 )", "shelf.hide( $c );"))
                .hasSize(1)
                .allMatch(warning -> warning.startsWith("Rule 1"));
        assertThat(warnings("Page( type == CART )\n" + C, "shelf.hide( $c );", C, "shelf.boost( $c, 2 );"))
                .isEmpty();
        assertThat(warnings(C, "shelf.boost( $c, 2 );", C, "shelf.boost( $c, 3 );"))
                .isEmpty();
    }

    @Test
    void warnsOfABoostThatAnotherRuleUndoes() throws Exception {
        assertThat(warnings(C, "shelf.boost( $c, 2 );", C, "shelf.bury( $c, 0.5 );"))
                .singleElement()
                .asString()
                .contains("Its bury by 0.5 undoes the boost by 2");
        assertThat(warnings(C, "shelf.boost( $c, 2 );", C, "shelf.bury( $c, 0.2 );"))
                .isEmpty();
        assertThat(warnings(C, "shelf.boost( $c, 2 );", "$c : Candidate( price > 20 )", "shelf.bury( $c, 0.5 );"))
                .isEmpty();
    }

    @Test
    void aPausedRuleConflictsWithNone() throws Exception {
        RuleFile file = new RuleFile(
                "shelf/rules.drl",
                """
                rule "Hides"
                    @owner( "Ines" )
                    enabled false
                when
                    $c : Candidate( price < 10 )
                then
                    shelf.hide( $c );
                end
                rule "Pins"
                    @owner( "Ines" )
                when
                    $c : Candidate( price < 10 )
                then
                    shelf.pin( $c, 1 );
                end
                """);
        assertThat(Conflicts.of(RuleLab.compile(List.of(file)).files(), new Cancellation()))
                .isEmpty();
    }

    @Test
    void theShippedRulesDoNotConflict() throws Exception {
        List<RuleFile> files = new RuleFolder(Path.of("rules")).read();
        assertThat(Conflicts.of(RuleLab.compile(files).files(), new Cancellation()))
                .isEmpty();
    }

    @Test
    void warnsOfAGuaranteeThatAnotherRuleCapsLimitsOrHides() throws Exception {
        String core = "shelf.guarantee( 0.3, taggedWith( \"core\" ) );";
        assertThat(warnings("Visit()", core, "Visit()", "shelf.cap( 0.2, taggedWith( \"core\" ) );"))
                .containsExactly(
                        "Rule 1: It guarantees 30.0 % to taggedWith(\"core\"), and \"Rule 2\" (shelf/rules.drl:8)"
                                + " caps it at 20.0 %.");
        assertThat(warnings("Visit()", core, "Page( type == CART )", "shelf.atMost( 1, taggedWith( \"core\" ) );"))
                .singleElement()
                .asString()
                .contains("shows at most 1 of it when both fire");
        assertThat(warnings("Visit()", core, "$c : Candidate( tags contains \"core\" )", "shelf.hide( $c );"))
                .singleElement()
                .asString()
                .contains("hides all of it");
        assertThat(warnings("Visit()", core, "$c : Candidate()", "shelf.hide( $c );"))
                .singleElement()
                .asString()
                .contains("hides all of it");
    }

    @Test
    void aGuaranteeThatFitsOrIsMadeElsewhereIsNoConflict() throws Exception {
        String core = "shelf.guarantee( 0.3, taggedWith( \"core\" ) );";
        assertThat(warnings("Visit()", core, "Visit()", "shelf.cap( 0.4, taggedWith( \"core\" ) );"))
                .isEmpty();
        assertThat(warnings("Visit()", core, "Visit()", "shelf.atMost( 3, taggedWith( \"core\" ) );"))
                .isEmpty();
        assertThat(warnings("Visit()", core, "Visit()", "shelf.cap( 0.1, taggedWith( \"new\" ) );"))
                .isEmpty();
        assertThat(warnings(
                        "Page( type == HOME )",
                        core,
                        "Page( type == CART )",
                        "shelf.cap( 0.2, taggedWith( \"core\" ) );"))
                .isEmpty();
        assertThat(warnings(
                        "Visit()", core, "$c : Candidate( tags contains \"core\", price > 5 )", "shelf.hide( $c );"))
                .isEmpty();
    }

    @Test
    void warnsOfARuleThatAsksForLessThanAnother() throws Exception {
        String core = "shelf.guarantee( %s, taggedWith( \"core\" ) );";
        assertThat(warnings("Visit()", core.formatted(0.3), "Page( type == HOME )", core.formatted(0.2)))
                .containsExactly(
                        "Rule 2: It asks for nothing that \"Rule 1\" (shelf/rules.drl:1) does not ask for already,"
                                + " whenever it fires.");
        assertThat(warnings("Visit()", core.formatted(0.2), "Page( type == HOME )", core.formatted(0.3)))
                .isEmpty();
        assertThat(warnings(C, "shelf.hide( $c );", "$c : Candidate( price < 5 )", "shelf.hide( $c );"))
                .singleElement()
                .asString()
                .contains("asks for nothing");
        // boosts add up
        assertThat(warnings(C, "shelf.boost( $c, 2 );", "$c : Candidate( price < 5 )", "shelf.boost( $c, 2 );"))
                .isEmpty();
    }
}
