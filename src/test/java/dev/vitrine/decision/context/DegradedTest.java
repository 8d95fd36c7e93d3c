package dev.vitrine.decision.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import java.util.List;
import org.junit.jupiter.api.Test;

class DegradedTest {
    private static final Degraded LATE = new Degraded(Degraded.TIME_BUDGET, "too slow", List.of("A rule"));

    private static DecisionAnswer answer(Degraded degraded) {
        return new DecisionAnswer(null, 1, "rules", null, List.of(), List.of(), null, null, null, degraded, 1, null);
    }

    @Test
    void theRulesCauseWeighsMore() {
        assertThat(Degraded.of(LATE, null)).isEqualTo(LATE);
        assertThat(Degraded.of(null, null)).isNull();
        assertThat(Degraded.of(null, "no answer"))
                .isEqualTo(new Degraded(Degraded.MODEL_SERVICE, "no answer", List.of()));
        assertThat(Degraded.of(LATE, "no answer"))
                .isEqualTo(new Degraded(Degraded.TIME_BUDGET, "too slow; and no answer", List.of("A rule")));
    }

    @Test
    void onlyTheRulesCountForTheirEdition() {
        assertThat(answer(null).rulesDegraded()).isFalse();
        assertThat(answer(Degraded.of(null, "no answer")).rulesDegraded()).isFalse();
        assertThat(answer(Degraded.of(LATE, "no answer")).rulesDegraded()).isTrue();
    }
}
