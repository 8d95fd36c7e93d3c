package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a draft would change, measured on real decisions.
 *
 * @param warning what the numbers do not say
 * @param decisions decisions that both sides made again
 * @param visits visits that they belong to
 * @param unreadable recorded decisions that were skipped, because they can no longer be read
 * @param reproduced how often the live edition answers now what it answered then
 * @param changedLists how many lists differ, in items or order; here each decision counts, not each visit
 * @param changedModules how many show another module, or the same one about something else
 * @param modules the module before and after, where it changed
 * @param overlap rank-biased overlap of both lists (Webber, Moffat and Zobel 2010, extrapolated, p = 0.9): 1 is the same
 *     list; a mean over visits, with the interval of that mean
 * @param measures by name, see {@link Measure}; over the decisions in which both sides show a list
 * @param hits how often something of the list was bought next, within 24 hours in this visit or by this shopper; over the
 *     decisions that such a purchase followed; absent where it is unknown
 * @param rules how often each rule read or proposed something
 * @param live times and failures of the live edition
 * @param draft times and failures of the draft
 * @param mostChanged the decisions that changed most, to preview
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RehearsalReport")
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
                                        + " many different ones it shows. length: its items. Each visit counts once, by its means; the interval"
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
        @Schema(description = "The decisions that changed most; preview them") List<Example> mostChanged) {
    static final String WARNING =
            "A replay is not an experiment: shoppers saw the live lists, and nobody knows what they would have done with"
                    + " others. It shows what would change, not whether that is better. What was bought next was bought"
                    + " under the live lists, which favours them.";

    /** A share of decisions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RehearsalShare")
    record Share(int count, int of, Double share, Interval interval) {
        static Share of(int count, int of) {
            return new Share(count, of, of == 0 ? null : (double) count / of, Interval.ofShare(count, of));
        }
    }

    /** A mean over visits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RehearsalMean")
    record Mean(double mean, Interval interval) {}

    /** Live against draft, and the difference draft minus live. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RehearsalContrast")
    record Contrast(double live, double draft, double difference, Interval interval, int decisions, int visits) {}

    @Schema(name = "RehearsalModuleChange")
    record ModuleChange(String live, String draft, int count) {}

    /** In how many decisions a rule read or proposed something. */
    @Schema(name = "RehearsalRule")
    record RuleUse(String rule, int live, int draft) {}

    /**
     * Times and failures of one side.
     *
     * @param edition its number; 0 for the draft
     * @param micros time that a decision took, in microseconds
     * @param emptyLists rankings without items
     * @param errors degraded decisions by cause
     * @param leftOut rules that failed and were left out, and in how many decisions
     */
    @Schema(name = "RehearsalSide")
    record Side(
            int edition, Micros micros, int emptyLists, Map<String, Integer> errors, Map<String, Integer> leftOut) {}

    @Schema(name = "RehearsalMicros")
    record Micros(double mean, double p50, double p99) {}

    @Schema(name = "RehearsalExample")
    record Example(String decisionId, double overlap) {}
}
