package dev.vitrine.decision.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.Ware;
import dev.vitrine.decision.settlement.SlotAllocation.Bound;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Displays;
import dev.vitrine.merchandising.DiversityKey;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for all proposals. A failure prints its seed and the smallest sample. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class SettlementPropertiesTest {
    private static final List<String> TAGS = List.of("core", "fresh", "promo");
    private static final List<Double> SCORES = List.of(-3.0, -0.1, -0.0, 0.0, 0.1, 0.2, 0.3, 1.0, 2.5);
    private static final List<String> RULES = List.of("r1", "r2", "r3");

    /** Random candidates and proposals. */
    record Sample(List<Candidate> candidates, List<Proposal> proposals, int limit, long rotation) {
        SettlementResult settled() {
            return Settlement.settle(candidates, proposals, limit, rotation, RunningShares.NONE, () -> false);
        }

        boolean hides(Candidate candidate) {
            return proposed(Proposal.Hide.class)
                    .anyMatch(hide -> hide.candidate().equals(candidate));
        }

        /** Whether a cap or limit may leave a place empty. */
        boolean limits() {
            return proposals.stream()
                    .anyMatch(proposal -> proposal instanceof Proposal.Cap
                            || proposal instanceof Proposal.AtMost
                            || proposal instanceof Proposal.AtMostOfEach);
        }

        boolean pins(Candidate candidate) {
            return proposed(Proposal.Pin.class).anyMatch(pin -> pin.candidate().equals(candidate));
        }

        <T extends Proposal> Stream<T> proposed(Class<T> verb) {
            return proposals.stream().filter(verb::isInstance).map(verb::cast);
        }
    }

    /** The random fields of a candidate. */
    record Sketch(
            double score, Set<String> tags, Kind kind, String family, String brand, int sellerRank, boolean extra) {
        Candidate candidate(int rank) {
            Ware ware = extra ? Ware.extra("x" + rank) : Ware.ware("s" + rank, rank, score);
            return ware.tags(tags.toArray(String[]::new))
                    .kind(kind)
                    .family(family)
                    .brand(brand)
                    .relevance(Math.max(0, Math.min(1, score)))
                    .sells(sellerRank)
                    .candidate();
        }
    }

    /** Random contenders, places and bounds. */
    record Choice(double[] scores, int places, List<Bound> bounds) {}

    /** The quality of a choice, the most important criterion first. */
    record Worth(int missing, int filled, double sum, int places) implements Comparable<Worth> {
        private static final Comparator<Worth> BETTER = Comparator.comparingInt(Worth::missing)
                .reversed()
                .thenComparingInt(Worth::filled)
                .thenComparingDouble(Worth::sum)
                .thenComparing(Worth::places, Comparator.reverseOrder());

        @Override
        public int compareTo(Worth other) {
            return BETTER.compare(this, other);
        }
    }

    @Provide
    static Arbitrary<Sample> samples() {
        return candidates().flatMap(candidates -> Combinators.combine(
                        proposal(candidates).list().ofMaxSize(20),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.longs())
                .as((proposals, limit, rotation) -> new Sample(candidates, proposals, limit, rotation)));
    }

    private static Arbitrary<List<Candidate>> candidates() {
        return Combinators.combine(
                        Arbitraries.of(SCORES),
                        Arbitraries.of(TAGS).set().ofMaxSize(3),
                        Arbitraries.of(Kind.PRODUCT, Kind.PRODUCT, Kind.PRODUCT, Kind.BUNDLE, Kind.ARTICLE),
                        Arbitraries.of("mat", "roller", "towel", "block"),
                        Arbitraries.of("", "Asana", "Nova"),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(false, false, false, false, true))
                .as(Sketch::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(15)
                .map(sketches -> IntStream.range(0, sketches.size())
                        .mapToObj(i -> sketches.get(i).candidate(i + 1))
                        .toList());
    }

    private static Arbitrary<Proposal> proposal(List<Candidate> candidates) {
        Arbitrary<String> rule = Arbitraries.of(RULES);
        Arbitrary<Candidate> candidate = Arbitraries.of(candidates);
        Arbitrary<Share> share = Combinators.combine(
                        Arbitraries.of(0.0, 0.1, 0.25, 0.3, 0.5, 0.8, 1.0), Arbitraries.of(Share.Window.values()))
                .as(Share::new);
        Arbitrary<Group> group = Combinators.combine(
                        Arbitraries.of(TAGS).map(Groups::taggedWith), Arbitraries.of(true, false, false))
                .as((tag, rotates) -> rotates ? Groups.rotating(tag) : tag);
        Arbitrary<Proposal> boost = Combinators.combine(rule, candidate, Arbitraries.of(0.1, 0.3, 1.0, 1.1, 3.0, 7.0))
                .as(Proposal.Boost::new);
        Arbitrary<Proposal> hide = Combinators.combine(rule, candidate).as(Proposal.Hide::new);
        Arbitrary<Proposal> pin = Combinators.combine(
                        rule, candidate, Arbitraries.integers().between(1, 14))
                .as(Proposal.Pin::new);
        Arbitrary<Proposal> guarantee = Combinators.combine(rule, share, group).as(Proposal.Guarantee::new);
        Arbitrary<Proposal> cap = Combinators.combine(rule, share, group).as(Proposal.Cap::new);
        Arbitrary<Proposal> most = Combinators.combine(
                        rule, Arbitraries.integers().between(0, 4), group)
                .as(Proposal.AtMost::new);
        Arbitrary<Proposal> mostOfEach = Combinators.combine(
                        rule, Arbitraries.integers().between(1, 3), Arbitraries.of(DiversityKey.values()))
                .as(Proposal.AtMostOfEach::new);
        Arbitrary<Proposal> floor =
                Combinators.combine(rule, Arbitraries.of(0.0, 0.3, 0.6)).as(Proposal.Floor::new);
        Arbitrary<Proposal> show = Combinators.combine(
                        rule,
                        candidate,
                        Arbitraries.of(Display.Type.values()),
                        Arbitraries.integers().between(2, 4))
                .as((by, subject, type, count) -> new Proposal.Show(by, display(type, subject, count)));
        return Arbitraries.frequencyOf(
                Tuple.of(6, boost),
                Tuple.of(3, hide),
                Tuple.of(6, pin),
                Tuple.of(3, guarantee),
                Tuple.of(3, cap),
                Tuple.of(1, most),
                Tuple.of(1, mostOfEach),
                Tuple.of(1, floor),
                Tuple.of(1, show));
    }

    private static Display display(Display.Type type, Candidate subject, int count) {
        return switch (type) {
            case NONE -> Displays.nothing();
            case REINFORCE -> Displays.reinforce(subject.sku());
            case BUNDLE -> Displays.bundle(subject);
            case COMPARISON -> Displays.comparison(count, "sport");
            case ARTICLE -> Displays.article(subject);
            case RANKING -> Display.RANKING;
        };
    }

    @Provide
    static Arbitrary<Choice> choices() {
        Arbitrary<double[]> scores = Arbitraries.integers()
                .between(-4, 8)
                .list()
                .ofMaxSize(9)
                .map(all -> all.stream()
                        .sorted(Comparator.reverseOrder())
                        // eighths have an exact sum in any order, as tenths do not
                        .mapToDouble(score -> score / 8.0)
                        .toArray());
        Arbitrary<Bound> bound = Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(0, 1, 2, 3, 9, 9, 9),
                        Arbitraries.longs().between(0, 511))
                .as((needed, allowed, members) -> new Bound(needed, allowed, BitSet.valueOf(new long[] {members})));
        return Combinators.combine(
                        scores,
                        Arbitraries.integers().between(0, 9),
                        bound.list().ofMaxSize(4))
                .as(SettlementPropertiesTest::choice);
    }

    private static Choice choice(double[] scores, int places, List<Bound> bounds) {
        bounds.forEach(bound -> bound.members().clear(scores.length, 64));
        return new Choice(scores, places, bounds);
    }

    @Property
    void theOrderOfProposalsDoesNotMatter(@ForAll("samples") Sample sample, @ForAll long seed) {
        List<Proposal> shuffled = new ArrayList<>(sample.proposals());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(new Sample(sample.candidates(), shuffled, sample.limit(), sample.rotation()).settled())
                .isEqualTo(sample.settled());
    }

    @Property
    void theOrderOfCandidatesDoesNotMatter(@ForAll("samples") Sample sample, @ForAll long seed) {
        List<Candidate> shuffled = new ArrayList<>(sample.candidates());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(new Sample(shuffled, sample.proposals(), sample.limit(), sample.rotation()).settled())
                .isEqualTo(sample.settled());
    }

    @Property
    void whatIsHiddenIsNeverShown(@ForAll("samples") Sample sample) {
        assertThat(sample.settled().places()).noneMatch(place -> sample.hides(place.candidate()));
    }

    @Property
    void itemsAreDistinctWithinTheLimitAndHaveReasons(@ForAll("samples") Sample sample) {
        List<SettlementResult.Place> places = sample.settled().places();
        assertThat(places).extracting(SettlementResult.Place::candidate).doesNotHaveDuplicates();
        assertThat(places).hasSizeLessThanOrEqualTo(sample.limit());
        assertThat(places).allSatisfy(place -> assertThat(place.reasons()).isNotEmpty());
    }

    @Property
    void aRankingIsFullUnlessACapForbidsIt(@ForAll("samples") Sample sample) {
        SettlementResult settled = sample.settled();
        long there = sample.candidates().stream()
                .filter(candidate -> !candidate.extra() && !sample.hides(candidate))
                .count();
        if (settled.display().equals(Display.RANKING) && !sample.limits()) {
            assertThat(settled.places()).hasSizeGreaterThanOrEqualTo((int) Math.min(there, sample.limit()));
        }
    }

    @Property
    void theOnlyPinToAPositionGetsIt(@ForAll("samples") Sample sample) {
        SettlementResult settled = sample.settled();
        if (!settled.display().equals(Display.RANKING) || sample.limits()) {
            return;
        }
        List<Proposal.Pin> pins = sample.proposed(Proposal.Pin.class)
                .filter(pin -> !sample.hides(pin.candidate()))
                .toList();
        for (Proposal.Pin pin : pins) {
            boolean alone = pins.stream()
                    .allMatch(other -> other.candidate().equals(pin.candidate())
                            ? other.position() >= pin.position()
                            : other.position() != pin.position());
            if (alone && pin.position() <= settled.places().size()) {
                assertThat(settled.places().get(pin.position() - 1).candidate()).isEqualTo(pin.candidate());
            }
        }
    }

    @Property
    void noClassHasMoreItemsThanItsLimit(@ForAll("samples") Sample sample) {
        SettlementResult settled = sample.settled();
        if (!settled.display().equals(Display.RANKING)) {
            return;
        }
        sample.proposed(Proposal.AtMostOfEach.class).forEach(most -> {
            Map<String, List<Candidate>> kinds = settled.places().stream()
                    .map(SettlementResult.Place::candidate)
                    .filter(candidate -> !most.each().of(candidate).isEmpty())
                    .collect(Collectors.groupingBy(most.each()::of));
            // pins beat limits, so only items without a pin can be too many
            assertThat(kinds.values())
                    .allMatch(
                            kind -> kind.size() <= most.count() || kind.stream().allMatch(sample::pins));
        });
        sample.proposed(Proposal.AtMost.class).forEach(most -> {
            List<Candidate> members = settled.places().stream()
                    .map(SettlementResult.Place::candidate)
                    .filter(most.group()::holds)
                    .toList();
            assertThat(members.size() <= most.count() || members.stream().allMatch(sample::pins))
                    .isTrue();
        });
    }

    @Property
    void aGuaranteeLiftsNothingBelowTheFloor(@ForAll("samples") Sample sample) {
        SettlementResult settled = sample.settled();
        double floor = sample.proposed(Proposal.Floor.class)
                .mapToDouble(Proposal.Floor::relevance)
                .max()
                .orElse(0);
        assertThat(settled.places())
                .filteredOn(place -> place.candidate().relevance() < floor)
                .allMatch(place -> place.reasons().stream()
                        .noneMatch(reason -> reason.effect().startsWith("guarantee")));
    }

    @Property(tries = 3000)
    void noOtherChoiceIsBetter(@ForAll("choices") Choice choice) {
        BitSet chosen = SlotAllocation.of(choice.scores(), choice.places(), choice.bounds(), () -> false)
                .chosen();
        assertThat(worth(choice, chosen)).isEqualTo(best(choice));
    }

    private static Worth best(Choice choice) {
        Worth best = null;
        for (long set = 0; set < 1L << choice.scores().length; set++) {
            Worth worth = worth(choice, BitSet.valueOf(new long[] {set}));
            if (worth != null && (best == null || worth.compareTo(best) > 0)) {
                best = worth;
            }
        }
        return best;
    }

    /** Null where the choice breaks a cap or overfills the list. */
    private static Worth worth(Choice choice, BitSet chosen) {
        int filled = chosen.cardinality();
        int eighths = chosen.stream()
                .map(i -> (int) Math.round(choice.scores()[i] * 8))
                .sum();
        int places = chosen.stream().sum();
        int missing = 0;
        for (Bound bound : choice.bounds()) {
            int count = bound.count(chosen);
            if (count > bound.allowed()) {
                return null;
            }
            missing += Math.max(0, bound.needed() - count);
        }
        return filled > choice.places() ? null : new Worth(missing, filled, eighths, places);
    }
}
