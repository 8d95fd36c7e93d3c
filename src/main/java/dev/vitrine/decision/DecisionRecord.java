package dev.vitrine.decision;

import dev.vitrine.merchandising.Facts;
import java.time.Instant;
import java.util.List;

/** A decision as it is kept: the facts that it was made of, what was kept off the shelf, and the answer. */
record DecisionRecord(
        String visit, String shopper, Instant at, Facts facts, List<Settled.Hidden> hidden, DecisionAnswer answer) {
    Question question() {
        return Question.of(
                new Situation(visit, shopper, at, facts, answer.leftOut() == null ? List.of() : answer.leftOut()),
                answer);
    }
}
