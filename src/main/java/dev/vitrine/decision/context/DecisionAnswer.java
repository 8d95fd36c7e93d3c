package dev.vitrine.decision.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.settlement.Reason;
import dev.vitrine.decision.settlement.SettlementResult;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What to show, and why. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DecisionAnswer")
public record DecisionAnswer(
        @Schema(description = "Key under which the decision can be asked for later, and that events of its items name")
                String decisionId,
        @Schema(description = "The edition of the rule book that decided, whole") int edition,
        @Schema(description = "The arm of the experiment, 'rules' where there is none") String arm,
        @Schema(description = "What to show the items as", type = SchemaType.OBJECT, ref = "DecisionModule")
                DecisionModule module,
        @Schema(description = "What to show, best first; empty for modules that show no list") List<Item> items,
        @Schema(description = "What the rules read from the visit") List<ReadingPart> readings,
        @Schema(description = "Guarantees that could not be kept; absent where all were")
                List<SettlementResult.Shortfall> shortfalls,
        @Schema(
                        description =
                                "Groups that have all the places that they may have, by which rules, and how many members would have a place by their score; absent where there are none")
                List<SettlementResult.Limited> limits,
        @Schema(description = "Candidates that could not be considered; absent where all were") List<LeftOut> leftOut,
        @Schema(description = "What went wrong; absent where nothing did") Degraded degraded,
        @Schema(description = "From the request to the answer, in microseconds") long tookMicros,
        @Schema(
                        description =
                                "The campaign that leads the shop at this moment, for a line above the items; absent where none runs in promo mode or it does not say its benefit")
                CampaignPart campaign) {
    @Schema(name = "DecisionCampaign")
    public record CampaignPart(
            String id, String name, @Schema(description = "What shoppers get, in the shop's words") String benefit) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DecisionItem")
    public record Item(
            String sku,
            @Schema(description = "From 1") int position,
            @Schema(description = "The model's score times all boosts") double score,
            @Schema(description = "The rank that the model gave it, from 1; absent for what the model did not propose")
                    Integer modelRank,
            @Schema(description = "Places up (positive) or down from the model's rank") Integer moved,
            @Schema(description = "Why it is at this position, never empty") List<Reason> reasons) {}

    @Schema(name = "DecisionReading")
    public record ReadingPart(String mood, String category, double confidence, String evidence, String rule) {}

    /** A candidate that could not be considered. */
    @Schema(name = "DecisionLeftOut")
    public record LeftOut(String sku, String cause) {}

    /**
     * {@code rule-failed}: rules were left out; {@code time-budget}, {@code rules-failed}: it is the model's order; {@code
     * model-service}: all rules decided, on candidates of the built-in model instead of the shop's own.
     */
    @Schema(name = "DecisionDegraded")
    public record Degraded(String cause, String detail, List<String> rules) {
        public static final String RULE_FAILED = "rule-failed";
        public static final String TIME_BUDGET = "time-budget";
        public static final String RULES_FAILED = "rules-failed";
        public static final String MODEL_SERVICE = "model-service";

        /** Whether no rule had a say. */
        public boolean modelOrder() {
            return cause.equals(TIME_BUDGET) || cause.equals(RULES_FAILED);
        }

        /** What is wrong with the rules weighs more, and is what counts for their edition. */
        public static Degraded of(Degraded rules, String fallback) {
            if (fallback == null) {
                return rules;
            }
            return rules == null
                    ? new Degraded(MODEL_SERVICE, fallback, List.of())
                    : new Degraded(rules.cause, rules.detail + "; and " + fallback, rules.rules);
        }
    }

    /** Whether something was wrong with the edition that decided, and not only with the model. */
    public boolean rulesDegraded() {
        return degraded != null && !degraded.cause().equals(Degraded.MODEL_SERVICE);
    }

    /** The same without a key, for an answer that nobody can ask for later. */
    public DecisionAnswer withoutId() {
        return new DecisionAnswer(
                null,
                edition,
                arm,
                module,
                items,
                readings,
                shortfalls,
                limits,
                leftOut,
                degraded,
                tookMicros,
                campaign);
    }
}
