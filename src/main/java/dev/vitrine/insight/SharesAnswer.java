package dev.vitrine.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.decision.share.ShareCount;
import dev.vitrine.merchandising.Share;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
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
        @Schema(
                        description =
                                "Lists in the model's order, because rules ran out of time or failed as a whole; absent where there are none. No rule could promise anything for them, so they are in no line above")
                List<Degraded> degraded,
        @Schema(description = "True where older lines did not fit into the answer; ask with an earlier 'to'")
                Boolean more,
        @Schema(description = "True where the database is away: the answer is what this instance has in memory")
                Boolean incomplete) {
    /** The rounding error of a sum must not break a promise. */
    private static final double ROUNDING = 1e-6;

    /** Lists without rules in one hour or day. */
    @Schema(name = "SharesDegraded")
    record Degraded(String placement, OffsetDateTime at, long lists, long places) {
        static Degraded of(ShareCount count, ZoneId zone) {
            return new Degraded(
                    count.placement(), count.at().atZone(zone).toOffsetDateTime(), count.lists(), count.places());
        }
    }

    /** Why a guarantee was not kept, in places. */
    @Schema(name = "SharesLacking")
    record Lacking(
            @Schema(description = "Too few of the candidates that may be shown belong to the group") long members,
            @Schema(description = "Those that do are below the floor of relevance") long relevance,
            @Schema(description = "Pins, limits or other guarantees took the place") long room,
            String cause) {
        static Lacking of(Missing missing) {
            if (missing.places() == 0) {
                return null;
            }
            List<String> causes = new ArrayList<>(3);
            if (missing.members() > 0) {
                causes.add("in " + missing.members() + " too few candidates belong to the group");
            }
            if (missing.relevance() > 0) {
                causes.add("in " + missing.relevance() + " those that do fit too little (floor)");
            }
            if (missing.room() > 0) {
                causes.add("in " + missing.room() + " pins, limits or other guarantees take the place");
            }
            return new Lacking(
                    missing.members(),
                    missing.relevance(),
                    missing.room(),
                    "of " + missing.places() + " places that are missing, " + String.join(", ", causes));
        }
    }

    /** One guarantee or cap in one hour or day. */
    @Schema(name = "SharesLine")
    @JsonInclude(JsonInclude.Include.NON_NULL)
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
            @Schema(description = "Whether a guarantee got at least what was promised, a cap at most") boolean kept,
            @Schema(
                            description =
                                    "Places that single lists lacked, and what was missing, in words; absent where none did. Each list rounds up, so it may be more than is promised in all")
                    Lacking lacking,
            @Schema(description = "The rules that asked for it") List<String> rules) {
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
                    (guarantee ? ahead : -ahead) > -ROUNDING,
                    Lacking.of(count.missing()),
                    count.rules().stream().sorted().toList());
        }

        private static double rounded(double value) {
            return Math.round(value * 1e4) / 1e4;
        }
    }

    static SharesAnswer of(SharesQuestion question, ShareReport.Sums sums, int limit, ZoneId zone) {
        List<Degraded> degraded = sums.counts().stream()
                .limit(limit)
                .filter(count -> count.verb().equals(ShareCount.DEGRADED))
                .map(count -> Degraded.of(count, zone))
                .toList();
        return new SharesAnswer(
                question.by(),
                question.from().atZone(zone).toOffsetDateTime(),
                question.to().atZone(zone).toOffsetDateTime(),
                sums.counts().stream()
                        .limit(limit)
                        .filter(count -> !count.verb().equals(ShareCount.DEGRADED))
                        .map(count -> Line.of(count, zone))
                        .toList(),
                degraded.isEmpty() ? null : degraded,
                sums.counts().size() > limit ? true : null,
                sums.complete() ? null : true);
    }
}
