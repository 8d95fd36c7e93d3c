package dev.vitrine.evaluation;

import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.Outlook;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.rulebook.check.AsIf;
import dev.vitrine.rulebook.check.ReachProbe;
import dev.vitrine.rulebook.check.RuleTrials;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.ShopperQuestions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes recent lists with the live edition and with a change, and once more without each of its rules if there are several. Where a shop has few
 * recent decisions, the pages that every shop has are tried too.
 */
@Singleton
final class DraftReach implements ReachProbe {
    /** Below that, one list is more than the twentieth that a change may harm by default. */
    static final int ENOUGH = 60;

    /** On a busy machine the time is over before anything can be told; so many lists are tried all the same, */
    private static final int LEAST = 20;
    /** for so many times as long. */
    private static final int AT_LAST = 10;

    private final DryRuns dryRuns;
    private final RecentQuestions recent;
    private final TypicalQuestions typical;
    private final RuleTrials trials;
    private final ReachConfig config;

    DraftReach(
            DryRuns dryRuns, RecentQuestions recent, TypicalQuestions typical, RuleTrials trials, ReachConfig config) {
        this.dryRuns = dryRuns;
        this.recent = recent;
        this.typical = typical;
        this.trials = trials;
        this.config = config;
    }

    @Override
    public Reach of(Edition live, Edition draft, List<RuleChange> changes, Instant at) {
        Cancellation over = Cancellation.after(config.time());
        Cancellation atLast = Cancellation.after(config.time().multipliedBy(AT_LAST));
        ReachTally tally = new ReachTally(changes);
        List<DecisionContext> newest = recent.newestFirst();
        List<DecisionContext> decided = newest.subList(0, Math.min(newest.size(), config.lists()));
        Outlook now = dryRuns.now();
        Promises promises = live.promises().and(draft.promises());
        Stream<ReplayInput> questions = decided.stream().map(ReplayInput::madeUp);
        if (decided.size() < ENOUGH) {
            questions = Stream.concat(
                    questions,
                    typical.questions(ENOUGH - decided.size())
                            .map(request -> dryRuns.madeUpForNobody(request, promises, now)));
        }
        boolean ofNobody = ShopperQuestions.inRules(changes);
        List<Tried> tried = new ArrayList<>();
        questions
                .takeWhile(question -> !(tally.lists() < LEAST ? atLast : over).isCancelled())
                .forEach(question -> tried.add(add(tally, asOf(question, at, ofNobody), live, draft)));
        asIf(tally, tried, live, draft, at);
        return tally.reach(config.harmMax(), decided.size(), at);
    }

    /** A list that was made with the live rules and with the change. */
    private record Tried(ReplayInput question, DryRun live, DryRun draft) {}

    /**
     * At one moment for all, so that a rule that begins today is tried on the lists of yesterday.
     *
     * @param ofNobody whether the shopper is left out, so that no count of lists tells what is stored of one
     */
    private static ReplayInput asOf(ReplayInput question, Instant at, boolean ofNobody) {
        DecisionContext context = question.context();
        Facts facts = ofNobody ? context.facts().ofNobodyKnown() : context.facts();
        return ReplayInput.madeUp(
                new DecisionContext(context.visit(), context.shopper(), at, facts, context.leftOut()));
    }

    private Tried add(ReachTally tally, ReplayInput question, Edition live, Edition draft) {
        DryRun before = dryRuns.run(question, live);
        DryRun after = dryRuns.run(question, draft);
        tally.add(question.facts().placement().name(), page(question.facts().page()), before, after);
        for (String rule : tally.touching(after)) {
            tally.add(rule, after, tally.single() ? before : dryRuns.without(question, draft, rule));
        }
        for (String rule : tally.gone(before, after)) {
            tally.add(rule, tally.single() ? after : dryRuns.without(question, live, rule), before);
        }
        return new Tried(question, before, after);
    }

    /**
     * Tries rules whose conditions few lists meet as if what they ask of the visit held: recent lists of a morning say nothing about
     * a rule for the evening. Of a rule that would empty them, the version that serves is tried as well: what it did before is no
     * harm of the change.
     */
    private void asIf(ReachTally tally, List<Tried> tried, Edition live, Edition draft, Instant at) {
        opened(tally.seldom(), tried, draft, at).ifPresent(asIf -> {
            asIf.rules().forEach((rule, open) -> tally.asIf(rule, open.dropped()));
            Map<List<String>, Set<String>> together = asIf.together();
            inTime(tried, list -> {
                asIf.rules().forEach((rule, open) -> {
                    if (!list.draft.rules().contains(rule)) {
                        DryRun with = with(asIf, Set.of(rule), list);
                        tally.addAsIf(rule, with.rules().contains(open.name()), with, list.draft);
                    }
                });
                together.forEach(
                        (conditions, some) -> tally.addTogether(conditions, some, with(asIf, some, list), list.draft));
            });
        });
        opened(tally.changedAndEmptying(config.harmMax()), tried, live, at)
                .ifPresent(asIf -> inTime(tried, list -> asIf.rules().keySet().stream()
                        .filter(rule -> !list.draft.rules().contains(rule))
                        .forEach(rule -> tally.addAsIfBefore(rule, with(asIf, Set.of(rule), list), list.live))));
    }

    private Optional<AsIf> opened(Set<String> rules, List<Tried> tried, Edition edition, Instant at) {
        return rules.isEmpty() || tried.isEmpty() ? Optional.empty() : trials.asIf(edition, rules, at);
    }

    private DryRun with(AsIf asIf, Set<String> rules, Tried list) {
        return dryRuns.without(list.question, asIf.edition(), asIf.allBut(rules));
    }

    private void inTime(List<Tried> tried, Consumer<Tried> trial) {
        Cancellation over = Cancellation.after(config.time());
        Cancellation atLast = Cancellation.after(config.time().multipliedBy(AT_LAST));
        for (int i = 0; i < tried.size() && !(i < LEAST ? atLast : over).isCancelled(); i++) {
            trial.accept(tried.get(i));
        }
    }

    private static String page(Page page) {
        String type = page.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String about = page.sku().isEmpty() ? page.category() : page.sku();
        return about.isEmpty() ? type : type + " " + about;
    }
}
