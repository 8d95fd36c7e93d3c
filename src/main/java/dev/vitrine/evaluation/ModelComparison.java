package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.evaluation.ModelComparisonRepository.ComparedMoment;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How often the first ten of two models held what came next. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ModelComparison")
record ModelComparison(
        @Schema(description = "What the numbers say, in a sentence") String verdict,
        @Schema(description = "What the numbers do not say") String warning,
        OffsetDateTime from,
        OffsetDateTime to,
        @Schema(description = "Moments by the model that decided: service, built-in") Map<String, Long> decidedBy,
        HitRates all,
        @Schema(description = "By kind of page") Map<String, HitRates> pages) {
    static final String WARNING =
            "Shoppers saw the list of the model that decided, and choose from what they see: this favours it.";

    /** Over visits, each of which counts once, by its mean; all are absent where no moment was followed by anything. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelHitRates")
    record HitRates(
            int moments,
            @Schema(description = "After which the visit looked at something else, or put it into the cart")
                    int followed,
            @Schema(description = "Visits with such a moment") int visits,
            @Schema(description = "Share of these after which it was among the first ten of the service")
                    Double service,
            Double builtIn,
            Double both,
            Double neither,
            @Schema(description = "The service's share less the built-in model's") Double difference,
            Interval interval) {}

    private static final class Tally {
        private final PairedDifference hits = new PairedDifference();
        private final PairedDifference agreement = new PairedDifference();
        private int moments;
        private int followed;

        void add(ComparedMoment moment) {
            moments++;
            if (moment.followed()) {
                followed++;
                hits.add(moment.visit(), share(moment.builtIn()), share(moment.service()));
                agreement.add(
                        moment.visit(),
                        share(!moment.builtIn() && !moment.service()),
                        share(moment.builtIn() && moment.service()));
            }
        }

        private static double share(boolean hit) {
            return hit ? 1 : 0;
        }

        HitRates rates() {
            Report.Contrast hit = hits.contrast();
            Report.Contrast agreed = agreement.contrast();
            return hit == null
                    ? new HitRates(moments, 0, 0, null, null, null, null, null, null)
                    : new HitRates(
                            moments,
                            followed,
                            hit.visits(),
                            hit.draft(),
                            hit.live(),
                            agreed.draft(),
                            agreed.live(),
                            hit.difference(),
                            hit.interval());
        }
    }

    static ModelComparison of(List<ComparedMoment> moments, OffsetDateTime from, OffsetDateTime to) {
        Tally all = new Tally();
        Map<String, Tally> pages = new TreeMap<>();
        Map<String, Long> decidedBy = new TreeMap<>();
        for (ComparedMoment moment : moments) {
            all.add(moment);
            pages.computeIfAbsent(moment.page(), page -> new Tally()).add(moment);
            decidedBy.merge(moment.served(), 1L, Long::sum);
        }
        Map<String, HitRates> rates = new TreeMap<>();
        pages.forEach((page, tally) -> rates.put(page, tally.rates()));
        HitRates rate = all.rates();
        return new ModelComparison(
                verdict(rate), rate.followed == 0 ? null : WARNING, from, to, decidedBy, rate, rates);
    }

    private static String verdict(HitRates rates) {
        if (rates.moments == 0) {
            return "Nothing was compared in this time.";
        }
        if (rates.followed == 0) {
            return text("%d moments were compared, and none was followed by anything yet.", rates.moments);
        }
        return text(
                        "What %d visits took next was among the first ten of your service in %.1f %% of the moments and of"
                                + " the built-in model in %.1f %%: ",
                        rates.visits, rates.service * 100, rates.builtIn * 100)
                + difference(rates);
    }

    private static String difference(HitRates rates) {
        Interval interval = rates.interval;
        if (interval == null) {
            return "one visit alone does not tell which is better.";
        }
        String range = text("(95 %% interval %+.1f to %+.1f points)", interval.from() * 100, interval.to() * 100);
        if (interval.from() <= 0 && interval.to() >= 0) {
            return text("the difference of %+.1f points may be chance %s.", rates.difference * 100, range);
        }
        return text(
                "%s is better, by %.1f points %s.",
                rates.difference > 0 ? "your service" : "the built-in model", Math.abs(rates.difference) * 100, range);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
