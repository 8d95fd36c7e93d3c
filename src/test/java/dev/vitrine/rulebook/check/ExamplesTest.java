package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.language.Ranges;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in examples are reported at their place, in plain words, with what to write instead. */
class ExamplesTest {
    private static final String SHOW = "shelf.show( nothing() );";
    private static final String RULES = rule("Cheap", "", "$c : Candidate( price < 10 )", "shelf.hide( $c );")
            + rule("Advent", "date-effective \"2026-12-01\" date-expires \"2026-12-25\"", "Visit( pages < 3 )", SHOW)
            + rule("Friday evening", "", "Shop( hour >= 18, weekday == FRIDAY )", SHOW)
            + rule("Sale", "", "Campaign( leading )", SHOW)
            + rule("Breaks", "", "$c : Candidate( stock > 5 )", "shelf.pin( $c, $c.stock() * 100 );");

    private static RuleCompiler.Compiled rules;

    private static String rule(String name, String attributes, String condition, String consequence) {
        return "rule \"%s\"\n@owner( \"Ines\" ) %s\nwhen\n    %s\nthen\n    %s\nend\n"
                .formatted(name, attributes, condition, consequence);
    }

    @BeforeAll
    static void compile() throws InvalidRulesException {
        rules = RuleLab.compile(List.of(new RuleFile("shelf/a.drl", RULES)));
    }

    private static List<RuleProblem> problems(String text, ZoneId zone) {
        return RuleLab.EXAMPLES
                .problems(
                        rules.files(),
                        rules.rules(),
                        Set.of(),
                        List.of(new RuleFile("shelf/a.examples.yaml", text)),
                        zone,
                        new Cancellation())
                .stream()
                .filter(problem -> problem.file().endsWith(".yaml"))
                .peek(problem ->
                        assertThat(problem.cure()).as(problem.message()).isNotEmpty())
                .toList();
    }

    private static List<String> problems(String text) {
        return problems(text, ZoneOffset.UTC).stream()
                .map(RuleProblem::toString)
                .toList();
    }

    /** The problems of an example with one line for the case that fires and one for the case that does not. */
    private static List<String> problems(String rule, String fires, String not, ZoneId zone) {
        String text =
                "\"%s\":\n  fires:\n    - case: it does\n      %s\n  does-not-fire:\n    - case: it does not\n      %s\n"
                        .formatted(rule, fires, not);
        return problems(text, zone).stream().map(RuleProblem::toString).toList();
    }

    private static final String PREFIX = "shelf/a.examples.yaml:4:";

    /** The problem of this line in a case that is correct without it. */
    private static String problemOf(String line) {
        String cheap = line.contains("candidates") ? "" : "      candidates: [ { sku: a, price: 2 } ]\n";
        List<String> problems = problems("\"Cheap\":\n  fires:\n    - case: it does\n      " + line + "\n" + cheap
                + "  does-not-fire:\n    - case: it does not\n      candidates: [ { sku: a, price: 20 } ]\n");
        assertThat(problems).as(line).hasSize(1);
        assertThat(problems.get(0)).startsWith(PREFIX).contains(" rule \"Cheap\": ");
        return problems.get(0).substring(PREFIX.length()).replace(" rule \"Cheap\"", "");
    }

    @Test
    void aCorrectCaseHasNoProblems() {
        assertThat(problems(
                        "Cheap",
                        "candidates: [ { sku: \"0123\", brand: \"No\", price: 4.99 } ]",
                        "page: {}",
                        ZoneOffset.UTC))
                .isEmpty();
        assertThat(problems(
                        "Cheap",
                        "candidates: [ { sku: a, kind: BUNDLE, price: .5, margin: -0.2, parts: [ b ], extra: yes } ]",
                        "shopper: { interests: { a/b: 0.5 }, bought: { coffee: { times: 2, everyDays: 7.5 } } }",
                        ZoneOffset.UTC))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    placement: product-page     | 7: 'placement' is not in braces. Write: placement: { name: product-page }
                    page: PRODUCT               | 7: 'page' is not in braces. Write: page: { type: PRODUCT }
                    cart: 60                    | 7: 'cart' is not in braces. Write: cart: { value: 60 }
                    visit: [ { pages: 5 } ]     | 7: 'visit' is not in braces. Write for example: visit: { pages: 5 }
                    visit: pages 5              | 7: 'visit' is not in braces. Write for example: visit: { pages: 5 }
                    visit:                      | 7: 'visit' is not in braces. Write for example: visit: { pages: 5 }
                    candidates: { sku: a }      | 7: 'candidates' is not a list. Write for example: candidates: [ { sku: a } ]
                    readings: { mood: SAVING }  | 7: 'readings' is not a list. Write for example: readings: [ { mood: DECIDED } ]
                    campaigns: { name: x }      | 7: 'campaigns' is not a list. Write for example: campaigns: [ { theme: CLEARANCE } ]
                    readings: [ DECIDED ]       | 19: 'readings[0]' is not in braces. Write for example: readings: [ { mood: DECIDED } ]
                    proposes: hide a            | 7: 'proposes' is not a list. Write: proposes: [ hide a ]
                    visit: { tags: gift }       | 22: 'visit.tags' is not a list. Write: tags: [ gift ]
                    visit: { pages: [ 5 ] }     | 23: 'visit.pages' is a list, but must be a single value. Write pages: and the value.
                    shopper: { bought: coffee } | 26: 'shopper.bought' is not in braces. Write for example: bought: { coffee-beans: { times: 2, daysSince: 30 } }
                    """)
    void reportsAWordInTheWrongForm(String line, String expected) {
        assertThat(problemOf(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proposes: [ hide a ]", "reads: [ DECIDED ]"})
    void aCaseThatDoesNotFireCannotExpectAnything(String line) {
        String word = line.substring(0, line.indexOf(':'));
        assertThat(problems("Cheap", "candidates: [ { sku: a, price: 2 } ]", line, ZoneOffset.UTC))
                .containsExactly("shelf/a.examples.yaml:7:7 rule \"Cheap\": A rule that does not fire says nothing, so"
                        + " the case cannot have '" + word + "'. Leave '" + word
                        + "' out, or move the case to fires.");
    }

    @Test
    void reportsCasesThatAreNotAList() {
        assertThat(problems("\"Cheap\":\n  fires: { case: a }\n  does-not-fire: [ { case: b } ]\n"))
                .containsExactly("shelf/a.examples.yaml:2:3 rule \"Cheap\": 'fires' is not a list of cases."
                        + " Begin each case with a dash: - case: what happens in it");
        assertThat(problems("\"Cheap\":\n  fires: [ cheap ]\n  does-not-fire: [ { case: b } ]\n"))
                .containsExactly("shelf/a.examples.yaml:2:12 rule \"Cheap\": A case cannot be a single text or list."
                        + " Write case: and what happens in it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01.03.2026", "2026-02-30", "tomorrow", "-1000000000-01-01T00:00:00Z"})
    void reportsAnInvalidTime(String at) {
        assertThat(problemOf("at: " + at))
                .startsWith("11: 'at' is not a date or time: '" + at + "'. Write")
                .contains("2026-");
    }

    @Test
    void reportsAMissingTime() {
        assertThat(problemOf("at:")).contains("'at' has no value. Write a time such as 2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    - { case: x, visit: { pages: 2 ] }  | 3:25: The bracket that opens here has no matching closing bracket | Close { with }
                    - { case: x, visit: { pages: 2 }    | 3:7: The bracket that opens here has no matching closing bracket | Close { with }
                    - case: three: two                  | 3:18: A colon is not allowed here                                | Put a text with a colon in quotes
                    - { case: three: two }              | 3:20: The text in brackets breaks off here                       | Put such a text in quotes
                    - case: @home                       | 3:13: A text cannot begin with @                                 | Put it in quotes, such as "@home"
                    - case: *new*                       | 3:13: A text cannot begin with * or &                            | Put it in quotes
                    - case: 'tis the season             | 3:13: The quote that opens here is not closed                    | in double quotes
                    - case: 'don't wait'                | 3:18: A text continues after its closing quote                  | in double quotes
                    - { case: 'don't wait' }            | 3:20: The text in brackets breaks off here                       | Put such a text in quotes
                    - { case: x } }                     | 3:19: The line does not match the lines above                        | Begin lines that belong together
                    """)
    void reportsAYamlMistakeInPlainWords(String line, String expected, String cure) {
        List<String> all = problems("\"Cheap\":\n  fires:\n    " + line + "\n  does-not-fire:\n    - case: y\n");
        assertThat(all)
                .singleElement()
                .asString()
                .startsWith("shelf/a.examples.yaml:" + expected)
                .contains(cure)
                .doesNotContain("expected", "token", "mapping");
    }

    @Test
    void reportsOtherYamlMistakes() {
        assertThat(problems("\"Cheap\":\n\tfires:\n"))
                .containsExactly("shelf/a.examples.yaml:2:1: The line begins with a tab. Indent with spaces.");
        assertThat(problems("\"Cheap\"\n  fires:\n    - case: x\n"))
                .singleElement()
                .asString()
                .startsWith(
                        "shelf/a.examples.yaml:2:3: The lines above are complete, and nothing can follow: a colon is"
                                + " missing");
        assertThat(problems("\"Cheap\": a\u0007\n"))
                .containsExactly("shelf/a.examples.yaml:1:11: The file contains a character that is not text (U+0007)."
                        + " Delete it.");
        assertThat(problems("\"Cheap\": " + "[".repeat(20) + "]".repeat(20)))
                .singleElement()
                .asString()
                .contains("Brackets are nested more deeply");
        assertThat(problems("")).singleElement().asString().contains("The file contains no examples.");
        assertThat(problems("\"Chep\":\n  fires: []\n"))
                .containsExactly("shelf/a.examples.yaml:1:1 rule \"Chep\": There is no rule of this name."
                        + " Did you mean 'Cheap'?");
    }

    @Test
    void aTabInACommentIsNoTabOfALine() {
        assertThat(
                        problems(
                                """
                        #\ta tab
                        "Cheap":
                        \t# another
                          fires:
                            - case: it does\t#\tand one behind
                              candidates: [ { sku: a, price: 2 } ]
                          does-not-fire:
                            - case: "a # that is\tno comment"
                              candidates: [ { sku: a, price: 20 } ]
                        """))
                .isEmpty();
    }

    @Test
    void reportsARuleThatThrows() {
        assertThat(problems("Breaks", "candidates: [ { sku: a, stock: 6 } ]", "page: {}", ZoneOffset.UTC))
                .containsExactly(
                        "shelf/a.examples.yaml:3:7 rule \"Breaks\": The rule failed on the case 'it does': a position"
                                + " is 1 to 100, not 600. Correct the rule: its consequence must be valid for all facts.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    sku: 0123           | 'candidates[0].sku': 0123 is read as a number, but must be text. Put it in quotes: "0123"
                    brand: No           | 'candidates[0].brand': No is read as yes or no, but must be text. Put it in quotes: "No"
                    tags: [ core, 24 ]  | 'candidates[0].tags[1]': 24 is read as a number, but must be text. Put it in quotes: "24"
                    price: "5"          | 'candidates[0].price' is '5', but must be a number. Write it without quotes: 5
                    price: cheap        | 'candidates[0].price' is 'cheap', but must be a number. Write a number such as 3, without a unit or a currency sign.
                    price:              | 'candidates[0].price' has no value, but must be a number. Write a number such as 3, without a unit or a currency sign.
                    stock: 1.5          | 'candidates[0].stock' is 1.5, but must be a whole number. Write a number such as 3; at most 2147483647.
                    extra: maybe        | 'candidates[0].extra' is 'maybe', but must be true or false. Write true or false, without quotes.
                    kind: BUNDEL        | 'candidates[0].kind' is 'BUNDEL', but must be one of PRODUCT, ARTICLE, BUNDLE. Did you mean 'BUNDLE'?
                    rating: 6           | 'candidates[0].rating' cannot be 6. It is 0 to 5.
                    attributes: steel   | 'candidates[0].attributes' is not in braces. Write for example: attributes: { material: steel }
                    stock: 1, stock: 2  | 'candidates[0].stock' is written twice. Delete one of them.
                    """)
    void reportsAnInvalidValue(String field, String expected) {
        assertThat(problemOf("candidates: [ { " + field + " } ]").replaceFirst("^\\d+: ", ""))
                .isEqualTo(expected);
    }

    @Test
    void reportsTheColumnOfTheValue() {
        assertThat(problemOf("candidates: [ { brand: No } ]")).startsWith("30: ");
    }

    @Test
    void reportsAMissingSpaceAfterAColonAndADecimalComma() {
        assertThat(problemOf("candidates: [ { sku: a, brand:Movo, price: 2 } ]"))
                .isEqualTo("31: candidates[0].brand:Movo is not a known field of a Candidate."
                        + " Put a space after the colon: brand: Movo");
        assertThat(problemOf("candidates: [ { sku: a, price: 4,99 } ]"))
                .endsWith("candidates[0].99 is not a known field of a Candidate."
                        + " Write decimals with a point: price: 4.99");
        assertThat(problemOf("visit: { seconds: 1, pags: 2 }"))
                .startsWith("28: visit.pags is not a known field of a Visit.")
                .endsWith("Did you mean 'pages'?");
        assertThat(problemOf("vist: { pages: 1 }"))
                .startsWith("7: vist is not known in a case. ")
                .endsWith("Did you mean 'visit'?");
    }

    @Test
    void reportsEveryFaultOfACase() {
        assertThat(problems("Cheap", "candidates: [ { sku: 1, brand: No, stock: -1 } ]", "at: soon", ZoneOffset.UTC))
                .hasSize(4);
    }

    @Test
    void reportsTheKnownWordsIfNoneIsNear() {
        assertThat(problemOf("visit: { weather: sunny }"))
                .contains("Write one of these, or leave it out: cartAdds, cartRemovals, ");
        assertThat(problemOf("candidates: [ { kind: thing } ]")).endsWith("Write one of these.");
    }

    @Test
    void aHalfWrittenFileIsReportedAndBreaksNothing() {
        String text =
                """
                "Cheap":
                  fires:
                    - case: "it's cheap: two"
                      at: 2026-03-01
                      shopper: { interests: { a/b: 0.5 }, bought: { tea: { times: 2 } } }
                      candidates: [ { sku: 'a', price: 2.5, tags: [ new ] } ]
                      proposes: [ hide a ]
                  does-not-fire: [ { case: it is not } ]
                """;
        assertThat(problems(text)).isEmpty();
        List<String> mistakes =
                List.of("", "@", "'", "{", "]", ":", "\t", "-", "*", "&a ", "\n", "\uD83D\uDE00", "\u0007");
        for (int i = 0; i < text.length(); i++) {
            // the helper checks that every fault has a cure
            problems(text.substring(0, i));
            // different mistakes at each place: all of them everywhere would take ten seconds
            for (int mistake = i % 4; mistake < mistakes.size(); mistake += 4) {
                String odd = mistakes.get(mistake);
                problems(text.substring(0, i) + odd + text.substring(i + 1));
            }
        }
    }

    @Test
    void explainsWhyARuleDidNotFire() {
        String fires =
                "shelf/a.examples.yaml:3:7 rule \"%s\": The case 'it does' expects that the rule fires, but it did not";
        assertThat(problems("Advent", "visit: { pages: 1 }", "visit: { pages: 5 }", ZoneOffset.UTC))
                .containsExactly(fires.formatted("Advent")
                        + ": the rule is live from 2026-12-01, and the case happens on 2026-01-15."
                        + " Give the case a day on which the rule is live: at: 2026-12-01");
        assertThat(problems("Advent", "at: 2026-12-25", "visit: { pages: 5 }", ZoneOffset.UTC))
                .containsExactly(fires.formatted("Advent")
                        + ": the rule ends before 2026-12-25, and the case happens on 2026-12-25."
                        + " Give the case a day on which the rule is live: at: 2026-12-24");
        assertThat(problems("Sale", "visit: { pages: 1 }", "visit: { pages: 5 }", ZoneOffset.UTC))
                .containsExactly(fires.formatted("Sale")
                        + ": the rule asks for a Campaign, and the case has none. Add campaigns: to the case.");
        assertThat(problems("Cheap", "candidates: [ { sku: a, price: 12 } ]", "visit: {}", ZoneOffset.UTC))
                .containsExactly(fires.formatted("Cheap")
                        + ": Candidate( price < 10 ) did not hold, price was 12. Correct the rule or the case.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-01", "2026-12-24", "2026-12-24T23:59:59Z", "2026-12-01T01:00:00+01:00"})
    void aDayOrATimeSetsTheMoment(String at) {
        assertThat(problems("Advent", "at: " + at, "visit: { pages: 1 }", ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    void reportsAnUnmetExpectationAtItsPlace() {
        assertThat(problemOf("proposes: [ hide b ]"))
                .isEqualTo("7: The case 'it does' proposes something else.\nexpected: hide b\ngot: hide a"
                        + " Correct the rule or the case.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    candidates: [ { stock: -1 } ]             | 'candidates[0].stock' cannot be -1. It is at least 0.
                    candidates: [ { price: -0.5 } ]           | 'candidates[0].price' cannot be -0.5. It is at least 0.
                    candidates: [ { margin: 40 } ]            | 'candidates[0].margin' cannot be 40. It is at most 1: 40 % is 0.4.
                    candidates: [ { margin: 40% } ]           | 'candidates[0].margin' is '40%', but must be a number. 40 % is 0.4.
                    candidates: [ { relevance: 60 } ]         | 'candidates[0].relevance' cannot be 60. It is 0 to 1: 60 % is 0.6.
                    candidates: [ { rank: 0 } ]               | 'candidates[0].rank' cannot be 0. It is at least 1.
                    readings: [ { confidence: 0 } ]           | 'readings[0].confidence' cannot be 0. It is above 0 and at most 1.
                    shop: { hour: 30 }                        | 'shop.hour' cannot be 30. It is 0 to 23.
                    placement: { limit: 1000 }                | 'placement.limit' cannot be 1000. It is 1 to 100.
                    cart: { quantity: -2 }                    | 'cart.quantity' cannot be -2. It is at least 0.
                    shopper: { interests: { sport: 7 } }      | 'shopper.interests.sport' cannot be 7. It is 0 to 1: 7 % is 0.07.
                    shopper: { bought: { tea: { times: -1 }}} | 'shopper.bought.tea.times' cannot be -1. It is at least 0.
                    """)
    void reportsANumberOutOfRange(String line, String expected) {
        assertThat(problemOf(line)).endsWith(": " + expected);
    }

    @Test
    void rangesDependOnFactAndWord() {
        assertThat(Ranges.of(Shop.class, "hour")).contains(new Ranges.Range(0, 23));
        assertThat(Ranges.of(Placement.class, "limit")).contains(new Ranges.Range(1, 100));
        assertThat(Ranges.of(Candidate.class, "discount")).contains(new Ranges.Range(0, 1));
        assertThat(Ranges.of(Candidate.class, "score")).isEmpty();
        assertThat(Ranges.of(String.class, "length")).isEmpty();
        assertThat(Ranges.of(Reading.class, "confidence").orElseThrow().contains(0))
                .isFalse();
    }

    @Test
    void theMomentSetsHourAndWeekdayInTheShopsZoneUnlessTheCaseStatesThem() {
        String evening = "at: 2026-11-27T20:00:00Z";
        assertThat(problems("Friday evening", evening, "at: 2026-11-27T10:00:00Z", ZoneOffset.UTC))
                .isEmpty();
        assertThat(problems(
                        "Friday evening",
                        "at: 2026-11-27T20:00:00Z # here",
                        evening + "\n      shop: { hour: 8 }",
                        ZoneOffset.UTC))
                .isEmpty();
        assertThat(problems(
                        "Friday evening",
                        "at: 2026-11-27T16:30:00Z",
                        "at: 2026-11-27T23:30:00Z",
                        ZoneId.of("Europe/Athens")))
                .isEmpty();
        assertThat(problems(
                        "Friday evening", "shop: { hour: 19, weekday: FRIDAY }", "shop: { hour: 19 }", ZoneOffset.UTC))
                .as("without a moment it is noon on Thursday")
                .isEmpty();
    }
}
