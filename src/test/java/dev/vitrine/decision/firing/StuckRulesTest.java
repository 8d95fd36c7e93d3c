package dev.vitrine.decision.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.Decider;
import dev.vitrine.decision.PlainFacts;
import dev.vitrine.decision.Ware;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.Settings;
import dev.vitrine.decision.share.ShareLedger;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.EndlessRule;
import dev.vitrine.rulebook.engine.EndlessRule.Part;
import dev.vitrine.rulebook.source.RuleFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules that do not come back from a decision cost one decision, and not the shop. */
class StuckRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String STUCK = "What is hot stands first";
    private static final RuleFile HOT = rule("shelf/hot.drl", STUCK, "tagged( \"hot\" )", "pin( $c, 1 )");
    private static final RuleFile COLD =
            rule("shelf/cold.drl", "What is cold is hidden", "tagged( \"cold\" )", "hide( $c )");
    private static final RuleFile OTHER =
            rule("shelf/other.drl", "What is dear sinks", "price > 99", "bury( $c, 0.5 )");

    private final RuleThreads threads = new RuleThreads();
    private final StuckRules stuck = new StuckRules(threads, Clock.fixed(NOON, ZoneOffset.UTC));
    private final Decider decider = new Decider(
            null,
            new ShareLedger(Settings.zone("UTC"), new SimpleMeterRegistry()),
            // at the cart nobody waits, elsewhere everybody does
            Settings.of(Map.of("vitrine.decision.budget", "1m", "vitrine.decision.budgets.cart", "1ms")),
            threads,
            stuck);
    private final CountDownLatch release = new CountDownLatch(1);
    private EndlessRule endless;

    @BeforeEach
    void graft() throws Exception {
        endless = new EndlessRule(HOT, Part.CONDITION, RuleLab.COMPILER);
    }

    @AfterEach
    void letGo() throws Exception {
        release.countDown();
        endless.close();
        threads.close(null);
    }

    private static RuleFile rule(String path, String name, String condition, String verb) {
        return new RuleFile(
                path,
                "rule \"%s\" @owner( \"Ines\" ) when $c : Candidate( %s ) then shelf.%s; end%n"
                        .formatted(name, condition, verb));
    }

    private Decider.Decided decide(String placement, Edition edition) {
        Facts facts = PlainFacts.of(
                placement,
                List.of(
                        Ware.ware("a", 1, 3).candidate(),
                        Ware.ware("b", 2, 2).tags("cold").candidate(),
                        Ware.ware("c", 3, 1).tags("hot").candidate()));
        return decider.decide(new DecisionContext("v", null, NOON, facts, List.of()), edition);
    }

    private static List<String> skus(Decider.Decided decided) {
        return decided.settlement().places().stream()
                .map(place -> place.candidate().sku())
                .toList();
    }

    /** Until it is known in which rule decisions are stuck. */
    private void getStuck(Edition edition) throws Exception {
        endless.begin();
        while (stuck.exclusions(edition).wholeEdition()
                || stuck.exclusions(edition).rules().isEmpty()) {
            // one that did not begin within its millisecond does not begin any more; one that begins slowly is unknown
            // first
            decide("cart", edition);
            stuck.inspect();
        }
    }

    private void inspect(int times) {
        for (int i = 0; i < times; i++) {
            stuck.inspect();
        }
    }

    @Test
    void aRuleThatIsStuckIsLeftOutAndNamedAndTheOthersDecide() throws Exception {
        Edition edition = endless.edition(7, COLD);
        assertThat(skus(decide("home-page", edition))).containsExactly("c", "a");
        getStuck(edition);
        Decider.Decided decided = decide("home-page", edition);
        assertThat(skus(decided)).containsExactly("a", "c");
        assertThat(decided.degraded())
                .isEqualTo(new Degraded(
                        Degraded.RULE_FAILED,
                        "left out '" + STUCK + "': it did not come back from another decision",
                        List.of(STUCK)));
        assertThat(stuck.problems(List.of(edition)))
                .containsExactly("edition 7, shelf/hot.drl:1 rule \"" + STUCK + "\", since 2026-11-25T12:00:00Z");
    }

    @Test
    void whatComesBackDecidesAgain() throws Exception {
        Edition edition = endless.edition(7, COLD);
        getStuck(edition);
        endless.close();
        while (stuck.hungThreads() > 0) {
            stuck.inspect();
        }
        assertThat(decide("home-page", edition).degraded()).isNull();
        assertThat(stuck.problems(List.of(edition))).isEmpty();
    }

    @Test
    void noThreadIsMissingAfterAllWereStuck() throws Exception {
        Edition edition = endless.edition(7, COLD);
        endless.begin();
        for (int i = 0; i < 2 * RuleThreads.COUNT; i++) {
            decide("cart", edition);
        }
        getStuck(edition);
        for (int i = 0; i < 2 * RuleThreads.COUNT; i++) {
            assertThat(decide("home-page", edition).degraded().cause()).isEqualTo(Degraded.RULE_FAILED);
        }
    }

    @Test
    void anEditionThatHoldsTheRuleDecidesWithoutItAndOneThatDoesNotKnowsNothingOfIt() throws Exception {
        getStuck(endless.edition(7, COLD));
        Edition next = endless.edition(8, OTHER);
        assertThat(stuck.exclusions(next).rules()).containsExactly(STUCK);
        assertThat(decide("home-page", next).degraded().rules()).containsExactly(STUCK);
        try (EndlessRule sound = new EndlessRule(COLD, Part.CONSEQUENCE, RuleLab.COMPILER)) {
            Edition without = sound.edition(9, OTHER);
            assertThat(stuck.exclusions(without)).isEqualTo(RuleExclusions.NOTHING);
            assertThat(stuck.problems(List.of(without))).isEmpty();
            assertThat(decide("home-page", without).degraded()).isNull();
        }
    }

    @Test
    void anEditionIsSetAsideAsAWholeWhereNobodyCanTellTheRule() throws Exception {
        Edition edition = endless.edition(7, COLD);
        Future<Decider.Decided> late = leaveOneThatWaits(edition);
        inspect(StuckRules.INSPECTIONS_OF_UNKNOWN - 1);
        assertThat(stuck.exclusions(edition)).isEqualTo(RuleExclusions.NOTHING);
        stuck.inspect();
        Decider.Decided decided = decide("home-page", edition);
        assertThat(decided.degraded().cause()).isEqualTo(Degraded.RULES_FAILED);
        assertThat(decided.degraded().detail()).isEqualTo(RuleExclusions.REASON);
        assertThat(skus(decided)).containsExactly("a", "b", "c");
        assertThat(stuck.exclusions(endless.edition(8, COLD))).isEqualTo(RuleExclusions.NOTHING);
        assertThat(stuck.problems(List.of(edition)))
                .containsExactly("edition 7, in an unknown rule, since 2026-11-25T12:00:00Z");
        release.countDown();
        late.get();
        stuck.inspect();
        assertThat(decide("home-page", edition).degraded()).isNull();
    }

    /** One that is in no rule. */
    private Future<Decider.Decided> leaveOneThatWaits(Edition edition) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Firing<Decider.Decided> firing = new Firing<>(edition, cancellation -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        Future<Decider.Decided> late = threads.submit(firing);
        begun.await();
        stuck.abandon(firing);
        return late;
    }

    @Test
    void rulesThatComeBackLateAreNotGivenUp() throws Exception {
        Edition edition = endless.edition(7, COLD);
        Future<Decider.Decided> late = leaveOneThatWaits(edition);
        inspect(StuckRules.INSPECTIONS_OF_UNKNOWN - 1);
        release.countDown();
        late.get();
        inspect(StuckRules.INSPECTIONS_OF_UNKNOWN);
        assertThat(stuck.hungThreads()).isZero();
        assertThat(decide("home-page", edition).degraded()).isNull();
    }
}
