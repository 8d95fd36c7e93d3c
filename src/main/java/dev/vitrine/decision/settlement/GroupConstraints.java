package dev.vitrine.decision.settlement;

import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Limited;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.decision.settlement.SettlementResult.Shortfall;
import dev.vitrine.decision.settlement.SlotAllocation.Bound;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.DiversityKey;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Guarantees, caps and limits of groups. A guarantee is rounded up to whole places, a cap down, so that both always hold. A
 * guarantee over an hour or a day catches up with at most twice its share of a list, so that a poor morning does not fill
 * the evening's lists. A candidate below the floor counts towards no guarantee unless it is pinned; one that rules have buried
 * is as much less relevant.
 */
final class GroupConstraints {
    private final Map<Group, Terms> termsByGroup = new TreeMap<>();
    private final Map<DiversityKey, Limit> diversity = new EnumMap<>(DiversityKey.class);
    private final RunningShares running;
    private final Map<Candidate, Double> buried = new HashMap<>();
    private double floor;

    GroupConstraints(RunningShares running) {
        this.running = running;
    }

    private static final class Terms {
        private final Set<Proposal.Guarantee> guarantees = new HashSet<>(2);
        private final Set<Proposal.Cap> caps = new HashSet<>(2);
        private final Limit limit = new Limit();
        private boolean rotating;
    }

    private static final class Limit {
        private int count = Integer.MAX_VALUE;
        private final Set<Reason> reasons = new TreeSet<>();

        /** A limit that allows more holds anyway. */
        void add(int most, Reason reason) {
            if (most < count) {
                reasons.clear();
                count = most;
            }
            if (most == count) {
                reasons.add(reason);
            }
        }
    }

    /** Why a bound exists; the group is null for a guarantee, and {@code allowed} counts the whole list. */
    private record Cause(Set<Reason> reasons, String group, int allowed) {
        static Cause guarantee(Set<Reason> reasons) {
            return new Cause(reasons, null, Integer.MAX_VALUE);
        }

        boolean guarantee() {
            return group == null;
        }
    }

    /** The bounds for the places without a pin, and the cause of each in the same order. */
    record Bounds(List<Bound> bounds, List<Cause> causes) {
        /**
         * The rules that gave a contender its place: for which its score alone is too low, or which a better one had to leave.
         *
         * @param tooLow whether its score alone would not do
         */
        Set<Reason> owed(int contender, BitSet binding, boolean tooLow) {
            Set<Reason> owed = new TreeSet<>();
            Set<Reason> limits = new TreeSet<>();
            for (int i = 0; i < bounds.size(); i++) {
                if (!binding.get(i)) {
                    continue;
                }
                if (!causes.get(i).guarantee()) {
                    causes.get(i).reasons().forEach(limit -> limits.add(movedUpBy(limit)));
                } else if (bounds.get(i).members().get(contender)) {
                    owed.addAll(causes.get(i).reasons());
                }
            }
            return owed.isEmpty() && tooLow ? limits : owed;
        }

        /** The rule did not bring it, but keeps others off. */
        private static Reason movedUpBy(Reason limit) {
            return new Reason(limit.rule(), "moves up: " + limit.effect());
        }

        /** The limits that kept contenders off the list; by score alone the first {@code free} would have got places. */
        List<Limited> limited(SlotAllocation.Chosen allocation, int free) {
            List<Limited> limited = new ArrayList<>();
            for (int i = allocation.binding().nextSetBit(0);
                    i >= 0;
                    i = allocation.binding().nextSetBit(i + 1)) {
                Bound bound = bounds.get(i);
                Cause cause = causes.get(i);
                if (!cause.guarantee() && bound.count(allocation.chosen()) == bound.allowed()) {
                    BitSet leftOut = bound.members().get(0, free);
                    leftOut.andNot(allocation.chosen());
                    if (!leftOut.isEmpty()) {
                        limited.add(new Limited(
                                rules(cause.reasons()), cause.group(), cause.allowed(), leftOut.cardinality()));
                    }
                }
            }
            return limited;
        }
    }

    void add(Proposal proposal) {
        if (proposal instanceof Proposal.Guarantee guarantee) {
            Terms terms = terms(guarantee.group());
            terms.guarantees.add(guarantee);
            terms.rotating |= guarantee.group().rotating();
        } else if (proposal instanceof Proposal.Cap cap) {
            terms(cap.group()).caps.add(cap);
        } else if (proposal instanceof Proposal.AtMost most) {
            terms(most.group()).limit.add(most.count(), new Reason(most.rule(), most.effect()));
        } else if (proposal instanceof Proposal.AtMostOfEach most) {
            diversity
                    .computeIfAbsent(most.each(), each -> new Limit())
                    .add(most.count(), new Reason(most.rule(), most.effect()));
        } else if (proposal instanceof Proposal.Floor least) {
            floor = Math.max(floor, least.relevance());
        }
    }

    /** @param factor of its score, below 1 */
    void bury(Candidate candidate, double factor) {
        buried.put(candidate, factor);
    }

    private Terms terms(Group group) {
        return termsByGroup.computeIfAbsent(group, added -> new Terms());
    }

    boolean isEmpty() {
        return termsByGroup.isEmpty() && diversity.isEmpty();
    }

    boolean rotates(Candidate candidate) {
        for (Map.Entry<Group, Terms> entry : termsByGroup.entrySet()) {
            if (entry.getValue().rotating && counts(entry.getKey(), candidate)) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(Group group, Candidate candidate) {
        return group.holds(candidate) && (floor == 0 || relevance(candidate) >= floor);
    }

    private double relevance(Candidate candidate) {
        Double factor = buried.isEmpty() ? null : buried.get(candidate);
        return factor == null ? candidate.relevance() : candidate.relevance() * factor;
    }

    /** For the places without a pin; {@code length} is that of the whole list. */
    Bounds bounds(List<Candidate> contenders, List<Candidate> pinned, int length) {
        List<Bound> bounds = new ArrayList<>();
        List<Cause> causes = new ArrayList<>();
        termsByGroup.forEach((group, terms) -> {
            int placed = count(pinned, group::holds);
            int needed = needed(terms, group, length);
            if (needed > placed) {
                BitSet members = members(contenders, one -> counts(group, one));
                bounds.add(new Bound(needed - placed, Integer.MAX_VALUE, members));
                causes.add(Cause.guarantee(reasons(asking(terms, group, length, needed))));
            }
            int allowed = allowed(terms, group, length);
            if (allowed < length) {
                bounds.add(new Bound(0, Math.max(0, allowed - placed), members(contenders, group::holds)));
                causes.add(new Cause(limiting(terms, group, length, allowed), group.toString(), allowed));
            }
        });
        diversity.forEach((each, limit) -> {
            Map<String, BitSet> classes = new TreeMap<>();
            for (int i = 0; i < contenders.size(); i++) {
                String name = each.of(contenders.get(i));
                if (!name.isEmpty()) {
                    classes.computeIfAbsent(name, unseen -> new BitSet()).set(i);
                }
            }
            Map<String, Integer> placed = new HashMap<>();
            pinned.forEach(candidate -> placed.merge(each.of(candidate), 1, Integer::sum));
            classes.forEach((name, members) -> {
                int allowed = Math.max(0, limit.count - placed.getOrDefault(name, 0));
                if (members.cardinality() > allowed) {
                    bounds.add(new Bound(0, allowed, members));
                    causes.add(
                            new Cause(limit.reasons, each.name().toLowerCase(Locale.ROOT) + " " + name, limit.count));
                }
            });
        });
        return new Bounds(bounds, causes);
    }

    private static int count(List<Candidate> candidates, Predicate<Candidate> group) {
        return (int) candidates.stream().filter(group).count();
    }

    private static BitSet members(List<Candidate> contenders, Predicate<Candidate> group) {
        BitSet members = new BitSet(contenders.size());
        for (int i = 0; i < contenders.size(); i++) {
            members.set(i, group.test(contenders.get(i)));
        }
        return members;
    }

    private int needed(Terms terms, Group group, int length) {
        int needed = 0;
        for (Proposal.Guarantee guarantee : terms.guarantees) {
            needed = Math.max(needed, asked(guarantee, group, length));
        }
        return needed;
    }

    private int asked(Proposal.Guarantee guarantee, Group group, int length) {
        Share share = guarantee.share();
        int asked = (int) Math.ceil(share.value() * length - RunningShares.ROUNDING);
        if (share.window() != Share.Window.LIST) {
            RunningShares.Count before = running.of(group, Kept.GUARANTEE, share.window());
            double behind = share.value() * (before.places() + length) - before.delivered();
            asked = Math.min(
                    (int) Math.ceil(Math.max(0, behind) - RunningShares.ROUNDING), RunningShares.CATCH_UP * asked);
        }
        return Math.min(asked, length);
    }

    /** The guarantees that ask for this many places or more. One that asks for fewer holds anyway. */
    private Set<Proposal.Guarantee> asking(Terms terms, Group group, int length, int places) {
        return terms.guarantees.stream()
                .filter(guarantee -> asked(guarantee, group, length) >= places)
                .collect(Collectors.toSet());
    }

    private int allowed(Terms terms, Group group, int length) {
        int allowed = Math.min(length, terms.limit.count);
        for (Proposal.Cap cap : terms.caps) {
            allowed = Math.min(allowed, allowed(cap, group, length));
        }
        return allowed;
    }

    private int allowed(Proposal.Cap cap, Group group, int length) {
        RunningShares.Count before = running.of(group, Kept.CAP, cap.share().window());
        double left = cap.share().value() * (before.places() + length) - before.delivered();
        return (int) Math.floor(Math.max(0, left) + RunningShares.ROUNDING);
    }

    private Set<Reason> limiting(Terms terms, Group group, int length, int places) {
        Set<Reason> limiting = new TreeSet<>();
        for (Proposal.Cap cap : terms.caps) {
            if (allowed(cap, group, length) <= places) {
                limiting.add(new Reason(cap.rule(), cap.effect()));
            }
        }
        if (terms.limit.count <= places) {
            limiting.addAll(terms.limit.reasons);
        }
        return limiting;
    }

    private static Set<Reason> reasons(Set<? extends Proposal> proposals) {
        Set<Reason> reasons = new TreeSet<>();
        proposals.forEach(proposal -> reasons.add(new Reason(proposal.rule(), proposal.effect())));
        return reasons;
    }

    private static List<String> rules(Set<Reason> reasons) {
        return reasons.stream().map(Reason::rule).distinct().toList();
    }

    List<Kept> kept(List<Candidate> shown, List<Candidate> pinned, List<Candidate> contenders) {
        if (shown.isEmpty()) {
            return List.of();
        }
        List<Kept> kept = new ArrayList<>();
        termsByGroup.forEach((group, terms) -> {
            String name = group.toString();
            int counted = count(shown, one -> counts(group, one) || (group.holds(one) && pinned.contains(one)));
            for (Proposal.Guarantee guarantee : terms.guarantees) {
                if (guarantee.share().value() > 0) {
                    int asked = asked(guarantee, group, shown.size());
                    kept.add(new Kept(
                            guarantee.rule(),
                            name,
                            Kept.GUARANTEE,
                            guarantee.share(),
                            shown.size(),
                            counted,
                            missing(asked, counted, group, pinned, contenders)));
                }
            }
            int members = count(shown, group::holds);
            for (Proposal.Cap cap : terms.caps) {
                if (cap.share().value() < 1) {
                    kept.add(new Kept(cap.rule(), name, Kept.CAP, cap.share(), shown.size(), members, Missing.NOTHING));
                }
            }
        });
        // the sets have no order of their own
        kept.sort(Comparator.comparing(Kept::verb)
                .thenComparing(Kept::group)
                .thenComparing(Kept::rule)
                .thenComparing(one -> one.share().window())
                .thenComparing(one -> one.share().value()));
        return kept;
    }

    private Missing missing(int asked, int delivered, Group group, List<Candidate> pinned, List<Candidate> contenders) {
        if (delivered >= asked) {
            return Missing.NOTHING;
        }
        int placed = count(pinned, group::holds);
        int members = Math.min(asked, placed + count(contenders, group::holds));
        int relevant = Math.min(asked, placed + count(contenders, one -> counts(group, one)));
        return new Missing(asked - members, members - relevant, relevant - delivered);
    }

    /** The broken guarantees of this list, with the cause. A guarantee over time can still be kept by later lists. */
    List<Shortfall> shortfalls(List<Candidate> contenders, List<Candidate> pinned, List<Candidate> chosen, int length) {
        List<Shortfall> shortfalls = new ArrayList<>();
        termsByGroup.forEach((group, terms) -> {
            int promised = terms.guarantees.stream()
                    .filter(guarantee -> guarantee.share().window() == Share.Window.LIST)
                    .mapToInt(guarantee -> asked(guarantee, group, length))
                    .max()
                    .orElse(0);
            int placed = count(pinned, group::holds);
            int delivered = placed + count(chosen, one -> counts(group, one));
            if (delivered < promised) {
                shortfalls.add(new Shortfall(
                        rules(reasons(terms.guarantees)),
                        group.toString(),
                        promised,
                        delivered,
                        cause(promised, group, contenders, pinned, length)));
            }
        });
        return shortfalls;
    }

    private String cause(int promised, Group group, List<Candidate> contenders, List<Candidate> pinned, int length) {
        int placed = count(pinned, group::holds);
        int members = placed + count(contenders, group::holds);
        if (members < promised) {
            return members == 0
                    ? "none of the candidates that may be shown belongs to it"
                    : "only " + members + " of the candidates that may be shown belong to it";
        }
        List<Candidate> relevant =
                contenders.stream().filter(one -> counts(group, one)).toList();
        if (placed + relevant.size() < promised) {
            return "only " + (placed + relevant.size())
                    + " of the candidates that belong to it are relevant enough (floor " + floor + ")";
        }
        int taken = pinned.size() - placed;
        if (length - taken < promised) {
            return "pins take " + taken + " of the " + length + " places";
        }
        return tightest(relevant, pinned, length)
                .filter(limit -> placed + limit.room() < promised)
                .map(limit -> limit.says(placed))
                .orElse("pins, limits and other guarantees together leave no room");
    }

    /** How many of the members a limit leaves room for. */
    private record Room(int room, Set<Reason> reasons) {
        String says(int placed) {
            return reasons.stream()
                            .map(reason -> "\"" + reason.rule() + "\" (" + reason.effect() + ")")
                            .collect(Collectors.joining(" and "))
                    + (reasons.size() == 1 ? " leaves room for " : " leave room for ")
                    + (placed + room);
        }
    }

    private Optional<Room> tightest(List<Candidate> members, List<Candidate> pinned, int length) {
        List<Room> rooms = new ArrayList<>();
        termsByGroup.forEach((group, terms) -> {
            int allowed = allowed(terms, group, length);
            int inside = count(members, group::holds);
            int left = Math.min(inside, Math.max(0, allowed - count(pinned, group::holds)));
            rooms.add(new Room(members.size() - inside + left, limiting(terms, group, length, allowed)));
        });
        diversity.forEach((each, limit) -> {
            Map<String, Integer> taken = new HashMap<>();
            pinned.forEach(candidate -> taken.merge(each.of(candidate), 1, Integer::sum));
            int room = 0;
            for (Candidate member : members) {
                String name = each.of(member);
                if (name.isEmpty() || taken.merge(name, 1, Integer::sum) <= limit.count) {
                    room++;
                }
            }
            rooms.add(new Room(room, limit.reasons));
        });
        return rooms.stream().min(Comparator.comparingInt(Room::room));
    }
}
