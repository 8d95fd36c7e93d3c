package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.EndlessRule;
import dev.vitrine.rulebook.engine.EndlessRule.Part;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.visit.StorefrontWords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A check of rules that never return ends. */
class EndlessCheckTest {
    private static final RuleFile RULES = new RuleFile(
            "shelf/dear.drl",
            """
            rule "What is dear sinks" @owner( "Ines" )
            when $c : Candidate( price > 3 ) then shelf.bury( $c, 0.5 ); end
            """);
    private static final RuleFile EXAMPLES = new RuleFile(
            "shelf/dear.examples.yaml",
            """
            "What is dear sinks":
              fires: [ { case: it costs four, candidates: [ { sku: a, price: 4 } ] } ]
              does-not-fire: [ { case: it costs two, candidates: [ { sku: a, price: 2 } ] } ]
            """);
    private static final List<RuleFile> FILES = List.of(RULES, EXAMPLES);
    /** Long enough to reach the rule on a busy machine, since everything is compiled already. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final RuleCheck check = RuleLab.checkWith(
            new ShopWords(new Catalog(), new StorefrontWords(), List.of(), List.of("home-page")),
            Clock.systemUTC(),
            ZoneOffset.UTC,
            List.of(),
            new CheckExecutor(SOON));

    private static StoredEdition stored() {
        return new StoredEdition(7, Instant.EPOCH, "", "", StoredEdition.hash(FILES), FILES);
    }

    @Test
    void aSlowCaseIsAFaultWithRuleCaseAndLimit() throws Exception {
        // a text of its own, since examples that passed are not run again
        List<RuleFile> files = List.of(RULES, new RuleFile(EXAMPLES.path(), EXAMPLES.text() + "# slow\n"));
        assertThat(RuleLab.EXAMPLES.problems(RuleLab.compile(files), files, Duration.ZERO))
                .extracting(RuleProblem::toString)
                .containsExactly(
                        "shelf/dear.examples.yaml:2:12 rule \"What is dear sinks\": The case 'it costs four' took longer than"
                                + " 0 ms and was stopped in this rule. Let the rule compare fewer facts with each other.");
    }

    @Test
    void aProbeWithoutTimeFindsNothing() throws Exception {
        ConflictProbe probe = new ConflictProbe(
                RuleLab.compile(FILES), Instant.EPOCH, RuleLab.noSettlement(), Cancellation.after(Duration.ZERO));
        probe.onVisits(
                Stream.of(new ExampleSituation("a visit", SyntheticVisit.facts(), List.of(), Instant.EPOCH)),
                Set.of("What is dear sinks"));
        probe.onExamples(RuleLab.EXAMPLES.situations(FILES));
        assertThat(probe.found()).isEmpty();
    }

    @Test
    void aWarmUpReportsWhetherItFinished() throws Exception {
        RuleEngine engine = RuleLab.compile(FILES).engine();
        assertThat(engine.warmUp(SyntheticVisit.facts(), Duration.ZERO, Cancellation.after(Duration.ofMinutes(1))))
                .isTrue();
        assertThat(engine.warmUp(SyntheticVisit.facts(), Duration.ofMinutes(1), Cancellation.after(Duration.ZERO)))
                .isFalse();
    }

    @Test
    void anEndlessRuleIsNamedAndTheNextCheckRuns() throws Exception {
        try (EndlessRule endless = new EndlessRule(RULES, Part.CONSEQUENCE, RuleLab.COMPILER)) {
            assertThat(check.of(FILES).faults()).isEmpty();
            endless.begin();
            assertThat(check.of(FILES).faults()).singleElement().satisfies(fault -> {
                assertThat(fault.file()).isEqualTo("shelf/dear.drl");
                assertThat(fault.rule()).isEqualTo("What is dear sinks");
                assertThat(fault.message()).contains("timed out after 5000 ms");
            });
            endless.close();
            assertThat(check.of(FILES).faults()).isEmpty();
        }
    }

    @Test
    void anEndlessStoredEditionDoesNotBlockTheStart() throws Exception {
        try (EndlessRule endless = new EndlessRule(RULES, Part.CONDITION, RuleLab.COMPILER)) {
            assertThat(check.kept(stored()).number()).isEqualTo(7);
            endless.begin();
            assertThatThrownBy(() -> check.kept(stored()))
                    .isInstanceOf(InvalidRulesException.class)
                    .hasMessageContaining("shelf/dear.drl:1:1 rule \"What is dear sinks\"");
        }
    }
}
