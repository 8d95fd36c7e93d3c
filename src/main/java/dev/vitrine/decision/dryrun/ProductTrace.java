package dev.vitrine.decision.dryrun;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of one candidate of a decision, step by step.
 *
 * @param position on the list, null where it is not shown
 * @param score the model's times all boosts
 * @param rank by that score among the candidates that no rule hides; null for an extra, which takes no place by its score
 * @param last the shown product with the lowest score that it would have to beat; null where no list is shown, or
 *     no boost would bring it onto the list
 * @param places of the list
 * @param effects of rules on the product, and on groups that it belongs to
 * @param instead rules without which the product would be shown
 * @param list the skus that are shown
 * @param display what the list is shown as
 * @param displayedBy the rules that chose the display
 */
public record ProductTrace(
        Candidate candidate,
        Integer position,
        double score,
        Integer rank,
        Last last,
        int places,
        List<Effect> effects,
        List<Instead> instead,
        List<String> list,
        Display.Type display,
        List<String> displayedBy) {
    /** What a rule proposed for a product, or for a group that it belongs to. */
    @Schema(name = "RuleEffect")
    public record Effect(String rule, @Schema(description = "Such as hide, boost 1.5, cap 0.25 core") String effect) {}

    /** A rule without which the product would be shown, with all else as it was. */
    @Schema(name = "RuleInstead")
    public record Instead(
            String rule,
            @Schema(description = "What the rule proposed, at most three of it") List<String> effects,
            @Schema(description = "Where the product would be then") int position) {}

    @Schema(
            name = "LastShown",
            description =
                    "The shown product with the lowest score that another would have to beat. Pins and guarantees may give"
                            + " places to lower ones")
    public record Last(String sku, @Schema(description = "The model's score times all boosts") double score) {}
}
