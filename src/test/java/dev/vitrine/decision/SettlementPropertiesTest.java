package dev.vitrine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.decision.Selection.Bound;
import dev.vitrine.decision.Selection.Contender;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Displays;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Proposal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

/** What holds for whatever is proposed. A failure prints its seed and the smallest sample. */
@PropertyDefaults(tries = 10000, edgeCases = EdgeCasesMode.NONE)
class SettlementPropertiesTest {
    private static final List<String> TAGS = List.of("core", "fresh", "promo");
    private static final List<Double> SCORES = List.of(-3.0, -0.1, -0.0, 0.0, 0.1, 0.2, 0.3, 1.0, 2.5);
    private static final List<String> RULES = List.of("r1", "r2", "r3");

    /** What is settled. */
    record Question(List<Candidate> candidates, List<Proposal> proposals, int limit) {
        Settled settled() {
            return Settlement.settle(candidates, proposals, limit);
        }

        boolean hides(Candidate candidate) {
            return proposed(Proposal.Hide.class)
                    .anyMatch(hide -> hide.candidate().equals(candidate));
        }

        <T extends Proposal> Stream<T> proposed(Class<T> verb) {
            return proposals.stream().filter(verb::isInstance).map(verb::cast);
        }
    }

    /** What is random of a candidate. */
    record Sketch(double score, Set<String> tags, Kind kind, String family, int sellerRank, boolean extra) {
        Candidate candidate(int rank) {
            Ware ware = extra ? Ware.extra("x" + rank) : Ware.ware("s" + rank, rank, score);
            return ware.tags(tags.toArray(String[]::new))
                    .kind(kind)
                    .family(family)
                    .sells(sellerRank)
                    .candidate();
        }
    }

    /** Whom to choose. */
    record Choice(List<Contender> contenders, int places, List<Bound> bounds) {}

    /** How good a choice is, the more important first. */
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
    static Arbitrary<Question> questions() {
        return candidates().flatMap(candidates -> Combinators.combine(
                        proposal(candidates).list().ofMaxSize(20),
                        Arbitraries.integers().between(1, 12))
                .as((proposals, limit) -> new Question(candidates, proposals, limit)));
    }

    private static Arbitrary<List<Candidate>> candidates() {
        return Combinators.combine(
                        Arbitraries.of(SCORES),
                        Arbitraries.of(TAGS).set().ofMaxSize(3),
                        Arbitraries.of(Kind.PRODUCT, Kind.PRODUCT, Kind.PRODUCT, Kind.BUNDLE, Kind.ARTICLE),
                        Arbitraries.of("mat", "roller", "towel", "block"),
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
        Arbitrary<Double> share = Arbitraries.of(0.0, 0.1, 0.25, 0.3, 0.5, 0.8, 1.0);
        Arbitrary<String> tag = Arbitraries.of(TAGS);
        Arbitrary<Proposal> boost = Combinators.combine(rule, candidate, Arbitraries.of(0.1, 0.3, 1.0, 1.1, 3.0, 7.0))
                .as(Proposal.Boost::new);
        Arbitrary<Proposal> hide = Combinators.combine(rule, candidate).as(Proposal.Hide::new);
        Arbitrary<Proposal> pin = Combinators.combine(
                        rule, candidate, Arbitraries.integers().between(1, 14))
                .as(Proposal.Pin::new);
        Arbitrary<Proposal> guarantee =
                Combinators.combine(rule, share, tag.map(Groups::taggedWith)).as(Proposal.Guarantee::new);
        Arbitrary<Proposal> cap =
                Combinators.combine(rule, share, tag.map(Groups::taggedWith)).as(Proposal.Cap::new);
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
        Arbitrary<Contender> contender = Combinators.combine(
                        Arbitraries.integers().between(-4, 8),
                        Arbitraries.longs().between(0, 7))
                .as((score, groups) -> new Contender(score / 10.0, groups));
        Arbitrary<Bound> bound = Combinators.combine(
                        Arbitraries.integers().between(0, 4), Arbitraries.of(0, 1, 2, 3, 8, 8, 8))
                .as(Bound::new);
        return Combinators.combine(
                        contender.list().ofMaxSize(8).map(all -> all.stream()
                                .sorted(Comparator.comparingDouble(one -> -one.score()))
                                .toList()),
                        Arbitraries.integers().between(0, 8),
                        bound.list().ofMaxSize(3))
                .as(Choice::new);
    }

    @Property
    void theOrderOfProposalsDoesNotMatter(@ForAll("questions") Question question, @ForAll long seed) {
        List<Proposal> shuffled = new ArrayList<>(question.proposals());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(new Question(question.candidates(), shuffled, question.limit()).settled())
                .isEqualTo(question.settled());
    }

    @Property
    void theOrderInWhichCandidatesAreListedDoesNotMatter(@ForAll("questions") Question question, @ForAll long seed) {
        List<Candidate> shuffled = new ArrayList<>(question.candidates());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(new Question(shuffled, question.proposals(), question.limit()).settled())
                .isEqualTo(question.settled());
    }

    @Property
    void whatIsHiddenIsNeverShown(@ForAll("questions") Question question) {
        assertThat(question.settled().places()).noneMatch(place -> question.hides(place.candidate()));
    }

    @Property
    void nobodyIsShownTwiceNorMoreThanWereAskedForAndEachHasAReason(@ForAll("questions") Question question) {
        List<Settled.Place> places = question.settled().places();
        assertThat(places).extracting(Settled.Place::candidate).doesNotHaveDuplicates();
        assertThat(places).hasSizeLessThanOrEqualTo(question.limit());
        assertThat(places).allSatisfy(place -> assertThat(place.reasons()).isNotEmpty());
    }

    @Property
    void aRankingIsFullUnlessACapForbidsIt(@ForAll("questions") Question question) {
        Settled settled = question.settled();
        long there = question.candidates().stream()
                .filter(candidate -> !candidate.extra() && !question.hides(candidate))
                .count();
        if (settled.display().equals(Display.RANKING)
                && question.proposed(Proposal.Cap.class).findAny().isEmpty()) {
            assertThat(settled.places()).hasSizeGreaterThanOrEqualTo((int) Math.min(there, question.limit()));
        }
    }

    @Property
    void whoIsPinnedAloneToAPositionHasIt(@ForAll("questions") Question question) {
        Settled settled = question.settled();
        boolean capped = question.proposed(Proposal.Cap.class).findAny().isPresent();
        if (!settled.display().equals(Display.RANKING) || capped) {
            return;
        }
        List<Proposal.Pin> pins = question.proposed(Proposal.Pin.class)
                .filter(pin -> !question.hides(pin.candidate()))
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

    @Property(tries = 3000)
    void noOtherChoiceIsBetter(@ForAll("choices") Choice choice) {
        boolean[] chosen = Selection.of(choice.contenders(), choice.places(), choice.bounds());
        assertThat(worth(choice, chosen)).isEqualTo(best(choice));
    }

    private static Worth best(Choice choice) {
        Worth best = null;
        for (int set = 0; set < 1 << choice.contenders().size(); set++) {
            boolean[] chosen = new boolean[choice.contenders().size()];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = (set >> i & 1) == 1;
            }
            Worth worth = worth(choice, chosen);
            if (worth != null && (best == null || worth.compareTo(best) > 0)) {
                best = worth;
            }
        }
        return best;
    }

    /** Null where the choice breaks a cap or overfills the list. */
    private static Worth worth(Choice choice, boolean[] chosen) {
        int filled = 0;
        int tenths = 0;
        int places = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i]) {
                filled++;
                // whole tenths: sums of floating point numbers would tell equal choices apart
                tenths += (int) Math.round(choice.contenders().get(i).score() * 10);
                places += i;
            }
        }
        int missing = 0;
        for (int bound = 0; bound < choice.bounds().size(); bound++) {
            int count = 0;
            for (int i = 0; i < chosen.length; i++) {
                count += chosen[i] ? (int) (choice.contenders().get(i).groups() >> bound & 1) : 0;
            }
            if (count > choice.bounds().get(bound).allowed()) {
                return null;
            }
            missing += Math.max(0, choice.bounds().get(bound).needed() - count);
        }
        return filled > choice.places() ? null : new Worth(missing, filled, tenths, places);
    }
}
