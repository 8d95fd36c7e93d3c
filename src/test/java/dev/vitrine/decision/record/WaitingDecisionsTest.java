package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions in memory: how much fits, and who has them. */
class WaitingDecisionsTest {
    /** Room for three rows of a thousand bytes and what they take besides. */
    private final WaitingDecisions waiting = new WaitingDecisions(4_000);

    private static DecisionRow row(String id) {
        return row(id, 1_000);
    }

    private static DecisionRow row(String id, int bytes) {
        return new DecisionRow(id, new byte[bytes]);
    }

    private static List<String> ids(List<DecisionRow> rows) {
        return rows.stream().map(DecisionRow::id).toList();
    }

    @Test
    void theOldestGiveWayToNewOnesByTheirBytes() {
        for (String id : List.of("a", "b", "c")) {
            assertThat(waiting.add(row(id))).isZero();
        }
        assertThat(waiting.add(row("d", 2_000))).isEqualTo(2);
        assertThat(waiting.find("b")).isEmpty();
        assertThat(ids(waiting.claim(10_000))).containsExactly("c", "d");
    }

    @Test
    void oneThatNeverFitsIsLostAlone() {
        waiting.add(row("a"));
        assertThat(waiting.add(row("large", 4_000))).isEqualTo(2);
        assertThat(waiting.count()).isZero();
    }

    @Test
    void whatIsClaimedGivesWayToNothingAndIsFound() {
        waiting.add(row("a"));
        List<DecisionRow> claimed = waiting.claim(10_000);
        assertThat(waiting.claim(10_000)).isEmpty();
        assertThat(waiting.add(row("b"))).isZero();
        assertThat(waiting.add(row("c", 2_000))).as("b gives way").isEqualTo(1);
        assertThat(waiting.find("a")).isPresent();
        waiting.remove(claimed);
        waiting.putBack(claimed);
        assertThat(waiting.find("a")).isEmpty();
        assertThat(ids(waiting.claim(10_000))).containsExactly("c");
    }

    @Test
    void aClaimIsBoundedButHasAtLeastOne() {
        waiting.add(row("a"));
        waiting.add(row("b"));
        assertThat(ids(waiting.claim(10))).containsExactly("a");
        assertThat(ids(waiting.claim(2_000))).containsExactly("b");
    }

    @Test
    void whatIsPutBackComesFirstAgain() {
        waiting.add(row("a"));
        waiting.add(row("b"));
        List<DecisionRow> claimed = waiting.claim(10_000);
        waiting.add(row("c"));
        waiting.putBack(claimed);
        assertThat(ids(waiting.claim(10_000))).containsExactly("a", "b", "c");
    }

    @Test
    void itIsHalfFullByWhatNobodyHasClaimed() {
        waiting.add(row("a"));
        waiting.add(row("b"));
        assertThat(waiting.isHalfFull()).isTrue();
        List<DecisionRow> claimed = waiting.claim(1_300);
        assertThat(waiting.isHalfFull()).isFalse();
        waiting.putBack(claimed);
        assertThat(waiting.isHalfFull()).isTrue();
    }
}
