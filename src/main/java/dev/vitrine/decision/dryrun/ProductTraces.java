package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.firing.RuleExclusions;
import dev.vitrine.decision.firing.StuckRules;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.Settlement;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.decision.settlement.SettlementResult.Place;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Follows one product through a recorded decision: fires its edition on the recorded facts, settles what the rules propose, and
 * settles it once more without each rule that may have kept the product off the list.
 */
@Singleton
public final class ProductTraces {
    /** For the firing, and again for all settlements without a rule: far more than a decision takes. */
    private static final Duration TIME_MAX = Duration.ofSeconds(1);

    /** Of that, for finding out how far shares of an hour or a day had been delivered. */
    private static final Duration SHARES_MAX = Duration.ofMillis(500);

    private static final int EFFECTS_MAX = 3;
    /** Just enough to be better. */
    private static final double ABOVE = 1 + 1e-9;

    private final StuckRules stuckRules;

    ProductTraces(StuckRules stuckRules) {
        this.stuckRules = stuckRules;
    }

    /**
     * What the rules of an edition say on the facts of a decision; empty where they take too long or fail.
     *
     * @param without rules that the decision left out
     */
    public Optional<FiringResult> firing(DecisionContext context, Edition edition, Set<String> without) {
        RuleExclusions exclusions = stuckRules.exclusions(edition);
        if (exclusions.wholeEdition()) {
            return Optional.empty();
        }
        Set<String> leftOut = new HashSet<>(exclusions.rules());
        leftOut.addAll(without);
        Cancellation cancellation = Cancellation.after(TIME_MAX);
        try {
            FiringResult firing = edition.fire(context.facts(), context.at(), cancellation, leftOut);
            return cancellation.isCancelled() ? Optional.empty() : Optional.of(firing);
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // a decision would be made without rules
            return Optional.empty();
        }
    }

    /** Empty where the product is no candidate. */
    public Optional<ProductTrace> of(ReplayInput input, Collection<Proposal> proposals, String sku) {
        return input.facts().candidates().stream()
                .filter(candidate -> candidate.sku().equals(sku))
                .findFirst()
                .map(candidate -> trace(input, List.copyOf(proposals), candidate));
    }

    private static ProductTrace trace(ReplayInput input, List<Proposal> proposals, Candidate candidate) {
        Cancellation cancellation = Cancellation.after(TIME_MAX);
        DecisionContext context = input.context();
        Optional<RunningShares> past = past(input, proposals, cancellation);
        RunningShares running = past.orElse(RunningShares.NONE);
        SettlementResult settled = settled(context, proposals, running, cancellation);
        List<String> list =
                input.given() == null ? skus(settled) : input.given().skus();
        List<Place> ranked = byScore(context, proposals, candidate, cancellation);
        int at = indexOf(ranked, candidate);
        int position = indexOf(settled.places(), candidate) + 1;
        double score = at < 0 ? candidate.score() : ranked.get(at).score();
        return new ProductTrace(
                candidate,
                position == 0 ? null : position,
                score,
                at < 0 ? null : at + 1,
                ranked.size(),
                last(context, proposals, candidate, score, settled, running, list),
                context.facts().placement().limit(),
                effects(proposals, candidate),
                position == 0 ? instead(context, proposals, candidate, running, cancellation) : List.of(),
                list,
                past.isPresent(),
                settled.limits().stream()
                        .flatMap(limited -> limited.rules().stream())
                        .distinct()
                        .toList(),
                turns(context, proposals, candidate, running, list, cancellation),
                settled.display().type(),
                settled.displayedBy());
    }

    /** The running shares of the decision; empty where nothing leads to the list on record. */
    private static Optional<RunningShares> past(
            ReplayInput input, List<Proposal> proposals, Cancellation cancellation) {
        if (input.given() == null) {
            return Optional.of(RunningShares.NONE);
        }
        List<String> given = input.given().skus();
        Cancellation part = cancellation.within(SHARES_MAX);
        try {
            return PastShares.leadingTo(proposals, input.facts().placement().limit(), running -> skus(settled(
                            input.context(), proposals, running, part))
                    .equals(given));
        } catch (CancellationException e) {
            // whoever asks gets what can be told without them
            return Optional.empty();
        }
    }

    /** Null where no guarantee gives it a place by turns or over time. */
    private static ProductTrace.Turns turns(
            DecisionContext context,
            List<Proposal> proposals,
            Candidate candidate,
            RunningShares running,
            List<String> list,
            Cancellation cancellation) {
        List<Proposal.Guarantee> promises = proposals.stream()
                .filter(Proposal.Guarantee.class::isInstance)
                .map(Proposal.Guarantee.class::cast)
                .filter(guarantee -> guarantee.group().holds(candidate))
                .toList();
        Set<String> turns = Settlement.takingTurns(
                context.facts().candidates(),
                proposals,
                context.facts().placement().limit(),
                running,
                cancellation::isCancelled);
        if (turns.contains(candidate.sku())) {
            return new ProductTrace.Turns(
                    effects(promises.stream()
                            .filter(guarantee -> guarantee.group().rotating())
                            .toList()),
                    turns.size() - 1,
                    list.stream().filter(turns::contains).toList());
        }
        List<Proposal.Guarantee> overTime = promises.stream()
                .filter(guarantee -> guarantee.share().window() != Share.Window.LIST)
                .toList();
        boolean keptBefore = !overTime.isEmpty()
                && indexOf(
                                settled(context, proposals, RunningShares.NONE, cancellation)
                                        .places(),
                                candidate)
                        >= 0;
        return keptBefore ? new ProductTrace.Turns(effects(overTime), 0, List.of()) : null;
    }

    private static List<ProductTrace.Effect> effects(List<Proposal.Guarantee> guarantees) {
        return guarantees.stream()
                .map(guarantee -> new ProductTrace.Effect(guarantee.rule(), guarantee.effect()))
                .sorted(Comparator.comparing(ProductTrace.Effect::rule).thenComparing(ProductTrace.Effect::effect))
                .toList();
    }

    /**
     * The shown product with the lowest score that it would have to beat. Pins and guarantees give places to products with lower
     * scores, which it need not beat and could not: so it is boosted to the score of each in turn, the lowest first. What is not
     * on the recorded list was not to be beaten then.
     */
    private static ProductTrace.Last last(
            DecisionContext context,
            List<Proposal> proposals,
            Candidate candidate,
            double score,
            SettlementResult settled,
            RunningShares running,
            List<String> list) {
        List<Place> lowestFirst = settled.places().stream()
                .filter(place -> list.contains(place.candidate().sku()))
                .sorted(Comparator.comparingDouble(Place::score))
                .toList();
        Cancellation cancellation = Cancellation.after(TIME_MAX);
        try {
            for (Place place : lowestFirst) {
                double factor = place.score() / score * ABOVE;
                if (score > 0 && factor > 1 && Double.isFinite(factor)) {
                    List<Proposal> boosted = new ArrayList<>(proposals);
                    boosted.add(new Proposal.Boost("", candidate, factor));
                    if (indexOf(settled(context, boosted, running, cancellation).places(), candidate) >= 0) {
                        return new ProductTrace.Last(place.candidate().sku(), place.score());
                    }
                }
            }
        } catch (CancellationException e) {
            // nobody can tell in time
        }
        return lowestFirst.isEmpty() || score > 0
                ? null
                : new ProductTrace.Last(
                        lowestFirst.get(0).candidate().sku(), lowestFirst.get(0).score());
    }

    /** All candidates that no rule hides, by boosts alone, and this one in any case. */
    private static List<Place> byScore(
            DecisionContext context, List<Proposal> proposals, Candidate candidate, Cancellation cancellation) {
        Facts facts = context.facts();
        List<Proposal> ranking = proposals.stream()
                .filter(proposal -> proposal instanceof Proposal.Boost
                        || proposal instanceof Proposal.Hide hide
                                && !hide.candidate().equals(candidate))
                .toList();
        return Settlement.settle(
                        facts.candidates(),
                        ranking,
                        Math.max(1, facts.candidates().size()),
                        0,
                        RunningShares.NONE,
                        cancellation::isCancelled)
                .places();
    }

    private static SettlementResult settled(
            DecisionContext context, Collection<Proposal> proposals, RunningShares running, Cancellation cancellation) {
        return Settling.of(context.facts(), proposals, context.visit().hashCode(), running, cancellation::isCancelled);
    }

    private static int indexOf(List<Place> places, Candidate candidate) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).candidate().equals(candidate)) {
                return i;
            }
        }
        return -1;
    }

    /** The rules without which it is shown, the one that it owes most to first; as far as there is time to look. */
    private static List<ProductTrace.Instead> instead(
            DecisionContext context,
            List<Proposal> proposals,
            Candidate candidate,
            RunningShares running,
            Cancellation cancellation) {
        Map<String, List<Proposal>> byRule = new LinkedHashMap<>();
        for (Proposal proposal : proposals) {
            if (mayKeepOff(proposal, candidate)) {
                byRule.computeIfAbsent(proposal.rule(), rule -> new ArrayList<>())
                        .add(proposal);
            }
        }
        List<ProductTrace.Instead> instead = new ArrayList<>();
        try {
            byRule.forEach((rule, said) -> {
                List<Proposal> others = Settling.without(proposals, rule);
                int position =
                        indexOf(settled(context, others, running, cancellation).places(), candidate) + 1;
                if (position > 0) {
                    instead.add(new ProductTrace.Instead(rule, written(said), position));
                }
            });
        } catch (CancellationException e) {
            // what is known by now is worth an answer
        }
        instead.sort(Comparator.comparingInt(ProductTrace.Instead::position).thenComparing(ProductTrace.Instead::rule));
        return instead;
    }

    private static boolean mayKeepOff(Proposal proposal, Candidate candidate) {
        if (proposal instanceof Proposal.Boost boost) {
            return boost.candidate().equals(candidate) ? boost.factor() < 1 : boost.factor() > 1;
        }
        if (proposal instanceof Proposal.Hide hide) {
            return hide.candidate().equals(candidate);
        }
        return true;
    }

    private static List<String> written(List<Proposal> proposals) {
        List<String> all = proposals.stream()
                .map(proposal -> {
                    Candidate about = about(proposal);
                    return about == null ? proposal.effect() : proposal.effect() + " " + about.sku();
                })
                .distinct()
                .toList();
        if (all.size() <= EFFECTS_MAX) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, EFFECTS_MAX - 1));
        first.add("and " + (all.size() - first.size()) + " more");
        return first;
    }

    /** The candidate that it is about, null for what concerns the shelf. */
    public static Candidate about(Proposal proposal) {
        if (proposal instanceof Proposal.Hide hide) {
            return hide.candidate();
        }
        if (proposal instanceof Proposal.Pin pin) {
            return pin.candidate();
        }
        return proposal instanceof Proposal.Boost boost ? boost.candidate() : null;
    }

    /** What rules propose for the candidate, and then for groups that it belongs to. */
    private static List<ProductTrace.Effect> effects(List<Proposal> proposals, Candidate candidate) {
        return proposals.stream()
                .filter(proposal -> concerns(proposal, candidate))
                .sorted(Comparator.comparing((Proposal proposal) -> about(proposal) == null)
                        .thenComparing(Proposal::rule)
                        .thenComparing(Proposal::effect))
                .map(proposal -> new ProductTrace.Effect(proposal.rule(), proposal.effect()))
                .toList();
    }

    private static boolean concerns(Proposal proposal, Candidate candidate) {
        Candidate about = about(proposal);
        if (about != null) {
            return about.equals(candidate);
        }
        Group group = proposal instanceof Proposal.Guarantee guarantee
                ? guarantee.group()
                : proposal instanceof Proposal.Cap cap
                        ? cap.group()
                        : proposal instanceof Proposal.AtMost atMost ? atMost.group() : null;
        return group == null ? proposal instanceof Proposal.AtMostOfEach : group.holds(candidate);
    }

    /** Whether the list would be another without what this rule proposes. */
    public boolean changesTheList(ReplayInput input, Collection<Proposal> proposals, String rule) {
        Cancellation cancellation = Cancellation.after(TIME_MAX);
        List<Proposal> others = Settling.without(proposals, rule);
        RunningShares running =
                past(input, List.copyOf(proposals), cancellation).orElse(RunningShares.NONE);
        SettlementResult with = settled(input.context(), proposals, running, cancellation);
        SettlementResult without = settled(input.context(), others, running, cancellation);
        return !with.display().equals(without.display()) || !skus(with).equals(skus(without));
    }

    private static List<String> skus(SettlementResult settled) {
        return settled.places().stream().map(place -> place.candidate().sku()).toList();
    }
}
