package dev.vitrine.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.dryrun.ProductTrace;
import dev.vitrine.decision.dryrun.ProductTrace.Effect;
import dev.vitrine.decision.dryrun.ProductTraces;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.explanation.ProductWhy.Absence;
import dev.vitrine.explanation.ProductWhy.Cause;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.publish.PastEditions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Says what became of a product at a recorded decision. Whether it was shown or hidden is on record. What it lacked and which rule
 * took its place follow from settling the recorded facts again, with the rules of the decision's edition.
 */
@Singleton
final class ProductInquiry {
    private static final double CLOSE = 1e-9;
    private static final String NOT_THE_SAME =
            "Settled again, the list differs from the one on record: what the catalog says has changed since, or many"
                    + " shares of an hour or a day decided together";

    private final DecisionRecorder recorder;
    private final ProductTraces traces;
    private final PastEditions editions;
    private final AbsenceCauses absences;
    private final DryRuns dryRuns;

    ProductInquiry(
            DecisionRecorder recorder,
            ProductTraces traces,
            PastEditions editions,
            AbsenceCauses absences,
            DryRuns dryRuns) {
        this.recorder = recorder;
        this.traces = traces;
        this.editions = editions;
        this.absences = absences;
        this.dryRuns = dryRuns;
    }

    /** @param seesShoppers whether the answer may tell what the shopper bought */
    ProductWhy why(String decisionId, String sku, boolean seesShoppers) {
        JsonNode record = recorder.explanation(decisionId)
                .orElseThrow(() -> new ProblemException(404, "id", "there is no decision '" + decisionId + "'"));
        int edition = record.path("edition").asInt();
        ProductWhy.Builder why = new ProductWhy.Builder(decisionId, edition, sku);
        Optional<ReplayInput> input = recorder.replayInput(decisionId);
        Candidate candidate = input.flatMap(one -> candidate(one.facts(), sku)).orElse(null);
        if (candidate != null) {
            why.places(input.get().facts().placement().limit())
                    .model(candidate.extra() ? null : candidate.rank(), candidate.extra() ? null : candidate.score());
        }
        ProductTrace.Last last = lastShown(record);
        why.last(last);
        JsonNode item = item(record, sku);
        if (item != null) {
            return shown(why, item);
        }
        if (record.path("module").path("sku").asText().equals(sku)) {
            String type = record.path("module").path("type").asText();
            return why.rules(effects(record.path("module").path("rules"), "show " + type))
                    .because(ProductState.SHOWN, "It was what the module was about (" + type + ").");
        }
        if (input.isEmpty()) {
            return why.because(
                    ProductState.UNKNOWN,
                    record.path("visit").asText().isEmpty()
                            ? "It was not shown; the decision was erased with its shopper, and the reason with it."
                            : "It was not shown; what the rules saw was recorded in a form that can no longer be"
                                    + " read.");
        }
        if (candidate == null) {
            return absent(why, record, sku, input.get(), seesShoppers);
        }
        Degraded degraded = RecordedDegradation.of(record);
        if (degraded != null && degraded.modelOrder()) {
            return withoutRules(why, candidate, input.get().facts(), degraded, last, seesShoppers);
        }
        return traced(why, record, candidate, input.get());
    }

    private static Optional<Candidate> candidate(Facts facts, String sku) {
        return facts.candidates().stream().filter(one -> one.sku().equals(sku)).findFirst();
    }

    private static JsonNode item(JsonNode record, String sku) {
        for (JsonNode item : record.path("items")) {
            if (item.path("sku").asText().equals(sku)) {
                return item;
            }
        }
        return null;
    }

    private static ProductWhy shown(ProductWhy.Builder why, JsonNode item) {
        List<Effect> reasons = new ArrayList<>();
        item.path("reasons")
                .forEach(reason -> reasons.add(new Effect(
                        reason.path("rule").asText(), reason.path("effect").asText())));
        if (!item.has("position")) {
            return why.because(
                    ProductState.SHOWN,
                    "It was shown; the decision was erased with its shopper, and the reason with it.");
        }
        int position = item.path("position").asInt();
        return why.position(position)
                .score(item.path("score").asDouble())
                .rules(reasons)
                .because(ProductState.SHOWN, WhySentence.shown(position, reasons));
    }

    private static ProductTrace.Last lastShown(JsonNode record) {
        ProductTrace.Last last = null;
        for (JsonNode item : record.path("items")) {
            double score = item.path("score").asDouble();
            if (item.has("score") && (last == null || score < last.score())) {
                last = new ProductTrace.Last(item.path("sku").asText(), score);
            }
        }
        return last;
    }

    private static List<Effect> effects(JsonNode rules, String effect) {
        List<Effect> effects = new ArrayList<>();
        rules.forEach(rule -> effects.add(new Effect(rule.asText(), effect)));
        return effects;
    }

    private ProductWhy absent(
            ProductWhy.Builder why, JsonNode record, String sku, ReplayInput input, boolean seesShoppers) {
        for (JsonNode leftOut : record.path("leftOut")) {
            if (leftOut.path("sku").asText().equals(sku)) {
                return why.absence(new Absence(Cause.LEFT_OUT, null))
                        .because(
                                ProductState.NOT_PROPOSED,
                                "It was proposed and could not be considered: it "
                                        + leftOut.path("cause").asText() + ".");
            }
        }
        AbsenceCauses.Found found = absences.of(
                sku,
                input.facts(),
                input.context().at(),
                record.path("facts").path("candidatesFrom").asText(),
                seesShoppers,
                () -> hidingIfPinned(record, sku, input));
        return why.absence(found.absence()).because(ProductState.NOT_PROPOSED, found.sentence());
    }

    /** The rules that would hide it if a rule named it: it would be an extra then, and those that hide see extras, too. */
    private List<String> hidingIfPinned(JsonNode record, String sku, ReplayInput input) {
        DecisionContext context = input.context();
        Facts with = dryRuns.withNamed(Set.of(sku), context.facts(), context.at());
        return firing(
                        record,
                        new DecisionContext(context.visit(), context.shopper(), context.at(), with, context.leftOut()))
                .map(FiringResult::proposals)
                .map(proposals -> proposals.stream()
                        .filter(proposal -> proposal instanceof Proposal.Hide hide
                                && hide.candidate().sku().equals(sku))
                        .map(Proposal::rule)
                        .distinct()
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /** Of a decision that was made in the model's order: no rule had a say. */
    private static ProductWhy withoutRules(
            ProductWhy.Builder why,
            Candidate candidate,
            Facts facts,
            Degraded degraded,
            ProductTrace.Last last,
            boolean seesShoppers) {
        String noRules = "No rule had a say (" + degraded.detail() + "), so the list is in the model's order. ";
        why.score(candidate.score());
        if (candidate.extra()) {
            return onlyExtra(why, noRules);
        }
        if (candidate.stock() <= 0 && candidate.kind() != Kind.ARTICLE) {
            return why.because(ProductState.HIDDEN, noRules + "It is sold out, and is never shown.");
        }
        if (facts.cart().holds(candidate)) {
            return why.because(ProductState.HIDDEN, noRules + "It was in the cart already, and is never shown then.");
        }
        if (facts.shopper().owns(candidate)) {
            return why.because(
                    ProductState.HIDDEN,
                    noRules
                            + (seesShoppers
                                    ? "The shopper has bought it, and it was not due again."
                                    : "What this shopper is known for keeps it off the shelf."));
        }
        boolean better = last == null || candidate.score() > last.score();
        if (better) {
            return why.because(ProductState.HIDDEN, noRules + "Rules had kept it off the shelf of this visit before.");
        }
        return why.rank(candidate.rank())
                .lacks(lacks(candidate.score(), last))
                .because(
                        ProductState.OUTRANKED,
                        noRules + "The model ranked it " + WhySentence.ordinal(candidate.rank())
                                + ", after all that is shown.");
    }

    private static ProductWhy onlyExtra(ProductWhy.Builder why, String before) {
        return why.absence(new Absence(Cause.ONLY_EXTRA, null))
                .because(
                        ProductState.NOT_PROPOSED,
                        before
                                + "The model did not propose it; it was at hand for displays and pins only, and no"
                                + " rule pinned or displayed it.");
    }

    private ProductWhy traced(ProductWhy.Builder why, JsonNode record, Candidate candidate, ReplayInput input) {
        List<String> hidingRules = hiding(record, candidate.sku());
        ProductTrace trace = trace(record, candidate, input).orElse(null);
        if (trace == null) {
            why.note("The rules of edition " + record.path("edition").asInt()
                    + " can no longer be fired, so only what is on record is known");
            return hidingRules.isEmpty()
                    ? why.because(
                            ProductState.UNKNOWN, "It was a candidate, was not hidden by a rule, and was not shown.")
                    : why.rules(hideEffects(hidingRules))
                            .because(ProductState.HIDDEN, WhySentence.hidden(hidingRules, List.of()));
        }
        if (!trace.asRecorded()) {
            why.note(NOT_THE_SAME);
        }
        why.score(trace.score()).rules(trace.effects()).without(trace.instead());
        Set<String> rules = new HashSet<>(hidingRules);
        trace.effects().stream()
                .filter(effect -> effect.effect().equals("hide"))
                .forEach(effect -> rules.add(effect.rule()));
        if (!rules.isEmpty()) {
            return why.because(
                    ProductState.HIDDEN,
                    WhySentence.hidden(rules.stream().sorted().toList(), trace.instead()));
        }
        why.rank(trace.rank());
        if (trace.position() != null) {
            return trace.turns() == null || trace.rank() == null || trace.rank() <= trace.places()
                    ? why.because(
                            ProductState.UNKNOWN,
                            "It was not shown, and settled again it would be in place " + trace.position()
                                    + ": something has changed since that is not on record.")
                    : why.because(ProductState.NOT_ITS_TURN, WhySentence.notItsTurn(trace));
        }
        if (trace.display() != Display.Type.RANKING) {
            return why.because(ProductState.SQUEEZED_OUT, WhySentence.display(trace));
        }
        if (trace.rank() == null || candidate.extra()) {
            return onlyExtra(why, WhySentence.boostsOfExtra(trace));
        }
        if (trace.rank() <= trace.places()) {
            return why.because(ProductState.SQUEEZED_OUT, WhySentence.squeezedOut(trace));
        }
        // the lowest score on record may have its place by a share of the day, and is not to be beaten
        ProductTrace.Last beaten = trace.asRecorded() ? trace.last() : lowestAbove(trace.score(), record);
        why.last(beaten);
        if (trace.turns() != null) {
            return why.lacks(lacks(trace.score(), beaten))
                    .because(ProductState.NOT_ITS_TURN, WhySentence.notItsTurn(trace));
        }
        if (beaten == null && trace.score() > 0) {
            return why.because(ProductState.SQUEEZED_OUT, WhySentence.beyondBoosts(trace));
        }
        Double lacks = lacks(trace.score(), beaten);
        return why.lacks(lacks).because(ProductState.OUTRANKED, WhySentence.outranked(trace, beaten, lacks));
    }

    private static List<String> hiding(JsonNode record, String sku) {
        List<String> rules = new ArrayList<>();
        for (JsonNode hidden : record.path("hidden")) {
            if (hidden.path("sku").asText().equals(sku)) {
                hidden.path("rules").forEach(rule -> rules.add(rule.asText()));
            }
        }
        return rules;
    }

    private static List<Effect> hideEffects(List<String> rules) {
        return rules.stream().map(rule -> new Effect(rule, "hide")).toList();
    }

    /** Where the settlement cannot be made again, of the list on record the lowest score that is higher. */
    private static ProductTrace.Last lowestAbove(double score, JsonNode record) {
        ProductTrace.Last lowest = null;
        for (JsonNode item : record.path("items")) {
            double other = item.path("score").asDouble();
            if (other > score && (lowest == null || other < lowest.score())) {
                lowest = new ProductTrace.Last(item.path("sku").asText(), other);
            }
        }
        return lowest;
    }

    private Optional<ProductTrace> trace(JsonNode record, Candidate candidate, ReplayInput input) {
        try {
            return firing(record, input.context())
                    .map(FiringResult::proposals)
                    .flatMap(proposals -> traces.of(input, proposals, candidate.sku()));
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    private Optional<FiringResult> firing(JsonNode record, DecisionContext context) {
        Degraded degraded = RecordedDegradation.of(record);
        Set<String> leftOut = degraded == null ? Set.of() : Set.copyOf(degraded.rules());
        return editions.edition(record.path("edition").asInt())
                .flatMap(edition -> traces.firing(context, edition, leftOut));
    }

    /** The boost that its score lacks to reach the last one; null where a boost would not do. */
    private static Double lacks(double score, ProductTrace.Last last) {
        if (last == null || score == 0 || score > 0 != last.score() > 0) {
            return null;
        }
        double factor = score > 0 ? last.score() / score : score / last.score();
        return factor > 1 + CLOSE && Double.isFinite(factor) ? factor : null;
    }
}
