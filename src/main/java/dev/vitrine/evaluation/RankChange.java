package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.settlement.Reason;
import dev.vitrine.merchandising.Candidate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An item that the draft puts elsewhere.
 *
 * @param name as the shop shows it
 * @param live its position on the live list, absent where it is not on it
 * @param draft its position on the draft's list, absent where it is not on it
 * @param rules what the sides do not agree on; none where others only pushed it aside
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PreviewMoved")
record RankChange(
        String sku,
        String name,
        @Schema(description = "Its position on the live list; absent where it is not on it") Integer live,
        @Schema(description = "Its position on the draft's list; absent where it is not on it") Integer draft,
        @Schema(description = "What only one side says of it; none where others only pushed it aside")
                List<Cause> rules) {
    private static final String MODEL = "model";

    /**
     * What a rule does to it on one side alone.
     *
     * @param side {@code live} or {@code draft}
     */
    @Schema(name = "PreviewCause")
    record Cause(
            @Schema(description = "live or draft: the side on which it does so") String side,
            String rule,
            String effect) {}

    static List<RankChange> between(EditionComparison pair) {
        Map<String, Item> before = items(pair.live());
        Map<String, Item> after = items(pair.draft());
        Map<String, String> names = new LinkedHashMap<>();
        pair.draft().shown().forEach(candidate -> names.put(candidate.sku(), candidate.name()));
        for (Candidate candidate : pair.live().shown()) {
            names.putIfAbsent(candidate.sku(), candidate.name());
        }
        List<RankChange> moved = new ArrayList<>();
        names.forEach((sku, name) -> {
            Integer live = position(before.get(sku));
            Integer draft = position(after.get(sku));
            if (live == null || !live.equals(draft)) {
                moved.add(new RankChange(sku, name, live, draft, causes(pair, before.get(sku), after.get(sku), sku)));
            }
        });
        return moved;
    }

    private static Map<String, Item> items(DryRun trial) {
        Map<String, Item> items = new LinkedHashMap<>();
        trial.answer().items().forEach(item -> items.put(item.sku(), item));
        return items;
    }

    private static Integer position(Item item) {
        return item == null ? null : item.position();
    }

    private static List<Cause> causes(EditionComparison pair, Item before, Item after, String sku) {
        List<Reason> live = reasons(pair.live(), before, sku);
        List<Reason> draft = reasons(pair.draft(), after, sku);
        List<Cause> causes = new ArrayList<>();
        addMissing(causes, "live", live, new HashSet<>(draft));
        addMissing(causes, "draft", draft, new HashSet<>(live));
        return causes;
    }

    private static void addMissing(List<Cause> causes, String side, List<Reason> reasons, Set<Reason> others) {
        for (Reason reason : reasons) {
            if (!reason.rule().equals(MODEL) && !others.contains(reason)) {
                causes.add(new Cause(side, reason.rule(), reason.effect()));
            }
        }
    }

    private static List<Reason> reasons(DryRun trial, Item item, String sku) {
        List<Reason> reasons = new ArrayList<>(item == null ? List.of() : item.reasons());
        trial.hidden().getOrDefault(sku, List.of()).forEach(rule -> reasons.add(new Reason(rule, "hide")));
        return reasons;
    }
}
