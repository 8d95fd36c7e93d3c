package dev.vitrine.rulebook.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.rulebook.edition.StickyShare;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What takes a staged edition back, and what does not. */
class GuardrailsTest {
    private static final Guardrails USUAL = new Guardrails(200, 0.01, 0.02, 2.0, 20);

    private final EditionMetrics staged = new EditionMetrics();
    private final EditionMetrics live = new EditionMetrics();

    private static void decide(EditionMetrics performance, int count, boolean error, boolean empty, long micros) {
        for (int i = 0; i < count; i++) {
            performance.add(error, empty, micros);
        }
    }

    private Guardrails.Status state(String guardrail) {
        return USUAL.verdicts(staged, live).stream()
                .filter(standing -> standing.guardrail().equals(guardrail))
                .map(Guardrails.Verdict::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingBreaksBeforeThereAreEnoughDecisions() {
        decide(live, 1000, false, false, 1_000);
        decide(staged, 199, true, true, 1_000_000);
        assertThat(USUAL.verdicts(staged, live))
                .extracting(Guardrails.Verdict::state)
                .containsOnly(Guardrails.Status.WAITING);
        decide(staged, 1, true, true, 1_000_000);
        assertThat(USUAL.verdicts(staged, live))
                .extracting(Guardrails.Verdict::state)
                .containsOnly(Guardrails.Status.BROKEN);
    }

    @Test
    void whatLiveDoesTooBreaksNothing() {
        for (EditionMetrics both : new EditionMetrics[] {staged, live}) {
            decide(both, 150, false, false, 1_000);
            decide(both, 50, true, true, 90_000);
        }
        assertThat(USUAL.verdicts(staged, live))
                .extracting(Guardrails.Verdict::state)
                .containsOnly(Guardrails.Status.KEPT);
    }

    @Test
    void whatMayBeChanceBreaksNothing() {
        decide(live, 190, false, false, 1_000);
        decide(live, 10, true, true, 1_000);
        decide(staged, 185, false, false, 1_000);
        decide(staged, 15, true, true, 1_000);
        assertThat(state("errors")).as("2.5 points more, of few decisions").isEqualTo(Guardrails.Status.KEPT);
        decide(live, 1900, false, false, 1_000);
        decide(live, 100, true, true, 1_000);
        decide(staged, 1850, false, false, 1_000);
        decide(staged, 150, true, true, 1_000);
        assertThat(state("errors")).as("2.5 points more, of many").isEqualTo(Guardrails.Status.BROKEN);
        assertThat(state("empty-lists")).isEqualTo(Guardrails.Status.BROKEN);
    }

    @Test
    void whatIsCertainButSmallBreaksNothing() {
        decide(live, 100_000, false, false, 1_000);
        decide(staged, 99_200, false, false, 1_000);
        decide(staged, 800, true, false, 1_000);
        assertThat(state("errors")).isEqualTo(Guardrails.Status.KEPT);
    }

    @Test
    void slowerIsBrokenOnlyWhereAShopperCouldFeelIt() {
        decide(live, 1000, false, false, 1_000);
        decide(staged, 1000, false, false, 10_000);
        assertThat(state("time")).as("ten times as slow, and fast").isEqualTo(Guardrails.Status.KEPT);
        decide(staged, 50, false, false, 40_000);
        assertThat(state("time")).isEqualTo(Guardrails.Status.BROKEN);
        decide(live, 50, false, false, 25_000);
        assertThat(state("time")).as("live is slow too").isEqualTo(Guardrails.Status.KEPT);
    }

    @Test
    void withNobodyOnTheLiveEditionTheLimitsStandAlone() {
        decide(staged, 200, false, false, 1_000);
        assertThat(state("errors")).isEqualTo(Guardrails.Status.KEPT);
        decide(staged, 20, true, false, 1_000);
        assertThat(state("errors")).isEqualTo(Guardrails.Status.BROKEN);
    }

    @Test
    void timesAreToldWithinATenth() {
        IntStream.rangeClosed(1, 1000).forEach(i -> live.add(false, false, i * 100));
        assertThat((double) live.quantile(0.5)).isCloseTo(50_000, within(5_000.0));
        assertThat((double) live.quantile(0.99)).isCloseTo(99_000, within(9_900.0));
        assertThat(live.slowerThan(50_000)).isCloseTo(0.5, within(0.05));
        assertThat(staged.quantile(0.99)).isZero();
    }

    @Test
    void aShareIsAsLargeAsItSaysAndSpreadEvenly() {
        long first = IntStream.range(0, 20_000)
                .filter(i -> StickyShare.place("visit-" + i, 7) < 0.1)
                .count();
        assertThat(first / 20_000.0).isCloseTo(0.1, within(0.01));
        long both = IntStream.range(0, 20_000)
                .filter(i -> StickyShare.place("visit-" + i, 7) < 0.1 && StickyShare.place("visit-" + i, 8) < 0.1)
                .count();
        assertThat(both / 20_000.0).as("each edition draws anew").isCloseTo(0.01, within(0.005));
    }
}
