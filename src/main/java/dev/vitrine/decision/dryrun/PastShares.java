package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.RunningShares.Count;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * What had been delivered of shares of an hour or a day when a decision was made. That is not on record, but what it can do to a
 * list is little: each share asked for so many places, or left so many. So all of these are tried until the list is the one on
 * record.
 */
final class PastShares {
    /** So many places that a few more or less in a list do not change what is asked. */
    private static final long PLACES = 1_000_000;

    private static final int TRIED_MAX = 500;

    private record Line(Group group, String verb, Share.Window window) {}

    private final List<Line> lines;
    private final List<List<Count>> choices;

    private PastShares(List<Line> lines, List<List<Count>> choices) {
        this.lines = lines;
        this.choices = choices;
    }

    /**
     * Empty where none leads to that list, so that something else has changed since.
     *
     * @param leads whether these shares lead to the list on record
     * @throws CancellationException once there is no time left
     */
    static Optional<RunningShares> leadingTo(
            Collection<Proposal> proposals, int length, Predicate<RunningShares> leads) {
        return leads.test(RunningShares.NONE)
                ? Optional.of(RunningShares.NONE)
                : of(proposals, length).firstThat(leads);
    }

    private static PastShares of(Collection<Proposal> proposals, int length) {
        Map<Line, Double> shares = new LinkedHashMap<>();
        for (Proposal proposal : proposals) {
            if (proposal instanceof Proposal.Guarantee guarantee && overTime(guarantee.share())) {
                shares.merge(
                        new Line(
                                guarantee.group(),
                                Kept.GUARANTEE,
                                guarantee.share().window()),
                        guarantee.share().value(),
                        Math::max);
            } else if (proposal instanceof Proposal.Cap cap && overTime(cap.share())) {
                shares.merge(
                        new Line(cap.group(), Kept.CAP, cap.share().window()),
                        cap.share().value(),
                        Math::min);
            }
        }
        List<List<Count>> choices = new ArrayList<>();
        shares.forEach((line, share) -> choices.add(counts(line, share, length)));
        return new PastShares(List.copyOf(shares.keySet()), choices);
    }

    private static boolean overTime(Share share) {
        return share.window() != Share.Window.LIST;
    }

    /** One count for each number of places that a list of this length may owe the group, or leave it. */
    private static List<Count> counts(Line line, double share, int length) {
        double due = share * (PLACES + length);
        boolean cap = line.verb().equals(Kept.CAP);
        int most = cap ? length : RunningShares.CATCH_UP * (int) Math.ceil(share * length - RunningShares.ROUNDING);
        long whole = (long) (cap ? Math.floor(due + RunningShares.ROUNDING) : Math.ceil(due - RunningShares.ROUNDING));
        List<Count> counts = new ArrayList<>();
        for (int places = 0; places <= most; places++) {
            counts.add(new Count(PLACES, whole - places));
        }
        return counts;
    }

    private Optional<RunningShares> firstThat(Predicate<RunningShares> leads) {
        int[] chosen = new int[lines.size()];
        for (int tried = 0; tried < TRIED_MAX && !lines.isEmpty(); tried++) {
            RunningShares shares = shares(chosen);
            if (leads.test(shares)) {
                return Optional.of(shares);
            }
            if (!advance(chosen)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean advance(int[] chosen) {
        for (int i = 0; i < chosen.length; i++) {
            chosen[i]++;
            if (chosen[i] < choices.get(i).size()) {
                return true;
            }
            chosen[i] = 0;
        }
        return false;
    }

    private RunningShares shares(int[] chosen) {
        Map<Line, Count> counts = new LinkedHashMap<>();
        for (int i = 0; i < chosen.length; i++) {
            counts.put(lines.get(i), choices.get(i).get(chosen[i]));
        }
        return (group, verb, window) -> counts.getOrDefault(new Line(group, verb, window), Count.NOTHING);
    }
}
