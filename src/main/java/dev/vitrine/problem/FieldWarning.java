package dev.vitrine.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is odd about a value of a request that was not refused. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "FieldWarning", description = "A value that was taken as it is, and is probably not what was meant")
public record FieldWarning(
        @Schema(description = "Its path in the request", examples = "tags[0]") String field,
        String value,
        @Schema(examples = "No product has the tag 'clearence'.") String message,
        @Schema(description = "Absent where none is known", examples = "Did you mean 'clearance'?") String cure) {}
