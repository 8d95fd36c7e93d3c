package dev.vitrine.decision.settlement;

import dev.vitrine.decision.settlement.SettlementResult.Hidden;
import dev.vitrine.decision.settlement.SettlementResult.Limited;
import dev.vitrine.decision.settlement.SettlementResult.Place;
import dev.vitrine.decision.settlement.SettlementResult.Shortfall;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Proposal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settles what the rules proposed: hide beats pin; pin beats guarantee and cap; those beat boost; boosts multiply; ties
 * keep the model's order. The result depends on what was proposed, never on the order in which it was.
 *
 * <p>Where the words leave room, our choices: a candidate pinned twice takes the earlier position; of two pinned to one
 * position the better one has it and the other takes the next to which nobody is pinned; a pin beyond the list is no pin;
 * boosts of a negative score divide, and boosts of zero decide among zeros, so that a boost always lifts. Guarantees,
 * caps and limits are {@link GroupConstraints}' to tell.
 */
public final class Settlement {
    private static final String MODEL = "model";

    private static final Comparator<Proposal.Boost> BY_FACTOR =
            Comparator.comparingDouble(Proposal.Boost::factor).thenComparing(Proposal.Boost::rule);
    /** What was brought along has no rank of its own, so the last word is the sku's. */
    private static final Comparator<Standing> BEST_FIRST = Comparator.comparingDouble(
                    (Standing standing) -> -standing.score)
            .thenComparingDouble(standing -> -standing.lift)
            .thenComparingInt(standing -> standing.candidate.rank())
            .thenComparing(standing -> standing.candidate.sku());

    private final int limit;
    private final long rotation;
    private final GroupConstraints promises;
    private final List<Standing> standings = new ArrayList<>();
    private final Map<Display, Set<String>> displays = new HashMap<>();
    private final List<Hidden> hidden = new ArrayList<>();
    private List<Limited> limits = List.of();

    private Settlement(int limit, long rotation, RunningShares running) {
        this.limit = limit;
        this.rotation = rotation;
        this.promises = new GroupConstraints(running);
    }

    /** What one candidate was proposed for. There are up to a thousand, and few are pinned, boosted or shown. */
    private static final class Standing {
        private final Candidate candidate;
        private List<Proposal.Boost> boosts = List.of();
        private List<Proposal.Pin> pins = List.of();
        private Set<Reason> reasons = Set.of();
        private int pinned;
        private boolean placed;
        private Set<String> hiddenBy = Set.of();
        private double score;
        /** All boosts of a score of zero, which has nothing to multiply; 1 for any other. */
        private double lift = 1;

        Standing(Candidate candidate) {
            this.candidate = candidate;
        }

        void add(Proposal.Boost boost) {
            if (boosts.isEmpty()) {
                boosts = new ArrayList<>(2);
            }
            boosts.add(boost);
        }

        void add(Proposal.Pin pin) {
            if (pins.isEmpty()) {
                pins = new ArrayList<>(1);
                pinned = pin.position();
            }
            pins.add(pin);
            pinned = Math.min(pinned, pin.position());
        }

        void add(Proposal.Hide hide) {
            if (hiddenBy.isEmpty()) {
                hiddenBy = new TreeSet<>();
            }
            hiddenBy.add(hide.rule());
        }

        void add(Reason reason) {
            if (reasons.isEmpty()) {
                reasons = new TreeSet<>();
            }
            reasons.add(reason);
        }

        /** The earliest position that it was pinned to, 0 where it was not. */
        int pinned() {
            return pinned;
        }
    }

    /**
     * @param candidates each sku once, ranked by the model
     * @param proposals in any order
     * @param limit places to fill
     * @param rotation a number that stays the same throughout a visit: whose turn it is where members of a group take turns
     * @param running what the placement has shown so far
     */
    public static SettlementResult settle(
            List<Candidate> candidates,
            Collection<Proposal> proposals,
            int limit,
            long rotation,
            RunningShares running) {
        Settlement settlement = new Settlement(limit, rotation, running);
        settlement.hear(candidates, proposals);
        return settlement.settled();
    }

    /** The model's order with nothing but what can never be right left out: what is sold out, or in the cart already. */
    public static SettlementResult modelOrder(List<Candidate> candidates, Cart cart, int limit) {
        List<Place> places = candidates.stream()
                .filter(candidate -> !candidate.extra()
                        && (candidate.stock() > 0 || candidate.kind() == Kind.ARTICLE)
                        && !cart.holds(candidate))
                .sorted(Comparator.comparingInt(Candidate::rank))
                .limit(limit)
                .map(candidate -> new Place(candidate, candidate.score(), List.of(byModel(candidate))))
                .toList();
        return new SettlementResult(Display.RANKING, List.of(), places, List.of(), List.of(), List.of(), List.of());
    }

    private void hear(List<Candidate> candidates, Collection<Proposal> proposals) {
        Map<String, Standing> bySku = new HashMap<>(candidates.size() * 2);
        for (Candidate candidate : candidates) {
            Standing standing = new Standing(candidate);
            standings.add(standing);
            bySku.put(candidate.sku(), standing);
        }
        for (Proposal proposal : proposals) {
            if (proposal instanceof Proposal.Boost boost) {
                bySku.get(boost.candidate().sku()).add(boost);
            } else if (proposal instanceof Proposal.Hide hide) {
                bySku.get(hide.candidate().sku()).add(hide);
            } else if (proposal instanceof Proposal.Pin pin) {
                bySku.get(pin.candidate().sku()).add(pin);
            } else if (proposal instanceof Proposal.Show show) {
                displays.computeIfAbsent(show.display(), display -> new TreeSet<>())
                        .add(show.rule());
            } else {
                promises.hear(proposal);
            }
        }
        for (Standing standing : standings) {
            boost(standing);
        }
        standings.stream()
                .filter(standing -> !standing.hiddenBy.isEmpty() && !standing.candidate.extra())
                .sorted(Comparator.comparingInt(standing -> standing.candidate.rank()))
                .forEach(standing -> hidden.add(new Hidden(
                        standing.candidate.sku(), standing.candidate.rank(), List.copyOf(standing.hiddenBy))));
        standings.removeIf(standing -> !standing.hiddenBy.isEmpty());
        standings.sort(BEST_FIRST);
    }

    private static void boost(Standing standing) {
        // there is a zero below zero, which would sort after it
        double score = standing.candidate.score() + 0.0;
        boolean zero = score == 0;
        if (standing.boosts.size() > 1) {
            // multiplication rounds, so that its order must not be the order of the rules
            standing.boosts.sort(BY_FACTOR);
        }
        for (Proposal.Boost boost : standing.boosts) {
            score = score < 0 ? score / boost.factor() : score * boost.factor();
            standing.lift *= zero ? boost.factor() : 1;
        }
        standing.score = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, score));
    }

    private SettlementResult settled() {
        for (Display display : displays.keySet().stream()
                .sorted(Comparator.comparing(Display::type)
                        .thenComparingInt(this::standingOf)
                        .thenComparing(Display::subject)
                        .thenComparing(Display::count))
                .toList()) {
            List<Standing> shown = shownBy(display);
            if (shown != null) {
                Set<String> rules = displays.get(display);
                for (Standing standing : shown) {
                    rules.forEach(rule -> standing.add(new Reason(rule, new Proposal.Show(rule, display).effect())));
                }
                return new SettlementResult(
                        display,
                        List.copyOf(rules),
                        shown.stream().map(Settlement::place).toList(),
                        List.of(),
                        List.of(),
                        List.of(),
                        hidden);
            }
        }
        return ranking();
    }

    /** Where the display's subject stands, so that of two bundles the better one is shown. */
    private int standingOf(Display display) {
        for (int i = 0; i < standings.size(); i++) {
            if (standings.get(i).candidate.sku().equals(display.subject())) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Who is on the display, or null when it cannot be shown with the candidates there are. */
    private List<Standing> shownBy(Display display) {
        return switch (display.type()) {
            case NONE, REINFORCE -> List.of();
            case BUNDLE, ARTICLE -> {
                int at = standingOf(display);
                yield at == Integer.MAX_VALUE ? null : List.of(standings.get(at));
            }
            case COMPARISON -> compared(display);
            case RANKING -> null;
        };
    }

    /** The best sellers of the category, one of each family: five colours of one thing are no comparison. */
    private List<Standing> compared(Display display) {
        Set<String> families = new HashSet<>();
        List<Standing> compared = standings.stream()
                .filter(standing ->
                        standing.candidate.kind() == Kind.PRODUCT && standing.candidate.within(display.subject()))
                .sorted(Comparator.comparingInt(standing -> standing.candidate.sellerRank()))
                .filter(standing -> families.add(standing.candidate.family()))
                .limit(Math.min(display.count(), limit))
                .toList();
        return compared.size() < 2 ? null : compared;
    }

    private SettlementResult ranking() {
        List<Standing> pinned = standings.stream()
                .filter(standing -> standing.pinned() > 0)
                .sorted(Comparator.comparingInt(Standing::pinned))
                .toList();
        List<Standing> contenders = new ArrayList<>(standings);
        contenders.removeIf(standing -> standing.candidate.extra());
        Standing[] places = pin(pinned, length(contenders.size(), pinned));
        int longest = longest(contenders.size(), places);
        while (longest < places.length) {
            // an extra that found no place leaves one that nobody can fill, and would move those behind it
            places = pin(pinned, longest);
            longest = longest(contenders.size(), places);
        }
        take(places);
        contenders.removeIf(standing -> standing.placed);
        List<Candidate> placed = Arrays.stream(places)
                .filter(standing -> standing != null)
                .map(standing -> standing.candidate)
                .toList();
        List<Standing> chosen = chosen(contenders, placed, places.length);
        List<Shortfall> shortfalls = promises.none()
                ? List.of()
                : promises.shortfalls(candidates(contenders), placed, candidates(chosen), places.length);
        int next = 0;
        for (Standing standing : chosen) {
            while (places[next] != null) {
                next++;
            }
            places[next] = standing;
        }
        List<Standing> filled =
                Arrays.stream(places).filter(standing -> standing != null).toList();
        return new SettlementResult(
                Display.RANKING,
                List.of(),
                filled.stream().map(Settlement::place).toList(),
                shortfalls,
                limits,
                promises.none() ? List.of() : promises.kept(candidates(filled), placed),
                hidden);
    }

    private static List<Candidate> candidates(List<Standing> standings) {
        return standings.stream().map(standing -> standing.candidate).toList();
    }

    /** Places that can be filled: what was brought along makes the list longer only where its pin lies within it. */
    private int length(int contenders, List<Standing> pinned) {
        int length = contenders;
        for (Standing standing : pinned) {
            if (standing.candidate.extra() && standing.pinned() <= length + 1) {
                length++;
            }
        }
        return Math.min(limit, length);
    }

    /** How long a list can be in which all but the extras among those placed come from the contenders. */
    private static int longest(int contenders, Standing[] places) {
        return contenders
                + (int) Arrays.stream(places)
                        .filter(standing -> standing != null && standing.candidate.extra())
                        .count();
    }

    /** Gives pinned candidates their places in a list of this length. */
    private static Standing[] pin(List<Standing> pinned, int length) {
        Standing[] places = new Standing[length];
        List<Standing> displaced = new ArrayList<>();
        for (Standing standing : pinned) {
            int position = standing.pinned() - 1;
            if (position < places.length && places[position] == null) {
                places[position] = standing;
            } else {
                displaced.add(standing);
            }
        }
        for (Standing standing : displaced) {
            int position = standing.pinned();
            while (position < places.length && places[position] != null) {
                position++;
            }
            if (position < places.length) {
                places[position] = standing;
            }
        }
        return places;
    }

    private static void take(Standing[] places) {
        for (Standing standing : places) {
            if (standing != null) {
                standing.placed = true;
                standing.pins.forEach(pin -> standing.add(new Reason(pin.rule(), pin.effect())));
            }
        }
    }

    /** Who gets the places that pins leave, best first. */
    private List<Standing> chosen(List<Standing> contenders, List<Candidate> placed, int length) {
        int free = length - placed.size();
        if (promises.none()) {
            return contenders.subList(0, Math.min(free, contenders.size()));
        }
        GroupConstraints.Bounds bounds = promises.bounds(candidates(contenders), placed, length);
        SlotAllocation.Chosen selected = SlotAllocation.of(turns(contenders, free), free, bounds.bounds());
        limits = bounds.limited(selected, free);
        List<Standing> chosen = new ArrayList<>(free);
        for (int i = selected.chosen().nextSetBit(0);
                i >= 0;
                i = selected.chosen().nextSetBit(i + 1)) {
            Standing standing = contenders.get(i);
            chosen.add(standing);
            if (i >= free) {
                bounds.owed(i, selected.binding()).forEach(standing::add);
            }
        }
        return chosen;
    }

    /**
     * The scores by which places are given. Those who take turns, and would not be on the list by their own score, pass
     * their scores round among themselves: who comes first varies from visit to visit, never within one.
     */
    private double[] turns(List<Standing> contenders, int free) {
        double[] scores =
                contenders.stream().mapToDouble(standing -> standing.score).toArray();
        List<Integer> rotating = new ArrayList<>();
        for (int i = free; i < scores.length; i++) {
            if (promises.rotates(contenders.get(i).candidate)) {
                rotating.add(i);
            }
        }
        if (rotating.size() > 1) {
            List<Integer> turns = new ArrayList<>(rotating);
            turns.sort(Comparator.comparingLong(
                            (Integer i) -> turn(contenders.get(i).candidate.sku()))
                    .thenComparing(i -> contenders.get(i).candidate.sku()));
            for (int i = 0; i < turns.size(); i++) {
                scores[turns.get(i)] = contenders.get(rotating.get(i)).score;
            }
        }
        return scores;
    }

    /** Mixes the visit with the sku (the finaliser of SplitMix64, Steele, Lea and Flood 2014). */
    private long turn(String sku) {
        long mixed = rotation ^ sku.hashCode() * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private static Place place(Standing standing) {
        standing.boosts.forEach(boost -> standing.add(new Reason(boost.rule(), boost.effect())));
        return new Place(
                standing.candidate,
                standing.score,
                standing.reasons.isEmpty() ? List.of(byModel(standing.candidate)) : List.copyOf(standing.reasons));
    }

    private static Reason byModel(Candidate candidate) {
        return new Reason(MODEL, "rank " + candidate.rank());
    }
}
