package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a draft would change, on real decisions. It has a contrast for each {@link Measure}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "EvaluationReport")
record Report(
        @Schema(description = "What the numbers do not say") String warning,
        int decisions,
        int visits,
        @Schema(description = "Recorded decisions that can no longer be read") int unreadable,
        @Schema(
                        description =
                                "How often the live edition answers now what it answered then: how accurate the replay is")
                Share reproduced,
        @Schema(description = "Lists that differ in items or order; 95 % Wilson interval over decisions")
                Share changedLists,
        Share changedModules,
        List<ModuleChange> modules,
        @Schema(
                        description =
                                "Rank-biased overlap of both lists (extrapolated, p = 0.9); 1 is the same list. Mean over visits")
                Mean overlap,
        @Schema(
                        description =
                                "core, new, on-promo: shares of the list's items. price, margin: means of its items. categories, brands: how"
                                        + " many different ones it shows. length: its items. takes, orders, revenue, earnings: what the list is expected to bring for each time that it is shown,"
                                        + " by chances and conversions of before. Each visit counts once, by its means; the interval"
                                        + " is Student's t over the visits' mean differences")
                Map<String, Contrast> measures,
        @Schema(
                        description =
                                "Share of decisions with something on the list that the visit or shopper bought within 24 hours, among"
                                        + " those that such a purchase followed")
                Contrast hits,
        List<RuleUse> rules,
        Side live,
        Side draft,
        @Schema(
                        description =
                                "The decisions that changed most; preview them. Absent where the draft asks of the shopper, unless an operator's key reads a backtest")
                List<Example> mostChanged) {
    static final String WARNING =
            "A replay is not an experiment: shoppers saw the live lists, and nobody knows what they would have done with"
                    + " others. It shows what would change, not whether that is better. What was bought next was bought"
                    + " under the live lists, which favours them.";

    /** A share of decisions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EvaluationShare")
    record Share(int count, int of, Double share, Interval interval) {
        static Share of(int count, int of) {
            return new Share(count, of, of == 0 ? null : (double) count / of, Interval.ofShare(count, of));
        }
    }

    /** A mean over visits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EvaluationMean")
    record Mean(double mean, Interval interval) {}

    /** Live against draft, and the difference draft minus live. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EvaluationContrast")
    record Contrast(double live, double draft, double difference, Interval interval, int decisions, int visits) {}

    @Schema(name = "EvaluationModuleChange")
    record ModuleChange(String live, String draft, int count) {}

    /** In how many decisions a rule read or proposed something. */
    @Schema(name = "EvaluationRule")
    record RuleUse(String rule, int live, int draft) {}

    /** Times and failures of one side; edition 0 is the draft. */
    @Schema(name = "EvaluationSide")
    record Side(
            int edition, Micros micros, int emptyLists, Map<String, Integer> errors, Map<String, Integer> leftOut) {}

    @Schema(name = "EvaluationMicros")
    record Micros(double mean, double p50, double p99) {}

    @Schema(name = "EvaluationExample")
    record Example(String decisionId, double overlap) {}

    /** Where these decisions would answer what a draft asks of shoppers. */
    Report withoutExamples() {
        return new Report(
                warning,
                decisions,
                visits,
                unreadable,
                reproduced,
                changedLists,
                changedModules,
                modules,
                overlap,
                measures,
                hits,
                rules,
                live,
                draft,
                null);
    }
}
