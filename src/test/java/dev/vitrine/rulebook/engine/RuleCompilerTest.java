package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleCompilerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HIDES =
            """
            rule "Cheap things are hidden"
                @owner( "Ines" )
            when
                $c : Candidate( price < 10 )
            then
                shelf.hide( $c );
            end
            """;

    private static List<RuleProblem> problems(String... pathsAndTexts) {
        List<RuleFile> files = files(pathsAndTexts);
        return catchThrowableOfType(InvalidRulesException.class, () -> RuleLab.tried(files))
                .problems();
    }

    private static List<RuleFile> files(String... pathsAndTexts) {
        List<RuleFile> files = new ArrayList<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.add(new RuleFile(pathsAndTexts[i], pathsAndTexts[i + 1]));
        }
        return files;
    }

    private static RuleEngine engine(String... texts) throws InvalidRulesException {
        List<RuleFile> files = new ArrayList<>();
        for (String text : texts) {
            files.add(new RuleFile("shelf/rules" + files.size() + ".drl", text));
        }
        return RuleLab.compile(files).engine();
    }

    private static Facts facts(Candidate... candidates) {
        return new Facts(
                new Shop(300, false, 12, Shop.THURSDAY),
                new Placement("home-page", 10, 2),
                new Page(null, null, null, null, null, 0),
                Shopper.NEWCOMER,
                Visit.JUST_BEGUN,
                Cart.WITHOUT_ITEMS,
                List.of(),
                List.of(candidates));
    }

    private static Candidate candidate(String sku, double price) {
        return new Candidate(
                sku, null, null, null, "a/b", null, price, price, 0.5, 1, Set.of(), 1, 1, 1, 1, false, null, null, null,
                1, null, null, false, 0, 0, false, null, null, 0, null, 0, null, null);
    }

    @Test
    void reportsAnUnknownFieldWithItsLineAndTheNearestWord() {
        RuleProblem problem =
                problems("margin/a.drl", HIDES.replace("price <", "prise <")).get(0);
        assertThat(problem.file()).isEqualTo("margin/a.drl");
        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.rule()).isEqualTo("Cheap things are hidden");
        assertThat(problem.message()).isEqualTo("Candidate has no 'prise'.");
        assertThat(problem.cure()).isEqualTo("Did you mean 'price'?");
    }

    @Test
    void reportsAnUnknownFactWithItsLine() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("Candidate(", "Candidat("))
                .get(0);
        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.message()).isEqualTo("There is no fact 'Candidat'.");
        assertThat(problem.cure()).isEqualTo("Did you mean 'Candidate'?");
    }

    @Test
    void reportsAnUnknownVerbWithItsLine() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("shelf.hide", "shelf.hyde"))
                .get(0);
        assertThat(problem.line()).isBetween(5, 6);
        assertThat(problem.message()).isEqualTo("Shelf has no 'hyde'.");
        assertThat(problem.cure()).isEqualTo("Write: shelf.hide( $c );");
    }

    @Test
    void reportsBrokenSyntaxWithItsLine() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("price < 10 )", "price < 10 "))
                .get(0);
        assertThat(problem.line()).isBetween(4, 5);
    }

    @Test
    void reportsEveryProblemOfEveryFile() {
        assertThat(problems(
                        "margin/a.drl", HIDES.replace("price <", "prise <"),
                        "margin/b.drl", HIDES.replace("Cheap", "Other").replace("@owner( \"Ines\" )", ""),
                        "margin/c.drl", "rule broken"))
                .extracting(RuleProblem::file)
                .contains("margin/a.drl", "margin/b.drl", "margin/c.drl");
    }

    @Test
    void twoRulesWithOneNameAreAFault() {
        assertThat(problems("margin/a.drl", HIDES, "margin/b.drl", HIDES))
                .anySatisfy(problem -> assertThat(problem.message()).contains("taken by the rule at margin/a.drl:1"));
    }

    @Test
    void aRuleWithoutExamplesIsAFault() {
        assertThat(problems("margin/a.drl", HIDES).get(0).message()).isEqualTo("The rule has no examples.");
    }

    @Test
    void reportsAFailingExampleWithItsLine() {
        String examples =
                """
                "Cheap things are hidden":
                  fires:
                    - case: it is cheap
                      candidates: [ { sku: a, price: 12 } ]
                  does-not-fire:
                    - case: it is not
                      candidates: [ { sku: a, price: 30 } ]
                """;
        RuleProblem problem = problems("margin/a.drl", HIDES, "margin/a.examples.yaml", examples)
                .get(0);
        assertThat(problem.file()).isEqualTo("margin/a.examples.yaml");
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.message()).contains("'it is cheap' expects that the rule fires, but it did not");
    }

    @Test
    void reportsAMisspeltWordInAnExample() {
        String examples =
                """
                "Cheap things are hidden":
                  fires:
                    - case: it is cheap
                      candidates: [ { sku: a, prise: 2 } ]
                  does-not-fire:
                    - case: it is not
                      candidates: [ { sku: a, price: 30 } ]
                """;
        assertThat(problems("margin/a.drl", HIDES, "margin/a.examples.yaml", examples)
                        .get(0)
                        .message())
                .contains("candidates[0].prise is not a known field");
    }

    @Test
    void plumbingIsRefused() {
        for (String plumbing : List.of(
                "import java.util.List;\n" + HIDES,
                "function int one() { return 1; }\n" + HIDES,
                "declare Thing name : String end\n" + HIDES,
                HIDES.replace("@owner( \"Ines\" )", "@owner( \"Ines\" ) salience 10"),
                "query \"q\" Candidate() end\n" + HIDES)) {
            assertThat(problems("margin/a.drl", plumbing)).as(plumbing).isNotEmpty();
        }
    }

    @Test
    void aReadingRuleCannotAskForAnAbsentReading() {
        String reads =
                """
                rule "Nothing is decided"
                    @owner( "Ines" )
                when
                    not Reading( mood == DECIDED )
                then
                    shelf.read( BROWSING, "", 1, "nothing else" );
                end
                """;
        assertThat(problems("timing/a.drl", reads).get(0).message()).contains("absence of a reading");
    }

    @Test
    void readingsComeBeforeRulesThatAskForTheirAbsence() throws Exception {
        RuleEngine engine = engine(
                """
                rule "A share for core, unless decided"
                    @owner( "Karim" )
                when
                    not Reading( mood == DECIDED )
                then
                    shelf.guarantee( 0.3, "core" );
                end
                """,
                """
                rule "Everybody has decided"
                    @owner( "Ines" )
                when
                    Visit()
                then
                    shelf.read( DECIDED, "", 1, "a test" );
                end
                """);
        FiringResult result = engine.fire(facts(), NOW, new Cancellation());
        assertThat(result.readings()).hasSize(1);
        assertThat(result.proposals()).isEmpty();
    }

    @Test
    void aRuleThatThrowsIsLeftOutAndNamed() throws Exception {
        RuleEngine engine = engine(
                HIDES,
                """
                rule "Boosts beyond what a boost can be"
                    @owner( "Ines" )
                when
                    $c : Candidate()
                then
                    shelf.boost( $c, 0.5 );
                end
                rule "Divides by the stock"
                    @owner( "Ines" )
                when
                    $c : Candidate( 10 / (stock - 1) > 2 )
                then
                    shelf.hide( $c );
                end
                """);
        FiringResult result = engine.fire(facts(candidate("cheap", 5), candidate("dear", 50)), NOW, new Cancellation());
        assertThat(result.proposals()).singleElement().satisfies(proposal -> assertThat(
                        ((Proposal.Hide) proposal).candidate().sku())
                .isEqualTo("cheap"));
        assertThat(result.failures())
                .extracting(FiringResult.Failure::rule)
                .containsExactlyInAnyOrder("Boosts beyond what a boost can be", "Divides by the stock");
    }

    @Test
    void aPausedRuleDoesNotFireAndADatedRuleFiresOnItsDates() throws Exception {
        RuleEngine engine = engine(
                HIDES.replace("@owner( \"Ines\" )", "@owner( \"Ines\" ) enabled false"),
                HIDES.replace("Cheap", "Seasonal")
                        .replace(
                                "@owner( \"Ines\" )",
                                "@owner( \"Ines\" ) date-effective \"2026-03-01\" date-expires \"2026-04-01\""));
        Facts facts = facts(candidate("cheap", 5));
        assertThat(engine.fire(facts, Instant.parse("2026-02-27T12:00:00Z"), new Cancellation())
                        .proposals())
                .isEmpty();
        assertThat(engine.fire(facts, Instant.parse("2026-03-15T12:00:00Z"), new Cancellation())
                        .proposals())
                .extracting(Proposal::rule)
                .containsExactly("Seasonal things are hidden");
        assertThat(engine.fire(facts, Instant.parse("2026-04-02T12:00:00Z"), new Cancellation())
                        .proposals())
                .isEmpty();
    }

    @Test
    void onlyVerbsOfTheShelfAreAllowedAfterThen() {
        for (String escape : List.of(
                "System.exit( 0 );",
                "while ( true ) { }",
                "System.out.println( $c ); shelf.hide( $c );",
                "new Thread().start();",
                "shelf.boost( $c, Integer.parseInt( \"2\" ) );",
                "shelf.getClass().getClassLoader();",
                "shelf.getClass();",
                "shelf.hide( $c ); shelf.notifyAll();",
                "shelf.hide( $c = null );",
                "drools.halt();",
                "insert( $c );",
                "Runnable r = () -> { };",
                "shelf.boost( $c, System.out.hashCode() );",
                ";",
                "")) {
            assertThat(problems("margin/a.drl", HIDES.replace("shelf.hide( $c );", escape)))
                    .as(escape)
                    .anySatisfy(problem -> assertThat(problem.rule()).isEqualTo("Cheap things are hidden"));
        }
    }

    @Test
    void reportsAnIncompleteConsequenceWithItsLine() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("shelf.hide( $c );", "shelf.hide( $c "))
                .get(0);
        assertThat(problem.line()).isBetween(5, 6);
        assertThat(problem.message()).isEqualTo("The bracket '(' is never closed.");
    }

    @Test
    void reportsWrongArgumentsOfAVerbWithTheLine() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("shelf.hide( $c )", "shelf.bury( $c )"))
                .get(0);
        assertThat(problem.line()).isEqualTo(6);
        assertThat(problem.message()).isEqualTo("'bury' takes ( candidate, factor ), but is given one value.");
    }

    @Test
    void reportsAValueOfAnotherType() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("price < 10", "price < \"cheap\""))
                .get(0);
        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.message()).isEqualTo("'price' is a number, but \"cheap\" is a text.");
    }

    @Test
    void reportsAnUnknownConstantWithTheNearest() {
        RuleProblem problem = problems("margin/a.drl", HIDES.replace("price < 10", "kind == PRODUKT"))
                .get(0);
        assertThat(problem.message()).isEqualTo("Candidate has no value 'PRODUKT'.");
        assertThat(problem.cure()).isEqualTo("Did you mean 'PRODUCT'?");
    }

    @Test
    void reportsInvalidAndReversedDates() {
        String owner = "@owner( \"Ines\" )";
        assertThat(problems("margin/a.drl", HIDES.replace(owner, owner + " date-effective \"25.11.2026\""))
                        .get(0)
                        .message())
                .isEqualTo("date-effective is not a date.");
        assertThat(problems(
                                "margin/a.drl",
                                HIDES.replace(
                                        owner, owner + " date-effective \"2026-12-01\" date-expires \"2026-11-25\""))
                        .get(0)
                        .message())
                .isEqualTo("The rule ends before it begins.");
    }

    @Test
    void reportsTypographicQuotes() {
        assertThat(problems("margin/a.drl", HIDES.replace("\"Ines\"", "\u201CInes\u201D"))
                        .get(0)
                        .cure())
                .contains("typographic quotes");
    }

    @Test
    void anUnconditionalRuleNeedsNoCaseInWhichItDoesNotFire() throws Exception {
        String always =
                """
                rule "New products get a chance"
                    @owner( "Karim" )
                when
                    Placement()
                then
                    shelf.guarantee( 0.2, newerThan( 14 ) );
                end
                """;
        String examples =
                """
                "New products get a chance":
                  fires:
                    - case: everywhere
                      proposes: [ guarantee 0.2 newer than 14 days ]
                """;
        assertThat(RuleLab.tried(files("margin/a.drl", always, "margin/a.examples.yaml", examples))
                        .rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.unconditional()).isTrue());
    }

    @Test
    void collectsTheSkusThatRulesName() throws Exception {
        assertThat(RuleLab.compile(files(
                                "margin/a.drl",
                                HIDES.replace("price < 10", "sku == \"mat-blue\""),
                                "margin/b.drl",
                                HIDES.replace("Cheap", "Other").replace("price < 10", "sku in ( \"a\", \"b\" )")))
                        .namedSkus())
                .containsExactlyInAnyOrder("mat-blue", "a", "b");
    }

    @Test
    void aConditionCannotReachBeyondTheFacts() {
        for (String escape : List.of(
                "eval( true )",
                "$c : Candidate( System.exit(0) == null )",
                "$c : Candidate( getClass().getName() != null )",
                "$c : Candidate( new java.io.File( sku ).delete() )",
                "$c : Candidate( java.lang.System.nanoTime() > 0 )",
                "$c : Candidate() from java.util.List.of()",
                "$n : Number() from accumulate( Candidate( $p : price ), sum( $p ) )")) {
            assertThat(problems(
                            "margin/a.drl",
                            HIDES.replace("$c : Candidate( price < 10 )", "$c : Candidate()\n    " + escape)))
                    .as(escape)
                    .extracting(RuleProblem::message)
                    .anyMatch(message -> message.contains("is not allowed in a condition")
                            || message.startsWith("A condition can only ask for facts"));
        }
    }

    @Test
    void combinationsOfCandidatesAreLimited() {
        assertThat(problems(
                                "margin/a.drl",
                                HIDES.replace(
                                        "$c : Candidate( price < 10 )",
                                        "$a : Candidate()\n$b : Candidate()\n$c : Candidate()"))
                        .get(0)
                        .message())
                .isEqualTo(
                        "The rule would check up to 1,000,000,000 combinations of facts; at most 1,000,000 are allowed.");
    }

    @Test
    void acceptsOrdinaryConditions() throws Exception {
        assertThat(RuleLab.compile(
                                files(
                                        "margin/a.drl",
                                        HIDES.replace(
                                                "price < 10",
                                                "price * 2 < 10 || name matches \"System.*\", kind == Kind.PRODUCT, tags contains \"new\", sku not in ( \"a\", \"b\" )")))
                        .rules())
                .hasSize(1);
    }
}
