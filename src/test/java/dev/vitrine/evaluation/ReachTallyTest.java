package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Share;
import dev.vitrine.rulebook.edition.HarmfulChangeException;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleChange.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When lists count as harmed, and what is said of a rule. */
class ReachTallyTest {
    private static final String RULE = "A rule";
    private static final double TWENTIETH = 0.05;

    private static List<Candidate> items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Candidate.Builder("p" + i)
                        .score(0.1)
                        .conversion(0.5)
                        .price(10)
                        .margin(0.3)
                        .build())
                .toList();
    }

    private static DryRun shows(int count, DecisionModule module, String... rules) {
        DecisionAnswer answer =
                new DecisionAnswer(null, 1, "rules", module, List.of(), List.of(), null, null, null, null, 0, null);
        return new DryRun(answer, "a", items(count), Map.of(), Set.of(rules), List.of(), List::of);
    }

    private static DryRun guarantees(int missing) {
        DryRun run = ranking(10, RULE);
        Kept kept = new Kept(
                RULE,
                "tagged core",
                Kept.GUARANTEE,
                new Share(0.5, Share.Window.LIST),
                10,
                5 - missing,
                new Missing(missing, 0, 0));
        return new DryRun(run.answer(), run.pageSku(), run.shown(), run.hidden(), run.rules(), List.of(kept), List::of);
    }

    private static DryRun ranking(int count, String... rules) {
        return shows(count, DecisionModule.ranking(List.of()), rules);
    }

    private static ReachTally tally(Change change) {
        return new ReachTally(List.of(new RuleChange(RULE, "a.drl", change, null, null)));
    }

    private static Reach reach(ReachTally tally) {
        return tally.reach(TWENTIETH, 1_000, Instant.EPOCH);
    }

    private static void add(ReachTally tally, int times, DryRun before, DryRun after) {
        for (int i = 0; i < times; i++) {
            tally.add("home-page", "home", before, after);
        }
    }

    @Test
    void anEmptyListIsHarmAndOneThatWasEmptyBeforeIsNone() {
        ReachTally tally = tally(Change.ADDED);
        add(tally, 3, ranking(10), ranking(0));
        add(tally, 40, ranking(0), ranking(0));
        Reach.Harm harm = reach(tally).harm();
        assertThat(harm.emptied()).isEqualTo(3);
        assertThat(harm.refused()).isTrue();
        assertThat(harm.share()).isEqualTo(0.0698);
        assertThat(harm.examples()).hasSize(3);
    }

    @Test
    void twoListsAreAnAccidentAndATwentiethIsAllowed() {
        ReachTally two = tally(Change.ADDED);
        add(two, 2, ranking(10), ranking(0));
        assertThat(reach(two).refused()).isFalse();
        ReachTally twentieth = tally(Change.ADDED);
        add(twentieth, 5, ranking(10), ranking(0));
        add(twentieth, 95, ranking(10), ranking(10));
        assertThat(reach(twentieth).refused()).isFalse();
        add(twentieth, 1, ranking(10), ranking(0));
        assertThat(reach(twentieth).refused()).isTrue();
    }

    @Test
    void halfAListIsShortAndAComparisonInPlaceOfItIsNot() {
        ReachTally tally = tally(Change.ADDED);
        add(tally, 1, ranking(10), ranking(5));
        add(tally, 1, ranking(10), ranking(6));
        add(tally, 1, ranking(1), ranking(1));
        add(tally, 1, ranking(10), shows(3, new DecisionModule.Comparison(List.of(), "a", Map.of())));
        add(tally, 1, ranking(10), shows(0, DecisionModule.reinforce(List.of(), "a")));
        assertThat(reach(tally).harm().shortened()).isEqualTo(1);
        assertThat(reach(tally).harm().emptied()).isZero();
        add(tally, 1, ranking(10), shows(0, DecisionModule.none(List.of())));
        assertThat(reach(tally).harm().emptied())
                .as("nothing is shown in its place")
                .isEqualTo(1);
    }

    @Test
    void anotherModuleInPlaceOfMostListsIsRefused() {
        DryRun reassured = shows(0, DecisionModule.reinforce(List.of(), "a"), RULE);
        ReachTally tally = tally(Change.ADDED);
        add(tally, 5, ranking(10), reassured);
        add(tally, 5, ranking(10), ranking(10));
        assertThat(reach(tally).harm()).isNull();
        add(tally, 1, ranking(10), reassured);
        Reach.Harm harm = reach(tally).harm();
        assertThat(harm.replaced()).isEqualTo(6);
        assertThat(harm.lists()).isZero();
        assertThat(harm.refused()).isTrue();
        assertThat(HarmfulChangeException.message(reach(tally)))
                .isEqualTo("The change shows another module in place of 6 of 11 lists. More than half is refused.");
        assertThat(tally.reach(1, 1_000, Instant.EPOCH).refused()).isFalse();
    }

    @Test
    void aRuleIsToldByWhatIsOtherWithoutIt() {
        ReachTally tally = tally(Change.ADDED);
        add(tally, 3, ranking(2), ranking(1, RULE));
        add(tally, 1, ranking(2), ranking(2));
        tally.add(RULE, ranking(1), ranking(2));
        tally.add(RULE, ranking(0), ranking(2));
        tally.add(RULE, ranking(2), ranking(2));
        Reach.RuleReach rule = reach(tally).rules().get(0);
        assertThat(rule.touched()).isEqualTo(3);
        assertThat(rule.moved()).isEqualTo(2);
        assertThat(rule.emptied()).isEqualTo(1);
        assertThat(rule.orders()).isNegative().isEqualTo(rule.margin());
        assertThat(rule.says())
                .isEqualTo(
                        "It has a say in 3 of 4 lists (75 %); 2 show something else, 1 of them nothing, 1 at most half as"
                                + " much. Expected orders of all lists -34.7 %, margin -34.7 %.");
    }

    @Test
    void whereHardlyAnythingWasExpectedSumsAreToldAndNoPercentage() {
        ReachTally tally = tally(Change.GONE);
        add(tally, 1, ranking(1), ranking(1));
        for (int i = 0; i < 20; i++) {
            add(tally, 1, ranking(0, RULE), ranking(10));
            tally.add(RULE, ranking(10), ranking(0));
        }
        assertThat(reach(tally).rules().get(0).orders()).isGreaterThan(10);
        assertThat(reach(tally).rules().get(0).says())
                .matches(".* Expected orders of all lists from 0\\.\\d+ to \\d\\S*, margin from \\d\\S* to \\d\\S*\\.");

        ReachTally nothing = tally(Change.GONE);
        add(nothing, 1, ranking(0, RULE), ranking(10));
        nothing.add(RULE, ranking(10), ranking(0));
        assertThat(reach(nothing).rules().get(0).says()).contains("Expected orders of all lists from 0 to ");
    }

    @Test
    void aRuleThatHasNoSayAndNoListsAreTold() {
        ReachTally tally = tally(Change.GONE);
        assertThat(reach(tally).rules().get(0).says()).startsWith("No list could be tried");
        add(tally, 1, ranking(2), ranking(2));
        assertThat(reach(tally).rules().get(0).says())
                .startsWith("It had a say in none of 1 lists, so what it does where it fires was not tried");
    }

    @Test
    void onlyRulesOfTheChangeAreLookedAt() {
        ReachTally tally = tally(Change.GONE);
        assertThat(tally.gone(ranking(1, RULE, "Another"), ranking(1, "Another")))
                .containsExactly(RULE);
        assertThat(tally.gone(ranking(1, RULE), ranking(1, RULE))).isEmpty();
        assertThat(tally.touching(ranking(1, RULE, "Another"))).containsExactly(RULE);
    }

    @Test
    void aRuleThatEmptiesHalfTheListsIfItsConditionsHeldNeedsAReason() {
        ReachTally tally = tally(Change.ADDED);
        add(tally, 60, ranking(10), ranking(10));
        assertThat(tally.seldom()).containsExactly(RULE);
        tally.asIf(RULE, List.of("Shop( hour >= 18 )", "Campaign()"));
        for (int i = 0; i < 60; i++) {
            tally.addAsIf(RULE, true, ranking(i < 30 ? 0 : 10), ranking(10));
        }
        Reach reach = reach(tally);
        assertThat(reach.refused()).isTrue();
        assertThat(reach.harm().emptying())
                .containsExactly(
                        new Reach.Harm.Emptying(List.of(RULE), List.of("Shop( hour >= 18 )", "Campaign()"), 60, 30, 0));
        assertThat(HarmfulChangeException.message(reach))
                .isEqualTo("If Shop( hour >= 18 ) and Campaign() held, \"A rule\" would leave 30 of 60 lists empty.");
        assertThat(reach.rules().get(0).says())
                .isEqualTo(
                        "It has a say in none of 60 lists. If Shop( hour >= 18 ) and Campaign() held, it would have a say"
                                + " in 60 of 60 lists; 30 would show something else, 30 of them nothing.");
        tally.addAsIf(RULE, true, ranking(10), ranking(10));
        assertThat(reach(tally).harm()).as("less than half").isNull();
    }

    @Test
    void rulesThatAskTheSameOfTheVisitAreJudgedTogether() {
        ReachTally tally = new ReachTally(List.of(
                new RuleChange("Cheap", "a.drl", Change.ADDED, null, null),
                new RuleChange("Dear", "a.drl", Change.ADDED, null, null)));
        List<String> saturday = List.of("Shop( weekday == SATURDAY )");
        add(tally, 10, ranking(10), ranking(10));
        tally.asIf("Cheap", saturday);
        tally.asIf("Dear", saturday);
        for (int i = 0; i < 10; i++) {
            tally.addAsIf("Cheap", true, ranking(6), ranking(10));
            tally.addAsIf("Dear", true, ranking(6), ranking(10));
            tally.addTogether(saturday, Set.of("Cheap", "Dear"), ranking(i < 4 ? 0 : 4), ranking(10));
        }
        assertThat(reach(tally).refused()).isTrue();
        assertThat(HarmfulChangeException.message(reach(tally)))
                .startsWith("If Shop( weekday == SATURDAY ) held, \"")
                .contains("\"Cheap\"", "\"Dear\"")
                .endsWith(" together would leave 4 of 10 lists empty and 6 of 10 lists at most half as long.");
    }

    @Test
    void whatARuleWouldEmptyBeforeIsNoHarmOfTheChange() {
        ReachTally tally = tally(Change.CHANGED);
        add(tally, 20, ranking(10), ranking(10));
        tally.asIf(RULE, List.of("Shop( hour >= 18 )"));
        for (int i = 0; i < 20; i++) {
            tally.addAsIf(RULE, true, ranking(0), ranking(10));
        }
        assertThat(reach(tally).refused()).isTrue();
        assertThat(tally.changedAndEmptying(TWENTIETH)).containsExactly(RULE);
        for (int i = 0; i < 20; i++) {
            tally.addAsIfBefore(RULE, ranking(0), ranking(10));
        }
        assertThat(reach(tally).harm()).isNull();
    }

    @Test
    void whereManyListsMeetItsConditionsNothingIsMadeUp() {
        ReachTally tally = tally(Change.ADDED);
        for (int i = 0; i < 20; i++) {
            add(tally, 1, ranking(10), ranking(10, RULE));
            assertThat(tally.seldom()).containsExactly(RULE);
            tally.add(RULE, ranking(10), ranking(10));
        }
        assertThat(tally.seldom()).isEmpty();
        assertThat(tally(Change.GONE).seldom()).isEmpty();
    }

    @Test
    void whatARuleGuaranteesIsToldAsOftenAsItIsKept() {
        ReachTally tally = tally(Change.ADDED);
        add(tally, 3, ranking(10), guarantees(0));
        assertThat(reach(tally).rules().get(0).says())
                .endsWith("What it guarantees is kept in all 3 lists that it is guaranteed in.");
        add(tally, 1, ranking(10), guarantees(2));
        add(tally, 1, ranking(10), ranking(10));
        Reach.RuleReach rule = reach(tally).rules().get(0);
        assertThat(rule.promise()).isEqualTo(new Reach.Promise(4, 3));
        assertThat(rule.says())
                .endsWith(
                        "What it guarantees is kept in 3 of 4 lists that it is guaranteed in; of the places it lacks, 2 for"
                                + " want of candidates that belong to it.");
    }

    @Test
    void aPausedRuleIsToldLikeOneThatIsGone() {
        ReachTally tally = tally(Change.CHANGED);
        add(tally, 2, ranking(5, RULE), ranking(10));
        tally.add(RULE, ranking(10), ranking(5));
        assertThat(reach(tally).rules().get(0).says())
                .startsWith("It had a say in 1 of 2 lists (50 %); without it 1 shows something else.");
        assertThat(reach(tally).moved()).isEqualTo(2);
        assertThat(reach(tally).orders()).isPositive();
    }

    @Test
    void ofSeveralRulesEachIsToldAgainstTheListsWithoutIt() {
        ReachTally tally = new ReachTally(List.of(
                new RuleChange(RULE, "a.drl", Change.CHANGED, null, null),
                new RuleChange("Another", "a.drl", Change.ADDED, null, null)));
        add(tally, 1, ranking(10), ranking(5, RULE));
        tally.add(RULE, ranking(5), ranking(10));
        assertThat(tally.single()).isFalse();
        assertThat(reach(tally).rules().get(0).says())
                .startsWith(
                        "It has a say in 1 of 1 lists (100 %); 1 shows something else than without it, 1 at most half as much.");
    }

    @Test
    void aStrongerAddToCartAwayFromItsProductIsAnEmptyList() {
        ReachTally tally = tally(Change.ADDED);
        add(tally, 3, ranking(10), shows(0, DecisionModule.reinforce(List.of(), "another")));
        assertThat(reach(tally).harm().emptied()).isEqualTo(3);
    }
}
