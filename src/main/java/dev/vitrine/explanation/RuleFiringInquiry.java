package dev.vitrine.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.ProductTraces;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.explanation.RuleWhy.Cause;
import dev.vitrine.explanation.RuleWhy.State;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals.ReadBy;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.probe.ConditionFinding;
import dev.vitrine.rulebook.probe.RuleInquiry;
import dev.vitrine.rulebook.publish.PastEditions;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.RuleCard;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why a rule of a decision's edition fired on what was recorded, or why it did not. */
@Singleton
final class RuleFiringInquiry {
    private static final int PROPOSED_MAX = 20;

    private final DecisionRecorder recorder;
    private final ProductTraces traces;
    private final PastEditions editions;
    private final Rulebook rulebook;
    private final RuleInquiry inquiry;
    private final RuleCheck check;

    RuleFiringInquiry(
            DecisionRecorder recorder,
            ProductTraces traces,
            PastEditions editions,
            Rulebook rulebook,
            RuleInquiry inquiry,
            RuleCheck check) {
        this.recorder = recorder;
        this.traces = traces;
        this.editions = editions;
        this.rulebook = rulebook;
        this.inquiry = inquiry;
        this.check = check;
    }

    /** What is asked, and of which decision. */
    private record Asked(String decisionId, int edition, String rule, String sku, JsonNode record) {
        RuleWhy notFired(Cause cause, String sentence) {
            return notFired(cause, sentence, null);
        }

        RuleWhy notFired(Cause cause, String sentence, ConditionFinding condition) {
            return new RuleWhy(decisionId, edition, rule, sku, State.NOT_FIRED, cause, sentence, condition, null);
        }

        RuleWhy unknown(String sentence) {
            return new RuleWhy(decisionId, edition, rule, sku, State.UNKNOWN, null, sentence, null, null);
        }

        RuleWhy fired(State state, String sentence, List<String> proposed) {
            return new RuleWhy(decisionId, edition, rule, sku, state, null, sentence, null, proposed);
        }
    }

    /**
     * @param sku the product that the rule is to fire for; null for any
     * @param seesShoppers whether the answer may tell what is known of the shopper
     */
    RuleWhy why(String rule, String decisionId, String sku, boolean seesShoppers) {
        JsonNode record = recorder.explanation(decisionId)
                .orElseThrow(() -> new ProblemException(404, "decision", "there is no decision '" + decisionId + "'"));
        Asked asked = new Asked(decisionId, record.path("edition").asInt(), rule, sku, record);
        Optional<Edition> edition = editions.edition(asked.edition);
        if (edition.isEmpty()) {
            return asked.unknown("The rules of edition " + asked.edition + " can no longer be used.");
        }
        Optional<RuleCard> card = card(edition.get(), rule);
        if (card.isEmpty()) {
            return notInEdition(asked, edition.get());
        }
        Degraded degraded = RecordedDegradation.of(record);
        if (degraded != null && degraded.modelOrder()) {
            return asked.notFired(
                    degraded.cause().equals(Degraded.TIME_BUDGET) ? Cause.TIME_BUDGET : Cause.RULES_FAILED,
                    "No rule had a say: " + degraded.detail() + ".");
        }
        if (degraded != null && degraded.rules().contains(rule)) {
            return asked.notFired(
                    Cause.LEFT_OUT, "The decision was made without this rule: " + degraded.detail() + ".");
        }
        Optional<ReplayInput> input = recorder.replayInput(decisionId);
        if (input.isEmpty()) {
            return asked.unknown("What the rules saw is no longer on record, or was erased with the shopper.");
        }
        RuleWhy offDuty = offDuty(asked, card.get(), input.get());
        return offDuty == null ? onDuty(asked, edition.get(), input.get(), degraded, seesShoppers) : offDuty;
    }

    private static Optional<RuleCard> card(Edition edition, String rule) {
        return edition.rules().stream().filter(card -> card.name().equals(rule)).findFirst();
    }

    private RuleWhy notInEdition(Asked asked, Edition edition) {
        Edition live = rulebook.live();
        if (card(live, asked.rule).isPresent()) {
            return asked.notFired(
                    Cause.NOT_IN_EDITION,
                    "Edition " + asked.edition + " decided, and did not have this rule; edition " + live.number()
                            + ", which is live, has it.");
        }
        Set<String> known = new TreeSet<>();
        edition.rules().forEach(card -> known.add(card.name()));
        throw new ProblemException(
                404,
                "name",
                "edition " + asked.edition + ", which decided, has no rule " + Json.shortened(asked.rule)
                        + Nearest.hint(asked.rule, known));
    }

    /** Null where the rule was on duty. */
    private RuleWhy offDuty(Asked asked, RuleCard card, ReplayInput input) {
        LocalDate day = LocalDate.ofInstant(input.context().at(), check.zone());
        if (!card.enabled()) {
            return asked.notFired(Cause.PAUSED, "The rule is paused (enabled false).");
        }
        if (card.effective() != null && day.isBefore(LocalDate.parse(card.effective()))) {
            return asked.notFired(
                    Cause.NOT_YET,
                    "The rule begins on " + card.effective() + ", and the decision was made on " + day + ".");
        }
        if (card.expires() != null && !day.isBefore(LocalDate.parse(card.expires()))) {
            return asked.notFired(
                    Cause.ENDED,
                    "The rule ended before " + card.expires() + ", and the decision was made on " + day + ".");
        }
        return null;
    }

    private RuleWhy onDuty(Asked asked, Edition edition, ReplayInput input, Degraded degraded, boolean seesShoppers) {
        if (asked.sku != null && candidate(input, asked.sku).isEmpty()) {
            return asked.notFired(
                    Cause.NO_CANDIDATE,
                    Json.shortened(asked.sku)
                            + " was not among the candidates, so no rule could fire for it; GET /decisions/"
                            + asked.decisionId + "/why?sku=… says why.");
        }
        Set<String> without = degraded == null ? Set.of() : Set.copyOf(degraded.rules());
        Optional<FiringResult> firing = traces.firing(input.context(), edition, without);
        if (firing.isEmpty()) {
            return asked.unknown(
                    "The rules of edition " + asked.edition + " take too long or fail on what was recorded.");
        }
        List<Proposal> own = firing.get().proposals().stream()
                .filter(proposal -> proposal.rule().equals(asked.rule))
                .toList();
        boolean about = asked.sku != null
                && edition.compiled().stream()
                        .flatMap(file -> file.conditions(asked.rule).stream())
                        .anyMatch(parts -> parts.target() != null);
        List<Proposal> concerned = about
                ? own.stream()
                        .filter(proposal -> ProductTraces.about(proposal) == null
                                || ProductTraces.about(proposal).sku().equals(asked.sku))
                        .toList()
                : own;
        List<String> read = firing.get().readings().stream()
                .filter(reading -> reading.rule().equals(asked.rule))
                .map(reading -> ("read " + Json.wireName(reading.reading().mood()) + " "
                                + reading.reading().category())
                        .strip())
                .toList();
        return concerned.isEmpty() && read.isEmpty()
                ? notFired(asked, edition, input, firing.get(), seesShoppers)
                : fired(asked, input, firing.get(), concerned, read);
    }

    private static Optional<Candidate> candidate(ReplayInput input, String sku) {
        return input.facts().candidates().stream()
                .filter(one -> one.sku().equals(sku))
                .findFirst();
    }

    private RuleWhy notFired(
            Asked asked, Edition edition, ReplayInput input, FiringResult firing, boolean seesShoppers) {
        Optional<ConditionParts> parts = edition.compiled().stream()
                .flatMap(file -> file.conditions(asked.rule).stream())
                .findFirst();
        RuleInquiry.Situation situation = new RuleInquiry.Situation(
                input.facts(),
                firing.readings().stream().map(ReadBy::reading).toList(),
                input.context().at(),
                seesShoppers);
        Optional<ConditionFinding> found = parts.flatMap(
                of -> check.inTurn(cancellation -> inquiry.failing(of, situation, asked.sku, cancellation)));
        return found.map(finding ->
                        asked.notFired(Cause.CONDITION, "The rule did not fire: " + finding.sentence() + ".", finding))
                .orElseGet(() -> asked.unknown("Each part of its condition holds by itself, and yet it did not fire."));
    }

    private RuleWhy fired(Asked asked, ReplayInput input, FiringResult firing, List<Proposal> own, List<String> read) {
        List<String> said = Stream.concat(read.stream(), own.stream().map(RuleFiringInquiry::written))
                .distinct()
                .toList();
        List<String> told = said.subList(0, Math.min(said.size(), PROPOSED_MAX));
        String what = "The rule fired: "
                + (said.size() > 3
                        ? String.join(", ", said.subList(0, 2)) + " and " + (said.size() - 2) + " more"
                        : String.join(", ", said));
        if (!read.isEmpty()) {
            return asked.fired(State.FIRED, what + ".", told);
        }
        try {
            if (traces.changesTheList(input, firing.proposals(), asked.rule)) {
                return asked.fired(State.FIRED, what + ".", told);
            }
        } catch (CancellationException e) {
            return asked.fired(State.FIRED, what + "; what that changed takes too long to find out.", told);
        }
        return asked.fired(
                State.FIRED_WITHOUT_EFFECT,
                what + ". The list would be the same without it" + because(asked, firing, own) + ".",
                told);
    }

    /** Why what it proposed changed nothing. */
    private static String because(Asked asked, FiringResult firing, List<Proposal> own) {
        Set<String> about = own.stream()
                .map(ProductTraces::about)
                .filter(candidate -> candidate != null)
                .map(Candidate::sku)
                .collect(Collectors.toSet());
        if (about.isEmpty()) {
            return ofGroups(asked, own);
        }
        Set<String> hiding = new TreeSet<>();
        Set<String> hidden = new TreeSet<>();
        for (Proposal proposal : firing.proposals()) {
            if (proposal instanceof Proposal.Hide hide
                    && !hide.rule().equals(asked.rule)
                    && about.contains(hide.candidate().sku())) {
                hiding.add(WhySentence.quoted(hide.rule()));
                hidden.add(hide.candidate().sku());
            }
        }
        if (hidden.equals(about)) {
            return ": " + (about.size() == 1 ? "the product is" : "these products are") + " hidden by "
                    + String.join(" and ", hiding) + " as well";
        }
        boolean onlyExtra =
                own.stream().map(ProductTraces::about).allMatch(candidate -> candidate != null && candidate.extra());
        if (onlyExtra) {
            return ": the model did not propose " + (about.size() == 1 ? "the product" : "these products")
                    + ", so there is no score to multiply; a pin would show " + (about.size() == 1 ? "it" : "them");
        }
        return own.stream().allMatch(proposal -> proposal instanceof Proposal.Hide)
                ? ": none of these would be on it"
                : ": the scores of these products lead to the same places";
    }

    /** What is proposed for the list or a group of it is on record where it could not be kept. */
    private static String ofGroups(Asked asked, List<Proposal> own) {
        for (JsonNode shortfall : asked.record.path("shortfalls")) {
            for (JsonNode promisedBy : shortfall.path("rules")) {
                if (promisedBy.asText().equals(asked.rule)) {
                    return ": it promised " + shortfall.path("promised").asInt() + " places to "
                            + shortfall.path("group").asText() + ", which got "
                            + shortfall.path("delivered").asInt() + ", because "
                            + shortfall.path("cause").asText();
                }
            }
        }
        return own.stream().anyMatch(proposal -> proposal instanceof Proposal.Show)
                ? ": what another rule shows goes before it"
                : ": the list is so anyway";
    }

    private static String written(Proposal proposal) {
        Candidate about = ProductTraces.about(proposal);
        return about == null ? proposal.effect() : proposal.effect() + " " + about.sku();
    }
}
