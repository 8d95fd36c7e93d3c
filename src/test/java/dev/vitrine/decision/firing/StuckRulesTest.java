package dev.vitrine.decision.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.ShopSettings;
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
import dev.vitrine.visit.NoVisits;
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

/** Rules that hang cost one decision, not the shop. */
class StuckRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String STUCK = "What is hot stands first";
    private static final RuleFile HOT = rule("shelf/hot.drl", STUCK, "tagged( \"hot\" )", "pin( $c, 1 )");
    private static final RuleFile COLD =
            rule("shelf/cold.drl", "What is cold is hidden", "tagged( \"cold\" )", "hide( $c )");
    private static final RuleFile OTHER =
            rule("shelf/other.drl", "What is dear sinks", "price > 99", "bury( $c, 0.5 )");

    private final RuleThreads threads = new RuleThreads();
    private final StuckRules stuckRules = new StuckRules(threads, Clock.fixed(NOON, ZoneOffset.UTC));
    private final Decider decider = new Decider(
            null,
            new ShareLedger(ShopSettings.zone("UTC"), new SimpleMeterRegistry()),
            // the cart has hardly any time budget, the other placements have plenty
            Settings.of(Map.of("vitrine.decision.budget", "1m", "vitrine.decision.budgets.cart", "1ms")),
            threads,
            stuckRules,
            NoVisits.visits());
    private final CountDownLatch release = new CountDownLatch(1);
    private EndlessRule endless;

    @BeforeEach
    void prepareEndlessRule() throws Exception {
        endless = new EndlessRule(HOT, Part.CONDITION, RuleLab.COMPILER);
    }

    @AfterEach
    void releaseThreads() throws Exception {
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

    /** Decides until the rule that hangs is known. */
    private void hangInRule(Edition edition) throws Exception {
        endless.begin();
        while (stuckRules.exclusions(edition).wholeEdition()
                || stuckRules.exclusions(edition).rules().isEmpty()) {
            // a decision may not start within its millisecond, and the rule of one that starts slowly is unknown at
            // first
            decide("cart", edition);
            stuckRules.inspect();
        }
    }

    private void inspect(int times) {
        for (int i = 0; i < times; i++) {
            stuckRules.inspect();
        }
    }

    @Test
    void aRuleThatHangsIsLeftOutAndNamedAndTheOthersDecide() throws Exception {
        Edition edition = endless.edition(7, COLD);
        assertThat(skus(decide("home-page", edition))).containsExactly("c", "a");
        hangInRule(edition);
        Decider.Decided decided = decide("home-page", edition);
        assertThat(skus(decided)).containsExactly("a", "c");
        assertThat(decided.degraded())
                .isEqualTo(new Degraded(
                        Degraded.RULE_FAILED,
                        "left out '" + STUCK + "': it did not come back from another decision",
                        List.of(STUCK)));
        assertThat(stuckRules.problems(List.of(edition)))
                .containsExactly("edition 7, shelf/hot.drl:1 rule \"" + STUCK + "\", since 2026-11-25T12:00:00Z");
    }

    @Test
    void aRuleThatComesBackDecidesAgain() throws Exception {
        Edition edition = endless.edition(7, COLD);
        hangInRule(edition);
        endless.close();
        while (stuckRules.hungThreads() > 0) {
            stuckRules.inspect();
        }
        assertThat(decide("home-page", edition).degraded()).isNull();
        assertThat(stuckRules.problems(List.of(edition))).isEmpty();
    }

    @Test
    void noThreadIsMissingAfterAllHung() throws Exception {
        Edition edition = endless.edition(7, COLD);
        endless.begin();
        for (int i = 0; i < 2 * RuleThreads.COUNT; i++) {
            decide("cart", edition);
        }
        hangInRule(edition);
        for (int i = 0; i < 2 * RuleThreads.COUNT; i++) {
            assertThat(decide("home-page", edition).degraded().cause()).isEqualTo(Degraded.RULE_FAILED);
        }
    }

    @Test
    void onlyEditionsWithTheRuleDecideWithoutIt() throws Exception {
        hangInRule(endless.edition(7, COLD));
        Edition next = endless.edition(8, OTHER);
        assertThat(stuckRules.exclusions(next).rules()).containsExactly(STUCK);
        assertThat(decide("home-page", next).degraded().rules()).containsExactly(STUCK);
        try (EndlessRule sound = new EndlessRule(COLD, Part.CONSEQUENCE, RuleLab.COMPILER)) {
            Edition without = sound.edition(9, OTHER);
            assertThat(stuckRules.exclusions(without)).isEqualTo(RuleExclusions.NOTHING);
            assertThat(stuckRules.problems(List.of(without))).isEmpty();
            assertThat(decide("home-page", without).degraded()).isNull();
        }
    }

    @Test
    void anEditionIsExcludedAsAWholeWhereTheRuleIsUnknown() throws Exception {
        Edition edition = endless.edition(7, COLD);
        Future<Decider.Decided> late = abandonOneThatWaits(edition);
        inspect(StuckRules.INSPECTIONS_OF_UNKNOWN - 1);
        assertThat(stuckRules.exclusions(edition)).isEqualTo(RuleExclusions.NOTHING);
        stuckRules.inspect();
        Decider.Decided decided = decide("home-page", edition);
        assertThat(decided.degraded().cause()).isEqualTo(Degraded.RULES_FAILED);
        assertThat(decided.degraded().detail()).isEqualTo(RuleExclusions.REASON);
        assertThat(skus(decided)).containsExactly("a", "b", "c");
        assertThat(stuckRules.exclusions(endless.edition(8, COLD))).isEqualTo(RuleExclusions.NOTHING);
        assertThat(stuckRules.problems(List.of(edition)))
                .containsExactly("edition 7, in an unknown rule, since 2026-11-25T12:00:00Z");
        release.countDown();
        late.get();
        stuckRules.inspect();
        assertThat(decide("home-page", edition).degraded()).isNull();
    }

    /** A decision that hangs outside of any rule. */
    private Future<Decider.Decided> abandonOneThatWaits(Edition edition) throws InterruptedException {
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
        stuckRules.abandon(firing);
        return late;
    }

    @Test
    void rulesThatComeBackLateAreNotExcluded() throws Exception {
        Edition edition = endless.edition(7, COLD);
        Future<Decider.Decided> late = abandonOneThatWaits(edition);
        inspect(StuckRules.INSPECTIONS_OF_UNKNOWN - 1);
        release.countDown();
        late.get();
        inspect(StuckRules.INSPECTIONS_OF_UNKNOWN);
        assertThat(stuckRules.hungThreads()).isZero();
        assertThat(decide("home-page", edition).degraded()).isNull();
    }
}
