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

/** An item that has another position under the draft. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PreviewMoved")
record RankChange(
        String sku,
        String name,
        @Schema(description = "Its position on the live list; absent where it is not on it") Integer live,
        @Schema(description = "Its position on the draft's list; absent where it is not on it") Integer draft,
        @Schema(description = "Effects that it has on one side only; none where it only made room for others")
                List<Cause> rules) {
    private static final String MODEL = "model";

    /** A rule's effect on it that only one side has. */
    @Schema(name = "PreviewCause")
    record Cause(
            @Schema(description = "The side that has the effect: live or draft") String side,
            String rule,
            String effect) {}

    static List<RankChange> between(EditionComparison comparison) {
        Map<String, Item> before = items(comparison.live());
        Map<String, Item> after = items(comparison.draft());
        Map<String, String> names = new LinkedHashMap<>();
        comparison.draft().shown().forEach(candidate -> names.put(candidate.sku(), candidate.name()));
        for (Candidate candidate : comparison.live().shown()) {
            names.putIfAbsent(candidate.sku(), candidate.name());
        }
        List<RankChange> changes = new ArrayList<>();
        names.forEach((sku, name) -> {
            Integer live = position(before.get(sku));
            Integer draft = position(after.get(sku));
            if (live == null || !live.equals(draft)) {
                changes.add(new RankChange(
                        sku, name, live, draft, causes(comparison, before.get(sku), after.get(sku), sku)));
            }
        });
        return changes;
    }

    private static Map<String, Item> items(DryRun dryRun) {
        Map<String, Item> items = new LinkedHashMap<>();
        dryRun.answer().items().forEach(item -> items.put(item.sku(), item));
        return items;
    }

    private static Integer position(Item item) {
        return item == null ? null : item.position();
    }

    private static List<Cause> causes(EditionComparison comparison, Item before, Item after, String sku) {
        List<Reason> live = reasons(comparison.live(), before, sku);
        List<Reason> draft = reasons(comparison.draft(), after, sku);
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

    private static List<Reason> reasons(DryRun dryRun, Item item, String sku) {
        List<Reason> reasons = new ArrayList<>(item == null ? List.of() : item.reasons());
        dryRun.hidden().getOrDefault(sku, List.of()).forEach(rule -> reasons.add(new Reason(rule, "hide")));
        return reasons;
    }
}
