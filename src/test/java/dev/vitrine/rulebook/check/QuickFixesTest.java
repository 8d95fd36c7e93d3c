package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.TextFix;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import dev.vitrine.visit.StorefrontWords;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A problem with an obvious cure brings it as a change of the text, and the changed text has the problem no more. */
class QuickFixesTest {
    private static final String NAME = "Core first";
    private static final String EXAMPLES =
            """
            "Core first":
              fires:
                - case: one
                  candidates: [ { sku: a, tags: [ core ], price: 5, brand: Asana, category: sport/yoga/mats } ]
              does-not-fire:
                - case: none
            """;

    private final Catalog catalog = new Catalog();
    private final RuleCheck check = RuleLab.checkWith(
            new ShopWords(catalog, new StorefrontWords(), List.of(), List.of("home-page", "cart")),
            Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC),
            ZoneOffset.UTC);

    @BeforeEach
    void stock() {
        catalog.put(List.of(new Product(
                "mat-blue",
                Kind.PRODUCT,
                "mat",
                "Mat",
                "sport/yoga/mats",
                "Asana",
                30,
                30,
                null,
                "EUR",
                5,
                Set.of("core"),
                List.of(),
                Map.of("material", "cork"),
                null,
                null,
                0,
                null)));
    }

    private static String rule(String condition, String statement) {
        return "rule \"" + NAME + "\"\n    @owner( \"Ines\" )\nwhen\n    " + condition + "\nthen\n    " + statement
                + "\nend\n";
    }

    private List<RuleProblem> problems(String rules, String examples) {
        return check.asked(
                        List.of(new RuleFile("core.drl", rules), new RuleFile("core.examples.yaml", examples)),
                        List.of())
                .problems();
    }

    private static TextFix first(List<RuleProblem> problems) {
        return problems.stream()
                .flatMap(problem -> problem.fixes().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fix of " + problems));
    }

    private static String applied(String text, TextFix fix) {
        List<TextEdit> backwards = new ArrayList<>(fix.edits());
        backwards.sort(Comparator.comparingInt(TextEdit::line)
                .thenComparingInt(TextEdit::column)
                .reversed());
        String result = text;
        for (TextEdit edit : backwards) {
            result = result.substring(0, offset(result, edit.line(), edit.column()))
                    + edit.newText()
                    + result.substring(offset(result, edit.endLine(), edit.endColumn()));
        }
        return result;
    }

    private static int offset(String text, int line, int column) {
        int begin = 0;
        for (int i = 1; i < line; i++) {
            begin = text.indexOf('\n', begin) + 1;
        }
        return begin + column - 1;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$c : Candidat( tagged( \"core\" ) )|$c : Candidate( tagged( \"core\" ) )",
                "$c : Candidate( taged( \"core\" ) )|$c : Candidate( tagged( \"core\" ) )",
                "$c : Candidate( tagged( \"cor\" ) )|$c : Candidate( tagged( \"core\" ) )",
                "$c : Candidate( brand == \"Asna\", tagged( \"core\" ) )|$c : Candidate( brand == \"Asana\", tagged( \"core\" ) )",
                "$c : Candidate( brand == Asana, tagged( \"core\" ) )|$c : Candidate( brand == \"Asana\", tagged( \"core\" ) )",
                "$c : Candidate( tagged( \"core\" ), pirce < 10 )|$c : Candidate( tagged( \"core\" ), price < 10 )",
                "$c : Candidate( tagged( \"core\" ), margin ≥ 0.3 )|$c : Candidate( tagged( \"core\" ), margin >= 0.3 )",
                "$c : Candidate( tagged( \"core\" ), margin => 0.3 )|$c : Candidate( tagged( \"core\" ), margin >= 0.3 )",
                "$c : Candidate( tagged( \"core\" ), margin >= 30% )|$c : Candidate( tagged( \"core\" ), margin >= 0.3 )",
                "$c : Candidate( tagged( \"core\" ), brand = \"Asana\" )|$c : Candidate( tagged( \"core\" ), brand == \"Asana\" )",
                "$c : Candidate( tagged( \"core\" ) price < 10 )|$c : Candidate( tagged( \"core\" ), price < 10 )",
                "$c : Candidate( tagged( \"core\" ), price < 10, )|$c : Candidate( tagged( \"core\" ), price < 10 )",
                "$c : Candidate( tagged( “core” ) )|$c : Candidate( tagged( \"core\" ) )",
                "$c : Candidate( tagged( \"core\" ), kind == product )|$c : Candidate( tagged( \"core\" ), kind == PRODUCT )",
                "$c : Candidate( tagged( \"core\" ), kind == \"product\" )|$c : Candidate( tagged( \"core\" ), kind == PRODUCT )",
                "$c : Candidate( tagged( \"core\" ), fits( CRAT ) )|$c : Candidate( tagged( \"core\" ), fits( CART ) )",
                "$c : Candidate( tagged( \"core\" ), within( \"sport/yga\" ) )|$c : Candidate( tagged( \"core\" ), within( \"sport/yoga\" ) )",
                "$c : Candidate( tagged( \"core\" ), new )|$c : Candidate( tagged( \"core\" ), daysSinceLaunch < 14 )",
                "$c : Candidate( tagged( \"core\" ), title == \"Mat\" )|$c : Candidate( tagged( \"core\" ), name == \"Mat\" )",
                "$c : Candidate( tagged( \"core\" ), PRODUCT )|$c : Candidate( tagged( \"core\" ), kind == PRODUCT )",
                "$c : Candidate( tagged( \"core\" ), \"sport/yoga\" )|$c : Candidate( tagged( \"core\" ), within( \"sport/yoga\" ) )",
                "$c : Candidate( tagged( \"core\" ), price < 1,000 )|$c : Candidate( tagged( \"core\" ), price < 1000 )",
                "$c : Candidate( tagged( \"core\" ), price < 1.000.000 )|$c : Candidate( tagged( \"core\" ), price < 1000000 )",
                "$c : Candidate( tagged( \"core\" ), price < 9,99 )|$c : Candidate( tagged( \"core\" ), price < 9.99 )",
            })
    void aConditionIsMended(String written, String mended) {
        String text = rule(written, "shelf.boost( $c, 1.5 );");
        assertThat(applied(text, first(problems(text, EXAMPLES)))).isEqualTo(rule(mended, "shelf.boost( $c, 1.5 );"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shelf.bost( $c, 1.5 );|shelf.boost( $c, 1.5 );",
                "shelf.Boost( $c, 1.5 );|shelf.boost( $c, 1.5 );",
                "shelf.boost( $d, 1.5 );|shelf.boost( $c, 1.5 );",
                "shelf.guarantee( 0.3, tagedWith( \"core\" ) );|shelf.guarantee( 0.3, taggedWith( \"core\" ) );",
                "shelf.guarantee( 0.3, \"cre\" );|shelf.guarantee( 0.3, \"core\" );",
                "shelf.guarantee( 0.3, tagged( \"core\" ) );|shelf.guarantee( 0.3, taggedWith( \"core\" ) );",
                "shelf.guarantee( 0.3, margin > 0.4 );|shelf.guarantee( 0.3, withMarginFrom( 0.4 ) );",
                "shelf.boost( $c, 3/2 );|shelf.boost( $c, 1.5 );",
            })
    void aConsequenceIsMended(String written, String mended) {
        String condition = "$c : Candidate( tagged( \"core\" ) )";
        String text = rule(condition, written);
        assertThat(applied(text, first(problems(text, EXAMPLES)))).isEqualTo(rule(condition, mended));
    }

    @Test
    void whatIsMendedHasTheProblemNoMore() {
        String text = rule("$c : Candidate( taged( \"core\" ) )", "shelf.boost( $c, 1.5 );");
        assertThat(problems(applied(text, first(problems(text, EXAMPLES))), EXAMPLES))
                .isEmpty();
    }

    @Test
    void whatOnlyAPersonKnowsHasNoFix() {
        String text = rule("$c : Candidate( tagged( \"core\" ) )", "shelf.boost( $c, 1.5 );")
                .replace("    @owner( \"Ines\" )\n", "");
        assertThat(problems(text, EXAMPLES)).isNotEmpty().allSatisfy(problem -> assertThat(problem.fixes())
                .isEmpty());
    }

    @Test
    void examplesAreBegunInTheFileBeside() {
        String text = rule("$c : Candidate( tagged( \"core\" ) )", "shelf.boost( $c, 1.5 );");
        List<RuleProblem> found =
                check.asked(List.of(new RuleFile("core.drl", text)), List.of()).problems();
        TextFix fix = first(found);
        assertThat(fix.edits()).extracting(TextEdit::file).containsExactly("core.examples.yaml");
        assertThat(applied("", fix)).startsWith("\"Core first\":\n  fires:\n    - case: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "when|if",
                "then|do",
                "then|then:",
                "rule \"Core first\"|rule \"Core first\":",
                "rule \"Core first\"|rule \"Core \"first\"\"",
            })
    void theFrameOfARuleIsMended(String right, String wrong) {
        String text = rule("$c : Candidate( tagged( \"core\" ) )", "shelf.boost( $c, 1.5 );");
        String broken = text.replace(right, wrong);
        assertThat(broken).isNotEqualTo(text);
        assertThat(applied(broken, first(problems(broken, EXAMPLES)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[ boost 1.5 a ]|[ boost a 1.5 ]",
                "[ boost 1.5 a ]|[ Boost 1.5 a ]",
                "price: 5|price: \"5 €\"",
                "price: 5|price: '5'",
                "price: 5.50|price: \"5,50\"",
                "price: 5.50|price: 5,50",
            })
    void aValueInAnExampleIsMended(String right, String wrong) {
        String text = rule("$c : Candidate( tagged( \"core\" ) )", "shelf.boost( $c, 1.5 );");
        String good = EXAMPLES.replace("price: 5", right.startsWith("price") ? right : "price: 5")
                .replace("mats } ]\n", "mats } ]\n      proposes: [ boost 1.5 a ]\n");
        String examples = good.replace(right, wrong);
        assertThat(examples).isNotEqualTo(good);
        assertThat(applied(examples, first(problems(text, examples)))).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "Core first|Core frist",
                "  fires|  firs",
                "candidates|candidats",
                "price: 5|pirce: 5",
                "price: 5|price:5",
                "does-not-fire|doesnt-fire"
            })
    void examplesAreMended(String right, String wrong) {
        String text = rule("$c : Candidate( tagged( \"core\" ) )", "shelf.boost( $c, 1.5 );");
        String examples = EXAMPLES.replace(right, wrong);
        assertThat(examples).isNotEqualTo(EXAMPLES);
        List<RuleProblem> found = problems(text, examples).stream()
                .filter(problem -> problem.file().equals("core.examples.yaml"))
                .toList();
        assertThat(applied(examples, first(found))).isEqualTo(EXAMPLES);
    }

    /** Each was once offered something that is refused in turn. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$c : Candidate( tagged( \"core\" ), name =~ /yoga/i )|shelf.boost( $c, 1.5 );",
                "$c : Candidate( tags.some( t => t == \"core\" ) )|shelf.boost( $c, 1.5 );",
                "$c : Candidate( tagged( \"core\" ) )|shelf.bury( $c, -50% );",
                "$c : Candidate( tagged( \"core\" ) )|shelf.guarantee( 0.2, price > 40 );",
            })
    void whatWouldBeNoBetterIsNoFix(String condition, String statement) {
        String text = rule(condition, statement);
        assertThat(problems(text, EXAMPLES)).isNotEmpty().allSatisfy(problem -> assertThat(problem.fixes())
                .isEmpty());
    }

    @Test
    void whatHidesAnotherMistakeIsMended() {
        String text = rule("$c : Candidate( tagged( \"core\" ), margin => 0.3 )", "shelf.bost( $c, 1.5 );");
        assertThat(applied(text, first(problems(text, EXAMPLES)))).contains("margin >= 0.3");
    }

    @Test
    void whatHasNoObviousCureHasNoFix() {
        String text = rule("$c : Candidate( zebra == 3 )", "shelf.boost( $c, 1.5 );");
        assertThat(problems(text, EXAMPLES)).isNotEmpty().allSatisfy(problem -> assertThat(problem.fixes())
                .isEmpty());
    }

    @Test
    void aNumberThatMayBeADecimalHasNoFix() {
        String text = rule("$c : Candidate( number( \"weight\" ) < 1,500 )", "shelf.boost( $c, 1.5 );");
        assertThat(problems(text, EXAMPLES)).isNotEmpty().allSatisfy(problem -> assertThat(problem.fixes())
                .isEmpty());
    }
}
