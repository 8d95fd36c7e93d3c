package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.rulebook.source.Edit;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A run of a draft over recorded decisions, of one placement or, where that is absent, of all. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Backtest")
record Backtest(
        long id,
        BacktestState state,
        @Schema(description = "Why it was stopped or failed") String detail,
        Progress progress,
        OffsetDateTime startedAt,
        OffsetDateTime endedAt,
        String author,
        String note,
        @Schema(description = "The live edition that the draft is compared with") int edition,
        @Schema(description = "Absent for all") String placement,
        @Schema(description = "The draft; absent in the list") List<Edit> files,
        @Schema(implementation = Report.class, description = "The result; of a stopped one, the result so far")
                JsonNode report) {
    enum BacktestState {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /** Decisions that were tried, including those that cannot be read. */
    @Schema(name = "BacktestProgress")
    record Progress(int done, int of) {}

    Backtest withProgress(BacktestState now, int done) {
        return new Backtest(
                id,
                now,
                detail,
                new Progress(done, progress.of()),
                startedAt,
                endedAt,
                author,
                note,
                edition,
                placement,
                files,
                report);
    }

    Backtest withoutExamples() {
        if (!(report instanceof ObjectNode all)) {
            return this;
        }
        ObjectNode less = all.deepCopy();
        less.remove("mostChanged");
        return new Backtest(
                id, state, detail, progress, startedAt, endedAt, author, note, edition, placement, files, less);
    }
}
