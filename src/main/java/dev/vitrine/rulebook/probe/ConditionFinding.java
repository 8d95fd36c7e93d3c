package dev.vitrine.rulebook.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The first part of a rule's condition that did not hold.
 *
 * @param condition the part; null where it could not be found out
 * @param sentence the same for people, without a full stop
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ConditionFinding")
public record ConditionFinding(
        @Schema(description = "The first part of the condition that did not hold, such as Visit( pages > 5 )")
                String condition,
        @Schema(description = "Its constraints that did not hold; none where it could not be told which")
                List<Failed> failed,
        String sentence) {
    /** A constraint that did not hold. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FailedConstraint")
    public record Failed(
            String constraint,
            @Schema(description = "What its words were, by word") Map<String, String> values,
            @Schema(description = "Of how many facts it holds by itself; absent for a single fact") Integer held,
            @Schema(description = "How many such facts there were; absent for a single fact") Integer of) {}

    static ConditionFinding untold(String why) {
        return new ConditionFinding(null, List.of(), why);
    }
}
