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
 * @param contenders candidates that could have a place by their score, since no rule hides them
 * @param last the shown product with the lowest score that it would have to beat; null where no list is shown, or
 *     no boost would bring it onto the list
 * @param places of the list
 * @param effects of rules on the product, and on groups that it belongs to
 * @param instead rules without which the product would be shown
 * @param list the skus that are on record as shown
 * @param asRecorded whether settling it again led to that list
 * @param limitedBy rules whose limits let no more of a group onto the list
 * @param turns what promises it a place now and then; null where nothing does, or its score decides
 * @param display what the list is shown as
 * @param displayedBy the rules that chose the display
 */
public record ProductTrace(
        Candidate candidate,
        Integer position,
        double score,
        Integer rank,
        int contenders,
        Last last,
        int places,
        List<Effect> effects,
        List<Instead> instead,
        List<String> list,
        boolean asRecorded,
        List<String> limitedBy,
        Turns turns,
        Display.Type display,
        List<String> displayedBy) {
    /** What a rule proposed for a product, or for a group that it belongs to. */
    @Schema(name = "RuleEffect")
    public record Effect(String rule, @Schema(description = "Such as hide, boost 1.5, cap 0.25 core") String effect) {}

    /**
     * Guarantees of groups whose members take turns, or that are kept over an hour or a day.
     *
     * @param promised the guarantees
     * @param others how many others take turns with it; 0 where it takes none
     * @param had those of them that the list shows
     */
    public record Turns(List<Effect> promised, int others, List<String> had) {}

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
