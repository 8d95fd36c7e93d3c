package dev.vitrine.explanation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.probe.ConditionFinding;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a rule fired at a decision, or did not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RuleWhy")
record RuleWhy(
        String decisionId,
        @Schema(description = "The edition that decided") int edition,
        String rule,
        @Schema(description = "The product that was asked about; absent without 'sku'") String sku,
        State state,
        @Schema(description = "Why it did not fire; absent where it did") Cause cause,
        @Schema(description = "The same in one sentence, for people") String sentence,
        @Schema(description = "The part of its condition that did not hold; absent unless that is the cause")
                ConditionFinding condition,
        @Schema(description = "What it proposed or read, at most twenty of it; absent where it did not fire")
                List<String> proposed) {
    enum State {
        FIRED,
        /** It fired, and the list would be the same without it. */
        FIRED_WITHOUT_EFFECT,
        NOT_FIRED,
        UNKNOWN
    }

    enum Cause {
        CONDITION,
        /** The product was no candidate. */
        NO_CANDIDATE,
        PAUSED,
        /** Before its first day. */
        NOT_YET,
        /** After its last day. */
        ENDED,
        NOT_IN_EDITION,
        /** It failed, or did not come back, so that the decision was made without it. */
        LEFT_OUT,
        /** No rule had a say in time. */
        TIME_BUDGET,
        /** The rules failed as a whole. */
        RULES_FAILED
    }
}
