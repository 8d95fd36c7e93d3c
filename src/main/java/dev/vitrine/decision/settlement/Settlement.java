package dev.vitrine.decision.settlement;

import dev.vitrine.decision.settlement.SettlementResult.Hidden;
import dev.vitrine.decision.settlement.SettlementResult.Limited;
import dev.vitrine.decision.settlement.SettlementResult.Place;
import dev.vitrine.decision.settlement.SettlementResult.Shortfall;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Facts;
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
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Settles the proposals of the rules: hide beats pin, pin beats guarantee and cap, those beat boost. Ties keep the model's
 * order, and the order of proposals never matters. A candidate that is pinned twice takes the earlier position; of two
 * pinned to one position the better one gets it, the other the next without a pin. Boosts multiply; they divide a negative
 * score, and decide among scores of zero, so that a boost always lifts.
 */
public final class Settlement {
    private static final String MODEL = "model";

    /** Who is at least a quarter as likely as the best of those that take turns takes a turn, too. Our choice. */
    private static final double NEARLY = 4;

    private static final Comparator<Proposal.Boost> BY_FACTOR =
            Comparator.comparingDouble(Proposal.Boost::factor).thenComparing(Proposal.Boost::rule);
    /** Extras have no rank, so the sku decides last. */
    private static final Comparator<Entry> BEST_FIRST = Comparator.comparingDouble((Entry entry) -> -entry.score)
            .thenComparingDouble(entry -> -entry.lift)
            .thenComparingInt(entry -> entry.candidate.rank())
            .thenComparing(entry -> entry.candidate.sku());

    private final int limit;
    private final long rotation;
    private final GroupConstraints constraints;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Display, Set<String>> displays = new HashMap<>();
    private final List<Hidden> hidden = new ArrayList<>();
    private List<Limited> limits = List.of();
    /** Those that take turns, as places in the list of those who contend; only who asks why looks. */
    private List<Integer> takingTurns = List.of();

    private List<Entry> contending = List.of();

    private final BooleanSupplier cancelled;

    private Settlement(int limit, long rotation, RunningShares running, BooleanSupplier cancelled) {
        this.cancelled = cancelled;
        this.limit = limit;
        this.rotation = rotation;
        this.constraints = new GroupConstraints(running);
    }

    private static final class Entry {
        private final Candidate candidate;
        private List<Proposal.Boost> boosts = List.of();
        private List<Proposal.Pin> pins = List.of();
        private Set<Reason> reasons = Set.of();
        private int pinned;
        private boolean placed;
        private Set<String> hiddenBy = Set.of();
        private double score;
        /** The product of all boosts of a score of zero, which they cannot multiply; 1 for any other. */
        private double lift = 1;

        Entry(Candidate candidate) {
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

        int pinned() {
            return pinned;
        }
    }

    /**
     * @param candidates each sku once, ranked by the model
     * @param rotation stays the same throughout a visit; decides whose turn it is where members of a group take turns
     * @throws CancellationException once it is cancelled
     */
    public static SettlementResult settle(
            List<Candidate> candidates,
            Collection<Proposal> proposals,
            int limit,
            long rotation,
            RunningShares running,
            BooleanSupplier cancelled) {
        Settlement settlement = new Settlement(limit, rotation, running, cancelled);
        settlement.add(candidates, proposals);
        return settlement.settled();
    }

    /**
     * The skus of those that take turns in the places of a rotating group, whoever has a turn in this visit; empty where none do.
     * The parameters are those of {@link #settle}.
     */
    public static Set<String> takingTurns(
            List<Candidate> candidates,
            Collection<Proposal> proposals,
            int limit,
            RunningShares running,
            BooleanSupplier cancelled) {
        Settlement settlement = new Settlement(limit, 0, running, cancelled);
        settlement.add(candidates, proposals);
        settlement.settled();
        return settlement.takingTurns.stream()
                .map(i -> settlement.contending.get(i).candidate.sku())
                .collect(Collectors.toSet());
    }

    /**
     * The model's order without what is never right to show, rules or not: what is sold out, is in the cart already, or was
     * bought and is not due again, also as a part of a bundle.
     *
     * @param hidden whether rules kept a sku off the visit's shelf when they considered it last
     */
    public static SettlementResult modelOrder(Facts facts, Predicate<String> hidden) {
        List<Place> places = facts.candidates().stream()
                .filter(candidate -> !candidate.extra()
                        && (candidate.stock() > 0 || candidate.kind() == Kind.ARTICLE)
                        && !facts.cart().holds(candidate)
                        && !facts.shopper().owns(candidate)
                        && !hidden.test(candidate.sku()))
                .sorted(Comparator.comparingInt(Candidate::rank))
                .limit(facts.placement().limit())
                .map(candidate -> new Place(candidate, candidate.score(), List.of(byModel(candidate))))
                .toList();
        return new SettlementResult(Display.RANKING, List.of(), places, List.of(), List.of(), List.of(), List.of());
    }

    private void add(List<Candidate> candidates, Collection<Proposal> proposals) {
        Map<String, Entry> bySku = new HashMap<>(candidates.size() * 2);
        for (Candidate candidate : candidates) {
            Entry entry = new Entry(candidate);
            entries.add(entry);
            bySku.put(candidate.sku(), entry);
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
                constraints.add(proposal);
            }
        }
        for (Entry entry : entries) {
            double factor = boost(entry);
            if (factor < 1) {
                constraints.bury(entry.candidate, factor);
            }
        }
        entries.stream()
                .filter(entry -> !entry.hiddenBy.isEmpty() && !entry.candidate.extra())
                .sorted(Comparator.comparingInt(entry -> entry.candidate.rank()))
                .forEach(entry -> hidden.add(
                        new Hidden(entry.candidate.sku(), entry.candidate.rank(), List.copyOf(entry.hiddenBy))));
        entries.removeIf(entry -> !entry.hiddenBy.isEmpty());
        entries.sort(BEST_FIRST);
    }

    /** Returns the product of all factors. */
    private static double boost(Entry entry) {
        // -0.0 becomes 0.0, after which it would sort
        double score = entry.candidate.score() + 0.0;
        double product = 1;
        boolean zero = score == 0;
        if (entry.boosts.size() > 1) {
            // multiplication rounds, so its order must not depend on the order of the rules
            entry.boosts.sort(BY_FACTOR);
        }
        for (Proposal.Boost boost : entry.boosts) {
            score = score < 0 ? score / boost.factor() : score * boost.factor();
            product *= boost.factor();
        }
        entry.lift = zero ? product : 1;
        entry.score = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, score));
        return product;
    }

    private SettlementResult settled() {
        for (Display display : displays.keySet().stream()
                .sorted(Comparator.comparing(Display::type)
                        .thenComparingInt(this::indexOfSubject)
                        .thenComparing(Display::subject)
                        .thenComparing(Display::count))
                .toList()) {
            List<Entry> shown = shownBy(display);
            if (shown != null) {
                Set<String> rules = displays.get(display);
                for (Entry entry : shown) {
                    rules.forEach(rule -> entry.add(new Reason(rule, new Proposal.Show(rule, display).effect())));
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

    /** Of two bundles, the better one is shown. */
    private int indexOfSubject(Display display) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).candidate.sku().equals(display.subject())) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** The entries on the display, or null when the candidates do not suffice for it. */
    private List<Entry> shownBy(Display display) {
        return switch (display.type()) {
            case NONE, REINFORCE -> List.of();
            case BUNDLE, ARTICLE -> {
                int at = indexOfSubject(display);
                yield at == Integer.MAX_VALUE ? null : List.of(entries.get(at));
            }
            case COMPARISON -> compared(display);
            case RANKING -> null;
        };
    }

    /**
     * What the visitor looked at, and then the best sellers of the category; one of each family, since five colours of one
     * product are no comparison.
     */
    private List<Entry> compared(Display display) {
        Set<String> families = new HashSet<>();
        List<Entry> compared = entries.stream()
                .filter(entry -> entry.candidate.kind() == Kind.PRODUCT && entry.candidate.within(display.subject()))
                .sorted(Comparator.comparing((Entry entry) -> !entry.candidate.viewed())
                        .thenComparingInt(entry -> entry.candidate.sellerRank()))
                .filter(entry -> families.add(entry.candidate.family()))
                .limit(Math.min(display.count(), limit))
                .toList();
        return compared.size() < 2 ? null : compared;
    }

    private SettlementResult ranking() {
        List<Entry> pinned = entries.stream()
                .filter(entry -> entry.pinned() > 0)
                .sorted(Comparator.comparingInt(Entry::pinned))
                .toList();
        List<Entry> contenders = new ArrayList<>(entries);
        contenders.removeIf(entry -> entry.candidate.extra());
        Entry[] places = pin(pinned, length(contenders.size(), pinned));
        int longest = longest(contenders.size(), places);
        while (longest < places.length) {
            // an extra without a place leaves a gap that nothing can fill and that would shift those after it
            places = pin(pinned, longest);
            longest = longest(contenders.size(), places);
        }
        take(places);
        contenders.removeIf(entry -> entry.placed);
        List<Candidate> placed = Arrays.stream(places)
                .filter(entry -> entry != null)
                .map(entry -> entry.candidate)
                .toList();
        List<Entry> chosen = chosen(contenders, placed, places.length);
        List<Shortfall> shortfalls = constraints.isEmpty()
                ? List.of()
                : constraints.shortfalls(candidates(contenders), placed, candidates(chosen), places.length);
        int next = 0;
        for (Entry entry : chosen) {
            while (places[next] != null) {
                next++;
            }
            places[next] = entry;
        }
        List<Entry> filled =
                Arrays.stream(places).filter(entry -> entry != null).toList();
        return new SettlementResult(
                Display.RANKING,
                List.of(),
                filled.stream().map(Settlement::place).toList(),
                shortfalls,
                limits,
                constraints.isEmpty()
                        ? List.of()
                        : constraints.kept(candidates(filled), placed, candidates(contenders)),
                hidden);
    }

    private static List<Candidate> candidates(List<Entry> entries) {
        return entries.stream().map(entry -> entry.candidate).toList();
    }

    /** How many places can be filled. An extra makes the list longer only where its pin lies within it. */
    private int length(int contenders, List<Entry> pinned) {
        int length = contenders;
        for (Entry entry : pinned) {
            if (entry.candidate.extra() && entry.pinned() <= length + 1) {
                length++;
            }
        }
        return Math.min(limit, length);
    }

    private static int longest(int contenders, Entry[] places) {
        return contenders
                + (int) Arrays.stream(places)
                        .filter(entry -> entry != null && entry.candidate.extra())
                        .count();
    }

    private static Entry[] pin(List<Entry> pinned, int length) {
        Entry[] places = new Entry[length];
        List<Entry> displaced = new ArrayList<>();
        for (Entry entry : pinned) {
            int position = entry.pinned() - 1;
            if (position < places.length && places[position] == null) {
                places[position] = entry;
            } else {
                displaced.add(entry);
            }
        }
        for (Entry entry : displaced) {
            int position = entry.pinned();
            while (position < places.length && places[position] != null) {
                position++;
            }
            if (position < places.length) {
                places[position] = entry;
            }
        }
        return places;
    }

    private static void take(Entry[] places) {
        for (Entry entry : places) {
            if (entry != null) {
                entry.placed = true;
                entry.pins.forEach(pin -> entry.add(new Reason(pin.rule(), pin.effect())));
            }
        }
    }

    private List<Entry> chosen(List<Entry> contenders, List<Candidate> placed, int length) {
        int free = length - placed.size();
        if (constraints.isEmpty()) {
            return contenders.subList(0, Math.min(free, contenders.size()));
        }
        GroupConstraints.Bounds bounds = constraints.bounds(candidates(contenders), placed, length);
        SlotAllocation.Chosen allocation = SlotAllocation.of(turns(contenders, free), free, bounds.bounds(), cancelled);
        limits = bounds.limited(allocation, free);
        List<Entry> chosen = new ArrayList<>(free);
        int leftOut = allocation.chosen().nextClearBit(0);
        for (int i = allocation.chosen().nextSetBit(0);
                i >= 0;
                i = allocation.chosen().nextSetBit(i + 1)) {
            Entry entry = contenders.get(i);
            chosen.add(entry);
            if (i > leftOut) {
                bounds.owed(i, allocation.binding(), i >= free).forEach(entry::add);
            }
        }
        return chosen;
    }

    /**
     * Contenders that take turns and score too low for a place swap scores: their order varies between visits only. Those that
     * fit much worse than others take no turn.
     */
    private double[] turns(List<Entry> contenders, int free) {
        double[] scores = contenders.stream().mapToDouble(entry -> entry.score).toArray();
        List<Integer> rotating = new ArrayList<>();
        for (int i = free; i < scores.length; i++) {
            boolean near = rotating.isEmpty() || scores[i] * NEARLY >= scores[rotating.get(0)];
            if (near && constraints.rotates(contenders.get(i).candidate)) {
                rotating.add(i);
            }
        }
        if (rotating.size() > 1) {
            takingTurns = rotating;
            contending = contenders;
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

    private static Place place(Entry entry) {
        entry.boosts.forEach(boost -> entry.add(new Reason(boost.rule(), boost.effect())));
        return new Place(
                entry.candidate,
                entry.score,
                entry.reasons.isEmpty() ? List.of(byModel(entry.candidate)) : List.copyOf(entry.reasons));
    }

    private static Reason byModel(Candidate candidate) {
        return new Reason(MODEL, "rank " + candidate.rank());
    }
}
