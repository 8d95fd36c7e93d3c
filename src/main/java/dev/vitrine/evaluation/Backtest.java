package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.rulebook.source.Edit;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A trial of a draft on recorded decisions, as it is kept.
 *
 * @param detail why it was stopped or failed
 * @param author name of the key that started it
 * @param edition the live edition that the draft is compared with
 * @param placement of which decisions are tried; absent for all
 * @param files the draft; absent in the list of backtests
 * @param report what came of it; of one that was stopped, what came of it until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Backtest")
record Backtest(
        long id,
        State state,
        @Schema(description = "Why it was stopped or failed") String detail,
        Progress progress,
        OffsetDateTime startedAt,
        OffsetDateTime endedAt,
        String author,
        String note,
        @Schema(description = "The live edition that the draft is compared with") int edition,
        @Schema(description = "Absent for all") String placement,
        @Schema(description = "The draft; absent in the list") List<Edit> files,
        @Schema(implementation = Report.class, description = "Of one that was stopped: what came of it until then")
                JsonNode report) {
    enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /** Decisions that were tried, those that cannot be read included. */
    @Schema(name = "BacktestProgress")
    record Progress(int done, int of) {}
}
