package dev.vitrine.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.share.ShareCount;
import dev.vitrine.merchandising.Share;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was promised, and what was delivered. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Shares")
record SharesAnswer(
        @Schema(description = "What a line covers: hour or day, on the shop's clock") Span by,
        @Schema(description = "When the first hour or day begins") OffsetDateTime from,
        @Schema(description = "When the last one ends") OffsetDateTime to,
        @Schema(description = "Newest first, at most 1000") List<Line> shares,
        @Schema(description = "True where older lines did not fit into the answer; ask with an earlier 'to'")
                Boolean more,
        @Schema(description = "True where the database is away: the answer is what this instance has in memory")
                Boolean incomplete) {
    /** The rounding error of a sum must not break a promise. */
    private static final double ROUNDING = 1e-6;

    /** One guarantee or cap in one hour or day. */
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

    static SharesAnswer of(SharesQuestion question, ShareReport.Sums sums, int limit, ZoneId zone) {
        return new SharesAnswer(
                question.by(),
                question.from().atZone(zone).toOffsetDateTime(),
                question.to().atZone(zone).toOffsetDateTime(),
                sums.counts().stream()
                        .limit(limit)
                        .map(count -> Line.of(count, zone))
                        .toList(),
                sums.counts().size() > limit ? true : null,
                sums.complete() ? null : true);
    }
}
