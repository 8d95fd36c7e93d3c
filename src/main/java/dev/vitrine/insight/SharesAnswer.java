package dev.vitrine.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.share.ShareCount;
import dev.vitrine.merchandising.Share;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was promised, and what was delivered.
 *
 * @param by what a line covers, {@code hour} or {@code day}
 * @param from when the first hour or day begins
 * @param to when the last one ends
 * @param shares newest first
 * @param more true where there are older lines than could be told, absent where not
 * @param incomplete true where the database is away and only this instance's memory could be asked, absent where not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Shares")
record SharesAnswer(
        @Schema(description = "What a line covers: hour or day, on the shop's clock") Span by,
        @Schema(description = "When the first hour or day begins") OffsetDateTime from,
        @Schema(description = "When the last one ends") OffsetDateTime to,
        @Schema(description = "Newest first, at most 1000") List<Line> shares,
        @Schema(description = "True where there are older lines than could be told; ask with an earlier 'to'")
                Boolean more,
        @Schema(description = "True where the database is away: what this instance has in memory is told")
                Boolean incomplete) {
    /** Sums of shares of floating point numbers must not break a promise by their last bit. */
    private static final double ROUNDING = 1e-6;

    /**
     * One promise, or limit, in one hour or day.
     *
     * @param over what the rules asked for the share of: list, hour or day
     * @param promised places: the share that was asked for of all places
     * @param share delivered of all places, 0 to 1
     * @param kept whether a guarantee got at least what was promised, a cap at most
     */
    @Schema(name = "SharesLine")
    record Line(
            String placement,
            String group,
            @Schema(description = "guarantee or cap") String verb,
            @Schema(description = "What the share was asked for: each list, the hour or the day") Share.Window over,
            @Schema(description = "When the hour or day began") OffsetDateTime at,
            @Schema(description = "Lists for which rules asked for the share") long lists,
            @Schema(description = "Places on these lists") long places,
            @Schema(description = "Of these, the share that was asked for, not rounded") double promised,
            @Schema(description = "Of these, places that the group got") long delivered,
            @Schema(description = "Delivered of all places, 0 to 1") double share,
            @Schema(description = "Whether a guarantee got at least what was promised, a cap at most") boolean kept) {
        static Line of(ShareCount count, ZoneId zone) {
            boolean guarantee = count.verb().equals("guarantee");
            double ahead = count.delivered() - count.promised();
            return new Line(
                    count.placement(),
                    count.group(),
                    count.verb(),
                    count.over(),
                    count.at().atZone(zone).toOffsetDateTime(),
                    count.lists(),
                    count.places(),
                    rounded(count.promised()),
                    count.delivered(),
                    rounded((double) count.delivered() / count.places()),
                    (guarantee ? ahead : -ahead) > -ROUNDING);
        }

        private static double rounded(double value) {
            return Math.round(value * 1e4) / 1e4;
        }
    }

    static SharesAnswer of(SharesQuestion question, ShareReport.Told told, int limit, ZoneId zone) {
        return new SharesAnswer(
                question.by(),
                question.from().atZone(zone).toOffsetDateTime(),
                question.to().atZone(zone).toOffsetDateTime(),
                told.counts().stream()
                        .limit(limit)
                        .map(count -> Line.of(count, zone))
                        .toList(),
                told.counts().size() > limit ? true : null,
                told.complete() ? null : true);
    }
}
