package dev.vitrine.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.evaluation.Backtest.BacktestState;
import dev.vitrine.evaluation.Backtest.Progress;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.Edit;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code backtest}. The draft and the report are read only where they are needed. */
@Entity
@Table(name = "backtest")
class BacktestEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Enumerated(EnumType.STRING)
    BacktestState state = BacktestState.RUNNING;

    String detail;
    Instant startedAt;
    Instant endedAt;
    String author;
    String note;
    int edition;
    String placement;
    int done;
    int total;

    @JdbcTypeCode(SqlTypes.JSON)
    @Basic(fetch = FetchType.LAZY)
    List<Edit> files;

    /** Text, because the column is {@code json} and keeps the order of the fields. */
    @Column(columnDefinition = "json")
    @ColumnTransformer(write = "cast(? as json)")
    @Basic(fetch = FetchType.LAZY)
    String report;

    void end(BacktestState how, String why, int decisions, Instant at, Report found) {
        state = how;
        detail = why;
        done = decisions;
        endedAt = at;
        report = found == null ? null : json(found);
    }

    Backtest backtest() {
        return backtest(files, report == null ? null : tree(report));
    }

    Backtest withoutFilesAndReport() {
        return backtest(null, null);
    }

    private Backtest backtest(List<Edit> draft, JsonNode found) {
        return new Backtest(
                id,
                state,
                detail,
                new Progress(done, total),
                utc(startedAt),
                utc(endedAt),
                author,
                note,
                edition,
                placement,
                draft,
                found);
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static String json(Report report) {
        try {
            return Json.MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.STORED.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
