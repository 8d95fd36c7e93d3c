package dev.vitrine.rulebook.rollout;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Check;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a staged edition may not do worse than the live one. A limit is broken when it is exceeded and a one-sided z-test of
 * two shares is significant at 1 %. It is checked every second, so a false alarm over the whole rollout is likelier than 1
 * %; it costs a second attempt.
 *
 * @param errors share of degraded answers above live's; likewise {@code emptyLists}
 * @param slower 99th percentile of the time, as a multiple of live's
 * @param fastEnoughMillis a 99th percentile up to this never breaks it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What takes a staged edition back; what is absent is as the settings have it")
record Guardrails(
        @Schema(description = "Staged decisions before one can break, 1 to 1000000") Integer decisions,
        @Schema(description = "Share of degraded answers above live's, 0 to 1") Double errors,
        @Schema(description = "Share of empty lists above live's, 0 to 1") Double emptyLists,
        @Schema(description = "99th percentile of the time as a multiple of live's, 1 to 100") Double slower,
        @Schema(description = "A 99th percentile up to this never breaks it, 0 to 60000") Integer fastEnoughMillis) {
    /** The normal distribution has 1 % beyond this. */
    private static final double ONE_IN_A_HUNDRED = 2.326;

    private static final double LAST_HUNDREDTH = 0.01;
    /** A number of decisions that makes a share as good as known. */
    private static final long ENDLESS = 1L << 50;

    private static final int DECISIONS_MAX = 1_000_000;
    private static final int SLOWER_MAX = 100;
    private static final int MILLIS_MAX = 60_000;

    static Guardrails of(Guardrails asked, StagedConfig config) {
        Guardrails wanted = asked == null ? new Guardrails(null, null, null, null, null) : asked;
        return new Guardrails(
                Check.whole(
                        "guardrails.decisions",
                        requireNonNullElse(wanted.decisions, config.decisions()),
                        1,
                        DECISIONS_MAX),
                Check.number("guardrails.errors", requireNonNullElse(wanted.errors, config.errors()), 0, 1),
                Check.number("guardrails.emptyLists", requireNonNullElse(wanted.emptyLists, config.emptyLists()), 0, 1),
                Check.number("guardrails.slower", requireNonNullElse(wanted.slower, config.slower()), 1, SLOWER_MAX),
                Check.whole(
                        "guardrails.fastEnoughMillis",
                        requireNonNullElse(wanted.fastEnoughMillis, (int)
                                config.fastEnough().toMillis()),
                        0,
                        MILLIS_MAX));
    }

    enum Status {
        /** There are too few staged decisions so far. */
        WAITING,
        KEPT,
        BROKEN
    }

    /** One guardrail; {@code detail} has both editions' figures and the limit, in words. */
    record Verdict(String guardrail, Status state, String detail) {}

    List<Verdict> verdicts(EditionMetrics staged, EditionMetrics live) {
        long limit = Math.max(Math.round(live.quantile(1 - LAST_HUNDREDTH) * slower), fastEnoughMillis * 1_000L);
        double slow = staged.slowerThan(limit);
        return List.of(
                new Verdict(
                        "errors",
                        state(staged, errors, staged.errors(), live.errors(), live.decisions()),
                        shares("degraded answers", staged.errors(), live.errors(), errors)),
                new Verdict(
                        "empty-lists",
                        state(staged, emptyLists, staged.emptyLists(), live.emptyLists(), live.decisions()),
                        shares("empty lists", staged.emptyLists(), live.emptyLists(), emptyLists)),
                new Verdict(
                        "time",
                        // the limit is exact, not measured: as if from any number of live decisions
                        state(staged, 0, slow, LAST_HUNDREDTH, ENDLESS),
                        words(
                                "%.1f %% of the decisions took longer than %.1f ms; at most 1 %% may",
                                slow * 100, limit / 1_000.0)));
    }

    private Status state(EditionMetrics staged, double margin, double share, double live, long liveDecisions) {
        if (staged.decisions() < decisions) {
            return Status.WAITING;
        }
        boolean broken = share - live > margin && unlikelyByChance(share, staged.decisions(), live, liveDecisions);
        return broken ? Status.BROKEN : Status.KEPT;
    }

    /** The one-sided z-test of two shares. Without decisions to compare with, the other share counts as exact. */
    static boolean unlikelyByChance(double share, long count, double other, long otherCount) {
        double pooled = (share * count + other * otherCount) / (count + otherCount);
        double spread = pooled * (1 - pooled) * (1.0 / count + (otherCount == 0 ? 0 : 1.0 / otherCount));
        return share > other && share - other > ONE_IN_A_HUNDRED * Math.sqrt(spread);
    }

    private static String shares(String what, double staged, double live, double margin) {
        return words(
                "%.1f %% %s, live %.1f %%; at most %.1f points more may be",
                staged * 100, what, live * 100, margin * 100);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
