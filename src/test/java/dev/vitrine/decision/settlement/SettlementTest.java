package dev.vitrine.decision.settlement;

import static dev.vitrine.decision.Ware.extra;
import static dev.vitrine.decision.Ware.ware;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.decision.Ware;
import dev.vitrine.decision.settlement.SettlementResult.Limited;
import dev.vitrine.decision.settlement.SettlementResult.Place;
import dev.vitrine.decision.settlement.SettlementResult.Shortfall;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Displays;
import dev.vitrine.merchandising.DiversityKey;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Shopper.Bought;
import dev.vitrine.merchandising.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final Candidate A = ware("a", 1, 10).candidate();
    private static final Candidate B = ware("b", 2, 8).candidate();
    private static final Candidate C = ware("c", 3, 6).candidate();
    private static final Candidate D = ware("d", 4, 4).candidate();
    private static final List<Candidate> FOUR = List.of(A, B, C, D);

    private static SettlementResult settled(int limit, List<Candidate> candidates, Proposal... proposals) {
        return Settlement.settle(candidates, List.of(proposals), limit, 1, RunningShares.NONE, () -> false);
    }

    private static List<String> skus(SettlementResult settled) {
        return settled.places().stream().map(place -> place.candidate().sku()).toList();
    }

    private static List<String> order(List<Candidate> candidates, Proposal... proposals) {
        return skus(settled(10, candidates, proposals));
    }

    private static Place place(SettlementResult settled, String sku) {
        return settled.places().stream()
                .filter(place -> place.candidate().sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    private static Proposal.Hide hide(Candidate candidate) {
        return new Proposal.Hide("hides", candidate);
    }

    private static Proposal.Pin pin(Candidate candidate, int position) {
        return new Proposal.Pin("pins", candidate, position);
    }

    private static Proposal.Boost boost(Candidate candidate, double factor) {
        return new Proposal.Boost("boosts", candidate, factor);
    }

    private static Proposal.Guarantee guarantee(double share, String tag) {
        return new Proposal.Guarantee("guarantees " + tag, new Share(share, Share.Window.LIST), Groups.taggedWith(tag));
    }

    private static Proposal.Cap cap(double share, String tag) {
        return new Proposal.Cap("caps " + tag, new Share(share, Share.Window.LIST), Groups.taggedWith(tag));
    }

    private static Proposal.Show show(Display display) {
        return new Proposal.Show("shows", display);
    }

    /** Ten plain candidates a1 to a10, then as many tagged ones t1 to t10, all scored by their rank. */
    private static List<Candidate> tenAndTenTagged(String tag) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            candidates.add(ware("a" + i, i, 100 - i).candidate());
        }
        for (int i = 1; i <= 10; i++) {
            candidates.add(ware("t" + i, 10 + i, 90 - i).tags(tag).candidate());
        }
        return candidates;
    }

    private static long count(SettlementResult settled, String tag) {
        return settled.places().stream()
                .filter(place -> place.candidate().tagged(tag))
                .count();
    }

    @Test
    void withoutProposalsTheOrderIsTheModels() {
        SettlementResult settled = settled(3, FOUR);
        assertThat(settled.display()).isEqualTo(Display.RANKING);
        assertThat(skus(settled)).containsExactly("a", "b", "c");
        assertThat(settled.shortfalls()).isEmpty();
        assertThat(place(settled, "b").reasons()).containsExactly(new Reason("model", "rank 2"));
    }

    @Test
    void withoutCandidatesNothingIsShown() {
        assertThat(settled(10, List.of()).places()).isEmpty();
        assertThat(order(List.of(A), hide(A))).isEmpty();
        assertThat(settled(10, List.of(), guarantee(0.3, "core")).shortfalls()).isEmpty();
    }

    @Test
    void hiddenBeatsPinned() {
        assertThat(order(FOUR, pin(A, 1), hide(A))).containsExactly("b", "c", "d");
    }

    @Test
    void hiddenBeatsGuaranteedBoostedAndShown() {
        Candidate core = ware("core", 1, 10).tags("core").candidate();
        SettlementResult settled = settled(
                10, List.of(core, B), hide(core), guarantee(1, "core"), boost(core, 9), show(Displays.bundle(core)));
        assertThat(settled.display()).isEqualTo(Display.RANKING);
        assertThat(skus(settled)).containsExactly("b");
    }

    @Test
    void aPinHoldsWhateverTheScore() {
        SettlementResult settled = settled(10, FOUR, pin(D, 2), boost(A, 5));
        assertThat(skus(settled)).containsExactly("a", "d", "b", "c");
        assertThat(place(settled, "d").reasons()).containsExactly(new Reason("pins", "pin to 2"));
    }

    @Test
    void aPinBeatsAGuarantee() {
        List<Candidate> candidates = List.of(
                A,
                B,
                ware("core1", 3, 6).tags("core").candidate(),
                ware("core2", 4, 5).tags("core").candidate());
        SettlementResult settled = settled(2, candidates, pin(A, 1), guarantee(1, "core"));
        assertThat(skus(settled)).containsExactly("a", "core1");
        assertThat(settled.shortfalls())
                .containsExactly(
                        new Shortfall(List.of("guarantees core"), "core", 2, 1, "pins take 1 of the 2 places"));
    }

    @Test
    void aPinBeatsACap() {
        Candidate core = ware("core", 5, 1).tags("core").candidate();
        assertThat(order(List.of(A, B, core), pin(core, 1), cap(0, "core"))).containsExactly("core", "a", "b");
    }

    @Test
    void aPinnedCandidateCountsForGuaranteeAndCap() {
        List<Candidate> candidates = tenAndTenTagged("core");
        SettlementResult settled = settled(10, candidates, pin(candidates.get(19), 1), guarantee(0.3, "core"));
        assertThat(skus(settled)).startsWith("t10").endsWith("a7", "t1", "t2");
        SettlementResult capped =
                settled(10, candidates, pin(candidates.get(19), 1), boost(candidates.get(10), 100), cap(0.1, "core"));
        assertThat(skus(capped)).startsWith("t10", "a1").doesNotContain("t1");
    }

    @Test
    void aCapBeatsABoost() {
        List<Candidate> candidates = tenAndTenTagged("promo");
        Proposal[] proposals = Stream.concat(
                        Stream.of(cap(0.2, "promo")),
                        candidates.subList(10, 20).stream().map(candidate -> boost(candidate, 50)))
                .toArray(Proposal[]::new);
        SettlementResult settled = settled(10, candidates, proposals);
        assertThat(skus(settled)).startsWith("t1", "t2", "a1").endsWith("a8");
        assertThat(count(settled, "promo")).isEqualTo(2);
    }

    @Test
    void boostsMultiply() {
        SettlementResult settled = settled(10, FOUR, boost(D, 2), new Proposal.Boost("boosts too", D, 1.5));
        assertThat(skus(settled)).containsExactly("d", "a", "b", "c");
        assertThat(place(settled, "d").score()).isEqualTo(12);
        assertThat(place(settled, "d").reasons())
                .containsExactly(new Reason("boosts", "boost 2"), new Reason("boosts too", "boost 1.5"));
    }

    @Test
    void aBurySinks() {
        SettlementResult settled = settled(10, FOUR, boost(A, 0.5));
        assertThat(skus(settled)).containsExactly("b", "c", "a", "d");
        assertThat(place(settled, "a").reasons()).containsExactly(new Reason("boosts", "bury 0.5"));
    }

    @Test
    void tiesKeepTheModelsOrder() {
        assertThat(order(List.of(D, C, B, A), boost(D, 2.5), boost(C, 10 / 6.0), boost(B, 1.25)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void aBoostLiftsANegativeScoreAndABurySinksIt() {
        List<Candidate> candidates = List.of(
                ware("a", 1, -1).candidate(),
                ware("b", 2, -2).candidate(),
                ware("c", 3, -3).candidate());
        assertThat(order(candidates, boost(candidates.get(2), 6))).containsExactly("c", "a", "b");
        assertThat(order(candidates, boost(candidates.get(0), 0.4))).containsExactly("b", "a", "c");
    }

    @Test
    void aBoostLiftsAScoreOfZeroAboveOtherZeros() {
        List<Candidate> candidates = List.of(
                ware("a", 1, 0.1).candidate(),
                ware("b", 2, 0).candidate(),
                ware("c", 3, -0.0).candidate(),
                ware("d", 4, 0).candidate());
        assertThat(order(candidates)).containsExactly("a", "b", "c", "d");
        assertThat(order(candidates, boost(candidates.get(3), 2))).containsExactly("a", "d", "b", "c");
        assertThat(order(candidates, boost(candidates.get(1), 0.5))).containsExactly("a", "c", "d", "b");
    }

    @Test
    void boostsBeyondTheLargestNumberStayFinite() {
        Candidate huge = ware("huge", 2, 1e12).tags("core").candidate();
        Proposal[] proposals = Stream.concat(
                        Stream.of(guarantee(0.5, "core")),
                        Stream.iterate(1, i -> i + 1).limit(200).map(i -> new Proposal.Boost("boosts " + i, huge, 100)))
                .toArray(Proposal[]::new);
        SettlementResult settled = settled(2, List.of(A, huge), proposals);
        assertThat(skus(settled)).containsExactly("huge", "a");
        assertThat(place(settled, "huge").score()).isFinite();
    }

    @Test
    void ofTwoPinsToOnePositionTheBetterGetsItAndTheOtherTheNext() {
        assertThat(order(FOUR, pin(D, 1), pin(C, 1))).containsExactly("c", "d", "a", "b");
        assertThat(order(FOUR, pin(D, 1), pin(C, 1), boost(D, 2))).containsExactly("d", "c", "a", "b");
    }

    @Test
    void aDisplacedPinDisplacesNoOther() {
        assertThat(order(FOUR, pin(B, 1), pin(C, 1), pin(D, 2))).containsExactly("b", "d", "c", "a");
    }

    @Test
    void aCandidatePinnedTwiceTakesTheEarlierPosition() {
        assertThat(order(FOUR, pin(D, 3), new Proposal.Pin("pins too", D, 2))).containsExactly("a", "d", "b", "c");
    }

    @Test
    void aPinBeyondTheListHasNoEffect() {
        SettlementResult settled = settled(3, FOUR, pin(B, 4), pin(D, 9));
        assertThat(skus(settled)).containsExactly("a", "b", "c");
        assertThat(place(settled, "b").reasons()).containsExactly(new Reason("model", "rank 2"));
    }

    @Test
    void aPinToTheLastPlaceHolds() {
        assertThat(skus(settled(3, FOUR, pin(A, 3)))).containsExactly("b", "c", "a");
    }

    @Test
    void aGuaranteeLiftsTheBestOfTheGroupNoFurtherThanNeeded() {
        SettlementResult settled = settled(10, tenAndTenTagged("core"), guarantee(0.3, "core"));
        assertThat(skus(settled)).containsExactly("a1", "a2", "a3", "a4", "a5", "a6", "a7", "t1", "t2", "t3");
        assertThat(place(settled, "t1").reasons()).containsExactly(new Reason("guarantees core", "guarantee 0.3 core"));
        assertThat(place(settled, "a1").reasons()).containsExactly(new Reason("model", "rank 1"));
        assertThat(settled.shortfalls()).isEmpty();
    }

    @Test
    void aGuaranteeThatTheModelMeetsAnywayChangesNothing() {
        List<Candidate> candidates = List.of(ware("core", 1, 10).tags("core").candidate(), B, C);
        SettlementResult settled = settled(2, candidates, guarantee(0.5, "core"));
        assertThat(skus(settled)).containsExactly("core", "b");
        assertThat(place(settled, "core").reasons()).containsExactly(new Reason("model", "rank 1"));
    }

    @Test
    void aGuaranteeIsRoundedUpAndACapDown() {
        List<Candidate> candidates = tenAndTenTagged("core");
        assertThat(count(settled(10, candidates, guarantee(0.3, "core")), "core"))
                .isEqualTo(3);
        assertThat(count(settled(8, candidates, guarantee(0.1, "core")), "core"))
                .isEqualTo(1);
        assertThat(count(settled(10, candidates, guarantee(0.1 + 0.2, "core")), "core"))
                .isEqualTo(3);
        assertThat(count(settled(10, candidates, guarantee(0, "core")), "core")).isZero();
        List<Candidate> last = candidates.stream()
                .filter(candidate -> candidate.tagged("core"))
                .toList();
        assertThat(settled(10, last, cap(0.29, "core")).places()).hasSize(2);
        assertThat(settled(10, last, cap(0.7, "core")).places()).hasSize(7);
        assertThat(settled(10, last, cap(0.09, "core")).places()).isEmpty();
    }

    @Test
    void ofTwoGuaranteesOfOneGroupTheLargerHoldsAndOfTwoCapsTheSmaller() {
        List<Candidate> candidates = tenAndTenTagged("core");
        assertThat(count(settled(10, candidates, guarantee(0.2, "core"), guarantee(0.4, "core")), "core"))
                .isEqualTo(4);
        assertThat(count(settled(10, candidates.subList(10, 20), cap(0.5, "core"), cap(0.2, "core")), "core"))
                .isEqualTo(2);
    }

    @Test
    void overlappingGuaranteesAreSolvedTogether() {
        // solved one after the other, "core" would get its best and leave no place for "fresh"
        List<Candidate> candidates = List.of(
                ware("a", 1, 9).candidate(),
                ware("core", 2, 8).tags("core").candidate(),
                ware("fresh", 3, 7).tags("fresh").candidate(),
                ware("both", 4, 1).tags("core", "fresh").candidate());
        SettlementResult one = settled(1, candidates, guarantee(1, "core"), guarantee(1, "fresh"));
        assertThat(skus(one)).containsExactly("both");
        assertThat(one.shortfalls()).isEmpty();
        assertThat(place(one, "both").reasons())
                .containsExactly(
                        new Reason("guarantees core", "guarantee 1 core"),
                        new Reason("guarantees fresh", "guarantee 1 fresh"));
        SettlementResult two = settled(2, candidates, guarantee(0.5, "core"), guarantee(0.5, "fresh"));
        assertThat(skus(two)).containsExactly("core", "fresh");
    }

    @Test
    void aCapShortensTheListWhenThereIsNothingElse() {
        List<Candidate> candidates = List.of(
                ware("t1", 1, 9).tags("promo").candidate(),
                ware("t2", 2, 8).tags("promo").candidate(),
                ware("t3", 3, 7).tags("promo").candidate(),
                ware("d", 4, 6).candidate());
        assertThat(order(candidates, cap(0.25, "promo"))).containsExactly("t1", "d");
    }

    @Test
    void aCapAmongEqualScoresKeepsTheModelsOrder() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            Ware ware = ware("c" + i, i, 0.1);
            candidates.add((i <= 4 ? ware.tags("promo") : ware).candidate());
        }
        assertThat(skus(settled(5, candidates, cap(0.4, "promo")))).containsExactly("c1", "c2", "c5", "c6", "c7");
    }

    @Test
    void anItemThatMovesUpBecauseOfACapSaysSo() {
        List<Candidate> candidates = List.of(
                ware("t1", 1, 9).tags("promo").candidate(),
                ware("t2", 2, 8).tags("promo").candidate(),
                ware("d", 3, 6).candidate());
        assertThat(place(settled(2, candidates, cap(0.5, "promo")), "d").reasons())
                .containsExactly(new Reason("caps promo", "moves up: cap 0.5 promo"));
    }

    @Test
    void aGuaranteeAgainstACapOfTheSameGroupFallsShort() {
        SettlementResult settled = settled(10, tenAndTenTagged("core"), guarantee(0.5, "core"), cap(0.2, "core"));
        assertThat(count(settled, "core")).isEqualTo(2);
        assertThat(settled.shortfalls())
                .containsExactly(new Shortfall(
                        List.of("guarantees core"), "core", 5, 2, "\"caps core\" (cap 0.2 core) leaves room for 2"));
    }

    @Test
    void aGuaranteeWithTooFewCandidatesFallsShortAndSaysWhy() {
        List<Candidate> candidates =
                List.of(A, B, C, ware("core", 4, 1).tags("core").candidate());
        SettlementResult settled = settled(3, candidates, guarantee(0.6, "core"), guarantee(0.3, "absent"));
        assertThat(skus(settled)).containsExactly("a", "b", "core");
        assertThat(settled.shortfalls())
                .containsExactly(
                        new Shortfall(
                                List.of("guarantees absent"),
                                "absent",
                                1,
                                0,
                                "none of the candidates that may be shown belongs to it"),
                        new Shortfall(
                                List.of("guarantees core"),
                                "core",
                                2,
                                1,
                                "only 1 of the candidates that may be shown belong to it"));
    }

    @Test
    void hiddenCandidatesDoNotCountForAGuarantee() {
        Candidate core = ware("core", 1, 10).tags("core").candidate();
        assertThat(settled(2, List.of(core, B), hide(core), guarantee(0.5, "core"))
                        .shortfalls()
                        .get(0)
                        .cause())
                .startsWith("none of");
    }

    @Test
    void noneAndReinforceShowNoList() {
        SettlementResult nothing = settled(10, FOUR, show(Displays.nothing()), show(Displays.reinforce("a")));
        assertThat(nothing.display()).isEqualTo(Displays.nothing());
        assertThat(nothing.displayedBy()).containsExactly("shows");
        assertThat(nothing.places()).isEmpty();
        SettlementResult reinforce =
                settled(10, FOUR, show(Displays.reinforce("a")), show(Displays.comparison(2, "sport")));
        assertThat(reinforce.display()).isEqualTo(Displays.reinforce("a"));
        assertThat(reinforce.places()).isEmpty();
    }

    @Test
    void aBundleIsShownAlone() {
        Candidate kit = extraOf("kit", Kind.BUNDLE);
        SettlementResult settled =
                settled(10, List.of(A, kit), show(Displays.bundle(kit)), show(Displays.comparison(2, "sport")));
        assertThat(settled.display()).isEqualTo(Displays.bundle(kit));
        assertThat(skus(settled)).containsExactly("kit");
        assertThat(place(settled, "kit").reasons()).containsExactly(new Reason("shows", "show bundle"));
    }

    private static Candidate extraOf(String sku, Kind kind) {
        return extra(sku).kind(kind).candidate();
    }

    @Test
    void ofTwoBundlesTheBetterIsShown() {
        Candidate better = ware("z-kit", 1, 5).kind(Kind.BUNDLE).candidate();
        Candidate other = ware("a-kit", 2, 4).kind(Kind.BUNDLE).candidate();
        assertThat(skus(settled(
                        10, List.of(better, other), show(Displays.bundle(other)), show(Displays.bundle(better)))))
                .containsExactly("z-kit");
    }

    @Test
    void anArticleIsShownAlone() {
        Candidate guide = extraOf("guide", Kind.ARTICLE);
        SettlementResult settled = settled(10, List.of(A, guide), show(Displays.article(guide)));
        assertThat(settled.display().type()).isEqualTo(Display.Type.ARTICLE);
        assertThat(skus(settled)).containsExactly("guide");
    }

    @Test
    void aDisplayThatCannotBeShownGivesWayToTheNext() {
        Candidate kit = extraOf("kit", Kind.BUNDLE);
        Candidate guide = extraOf("guide", Kind.ARTICLE);
        List<Candidate> candidates = List.of(A, B, kit, guide);
        Proposal bundle = show(Displays.bundle(kit));
        Proposal comparison = show(Displays.comparison(3, "sport/yoga"));
        Proposal article = show(Displays.article(guide));
        assertThat(settled(10, candidates, bundle, comparison, article, hide(kit))
                        .display())
                .isEqualTo(Displays.comparison(3, "sport/yoga"));
        assertThat(settled(10, candidates, bundle, comparison, article, hide(kit), hide(B))
                        .display())
                .isEqualTo(Displays.article(guide));
        SettlementResult ranking =
                settled(10, candidates, bundle, comparison, article, hide(kit), hide(B), hide(guide));
        assertThat(ranking.display()).isEqualTo(Display.RANKING);
        assertThat(ranking.displayedBy()).isEmpty();
        assertThat(skus(ranking)).containsExactly("a");
    }

    @Test
    void aComparisonTakesTheBestSellersOfTheCategoryOneOfEachFamily() {
        List<Candidate> candidates = List.of(
                ware("red", 1, 9).family("mat").sells(4).candidate(),
                ware("blue", 2, 8).family("mat").sells(2).candidate(),
                ware("roller", 3, 7).sells(3).candidate(),
                ware("block", 4, 6).sells(1).candidate(),
                ware("phone", 5, 5).category("electronics").sells(1).candidate(),
                ware("guide", 6, 4).kind(Kind.ARTICLE).sells(1).candidate(),
                ware("strap", 7, 3).candidate());
        SettlementResult settled = settled(10, candidates, show(Displays.comparison(3, "sport")));
        assertThat(skus(settled)).containsExactly("block", "blue", "roller");
        assertThat(place(settled, "blue").reasons()).containsExactly(new Reason("shows", "show comparison"));
    }

    @Test
    void aComparisonShowsNoMoreThanAskedFor() {
        Proposal comparison = show(Displays.comparison(3, "sport/yoga"));
        assertThat(skus(settled(2, FOUR, comparison))).containsExactly("a", "b");
        assertThat(settled(1, FOUR, comparison).display()).isEqualTo(Display.RANKING);
    }

    @Test
    void extrasTakeNoPlaceInARankingUnlessPinned() {
        Candidate kit = extraOf("kit", Kind.BUNDLE);
        List<Candidate> candidates = List.of(A, B, kit);
        assertThat(order(candidates, boost(kit, 100))).containsExactly("a", "b");
        assertThat(order(candidates, pin(kit, 2))).containsExactly("a", "kit", "b");
        assertThat(skus(settled(2, candidates, pin(kit, 1)))).containsExactly("kit", "a");
    }

    @Test
    void anExtraPinnedBeyondTheListMakesItNoLonger() {
        Candidate kit = extraOf("kit", Kind.BUNDLE);
        List<Candidate> candidates = List.of(
                A,
                B,
                ware("core1", 3, 2).tags("core").candidate(),
                ware("core2", 4, 1).tags("core").candidate(),
                kit);
        SettlementResult settled = settled(10, candidates, pin(kit, 9), guarantee(0.75, "core"));
        assertThat(skus(settled)).containsExactly("a", "b", "core1", "core2");
        assertThat(settled.shortfalls().get(0).promised()).isEqualTo(3);
    }

    @Test
    void extrasPinnedToOnePositionAreOrderedBySku() {
        Candidate one = extraOf("kit-1", Kind.BUNDLE);
        Candidate two = extraOf("kit-2", Kind.BUNDLE);
        assertThat(order(List.of(two, A, one), pin(two, 1), pin(one, 1))).containsExactly("kit-1", "kit-2", "a");
        assertThat(order(List.of(one, A, two), pin(one, 1), pin(two, 1))).containsExactly("kit-1", "kit-2", "a");
    }

    @Test
    void everyPlaceHasAReason() {
        List<Candidate> candidates = tenAndTenTagged("core");
        SettlementResult settled = settled(
                10,
                candidates,
                guarantee(0.3, "core"),
                pin(candidates.get(5), 1),
                boost(candidates.get(6), 2),
                hide(candidates.get(0)));
        assertThat(settled.places()).hasSize(10).allSatisfy(place -> assertThat(place.reasons())
                .isNotEmpty());
    }

    @Test
    void theModelsOrderLeavesOutWhatIsNeverRightToShow() {
        List<Candidate> candidates = List.of(
                B,
                A,
                ware("sold-out", 3, 6).stock(0).candidate(),
                ware("guide", 4, 4).kind(Kind.ARTICLE).stock(0).candidate(),
                ware("in-cart", 5, 3).candidate(),
                extra("kit").candidate(),
                ware("phone", 6, 2.9).candidate(),
                ware("phone-kit", 7, 2.8)
                        .kind(Kind.BUNDLE)
                        .partFamilies("phone", "case")
                        .candidate(),
                ware("coffee", 8, 2.7).candidate(),
                ware("hidden", 9, 2.6).candidate(),
                ware("last", 10, 2).candidate());
        Map<String, Bought> bought = Map.of("phone", new Bought(1, 40, 0), "coffee", new Bought(3, 30, 30));
        SettlementResult settled = Settlement.modelOrder(facts(10, candidates, bought), "hidden"::equals);
        assertThat(skus(settled)).containsExactly("a", "b", "guide", "coffee", "last");
        assertThat(settled.display()).isEqualTo(Display.RANKING);
        assertThat(place(settled, "guide").reasons()).containsExactly(new Reason("model", "rank 4"));
        assertThat(skus(Settlement.modelOrder(facts(2, candidates, bought), sku -> false)))
                .containsExactly("a", "b");
    }

    private static Facts facts(int limit, List<Candidate> candidates, Map<String, Bought> bought) {
        return new Facts(
                new Shop(300, false, 12, Shop.THURSDAY),
                new Placement("home-page", limit, 2),
                new Page(null, null, null, null, null, 0),
                new Shopper(true, 1, 4, 400, 30, 30, 0, null, null, null, null, null, bought, null, null),
                Visit.JUST_BEGUN,
                new Cart(1, 20, 20, Set.of("in-cart"), Set.of()),
                List.of(),
                candidates);
    }

    @Test
    void aGuaranteeCountsOnlyRelevantOrPinnedItems() {
        List<Candidate> candidates = List.of(
                ware("core1", 1, 10).tags("core").relevance(0.9).candidate(),
                ware("core2", 2, 8).tags("core").relevance(0.1).candidate(),
                ware("core3", 3, 6).tags("core").relevance(0.1).candidate());
        SettlementResult settled = settled(
                3,
                candidates,
                new Proposal.Floor("floor", 0.5),
                pin(candidates.get(2), 1),
                guarantee(0.3, "core"),
                cap(0.99, "core"));
        assertThat(settled.kept())
                .extracting(
                        SettlementResult.Kept::verb, SettlementResult.Kept::places, SettlementResult.Kept::delivered)
                .containsExactly(tuple("cap", 2, 2), tuple("guarantee", 2, 2));
        assertThat(settled(3, candidates, new Proposal.Floor("floor", 0.5), guarantee(0.3, "core"))
                        .kept())
                .extracting(SettlementResult.Kept::delivered)
                .containsExactly(1);
    }

    @Test
    void whatRulesBuryIsAsMuchLessRelevant() {
        Candidate phone = ware("phone", 4, 2).tags("core").relevance(0.4).candidate();
        List<Candidate> candidates = List.of(
                ware("a", 1, 10).relevance(1).candidate(),
                ware("b", 2, 8).relevance(1).candidate(),
                phone);
        Proposal floor = new Proposal.Floor("floor", 0.1);
        assertThat(settled(2, candidates, floor, guarantee(0.5, "core"), boost(phone, 0.5))
                        .places())
                .extracting(place -> place.candidate().sku())
                .containsExactly("a", "phone");
        SettlementResult buried =
                settled(2, candidates, floor, guarantee(0.5, "core"), boost(phone, 0.5), boost(phone, 0.1));
        assertThat(buried.places()).extracting(place -> place.candidate().sku()).containsExactly("a", "b");
        assertThat(buried.shortfalls())
                .extracting(SettlementResult.Shortfall::cause)
                .singleElement()
                .asString()
                .contains("relevant enough (floor 0.1)");
        // a boost makes nothing relevant
        assertThat(settled(2, candidates, new Proposal.Floor("floor", 0.5), guarantee(0.5, "core"), boost(phone, 2))
                        .places())
                .extracting(place -> place.candidate().sku())
                .containsExactly("a", "b");
    }

    @Test
    void sharesThatAskForNothingAreNotCounted() {
        assertThat(settled(3, FOUR, guarantee(0, "core"), cap(1, "core")).kept())
                .isEmpty();
        assertThat(settled(3, FOUR, guarantee(0.1, "core"), cap(0.1, "core")).kept())
                .hasSize(2);
        assertThat(settled(3, List.of(), guarantee(0.5, "core")).kept()).isEmpty();
        assertThat(settled(3, FOUR, guarantee(0.5, "core"), show(Displays.nothing()))
                        .kept())
                .isEmpty();
    }

    // --- limits that keep candidates off the list ---

    private static Proposal.AtMost atMost(String rule, int count, Group group) {
        return new Proposal.AtMost(rule, count, group);
    }

    private static final Group CORE = Groups.taggedWith("core");

    @Test
    void aLimitThatOnlyShortensTheListIsReported() {
        List<Candidate> core = tenAndTenTagged("core").subList(10, 20);
        SettlementResult settled = settled(6, core, atMost("few core", 2, CORE));
        assertThat(skus(settled)).containsExactly("t1", "t2");
        assertThat(settled.limits()).containsExactly(new Limited(List.of("few core"), "core", 2, 4));
        assertThat(settled(6, core, cap(0.5, "core")).limits())
                .containsExactly(new Limited(List.of("caps core"), "core", 3, 3));
    }

    @Test
    void aLimitThatGivesThePlaceToAnotherIsReported() {
        List<Candidate> candidates = List.of(
                ware("core1", 1, 9).tags("core").candidate(),
                ware("core2", 2, 8).tags("core").candidate(),
                C,
                D);
        SettlementResult settled = settled(2, candidates, atMost("few core", 1, CORE));
        assertThat(skus(settled)).containsExactly("core1", "c");
        assertThat(place(settled, "c").reasons()).containsExactly(new Reason("few core", "moves up: at most 1 core"));
        assertThat(settled.limits()).containsExactly(new Limited(List.of("few core"), "core", 1, 1));
    }

    @Test
    void aLimitWithoutEffectIsNotReported() {
        List<Candidate> candidates = tenAndTenTagged("core");
        assertThat(settled(10, candidates, atMost("few core", 0, CORE)).limits())
                .as("none would have had a place")
                .isEmpty();
        assertThat(settled(12, candidates.subList(0, 12), atMost("few core", 2, CORE))
                        .limits())
                .as("there are no more")
                .isEmpty();
        assertThat(settled(10, candidates.subList(10, 20), atMost("few core", 2, CORE), show(Displays.nothing()))
                        .limits())
                .as("there is no list")
                .isEmpty();
    }

    @Test
    void onlyTheStrictestLimitOfAGroupIsReported() {
        List<Candidate> core = tenAndTenTagged("core").subList(10, 20);
        SettlementResult settled = settled(
                10,
                core,
                atMost("five", 5, CORE),
                atMost("two", 2, CORE),
                atMost("two as well", 2, CORE),
                cap(0.4, "core"));
        assertThat(settled.limits()).containsExactly(new Limited(List.of("two", "two as well"), "core", 2, 8));
    }

    @Test
    void ofTwoGroupsOnlyTheFullOneIsReported() {
        List<Candidate> candidates = IntStream.rangeClosed(1, 5)
                .mapToObj(
                        i -> ware("n" + i, i, 10 - i).tags("core").brand("Nova").candidate())
                .toList();
        SettlementResult settled =
                settled(5, candidates, atMost("three core", 3, CORE), atMost("one Nova", 1, Groups.ofBrand("Nova")));
        assertThat(skus(settled)).containsExactly("n1");
        assertThat(settled.limits()).containsExactly(new Limited(List.of("one Nova"), "brand Nova", 1, 4));
    }

    @Test
    void aLimitOfEachBrandNamesTheBrand() {
        List<Candidate> candidates = List.of(
                ware("n1", 1, 9).brand("Nova").candidate(),
                ware("n2", 2, 8).brand("Nova").candidate(),
                ware("l1", 3, 7).brand("Luma").candidate());
        SettlementResult settled = settled(3, candidates, new Proposal.AtMostOfEach("variety", 1, DiversityKey.BRAND));
        assertThat(skus(settled)).containsExactly("n1", "l1");
        assertThat(settled.limits()).containsExactly(new Limited(List.of("variety"), "brand Nova", 1, 1));
    }

    @Test
    void aGuaranteeThatALimitOfEachBrandBreaksNamesTheLimit() {
        List<Candidate> core = List.of(
                ware("n1", 1, 9).brand("Nova").tags("core").candidate(),
                ware("n2", 2, 8).brand("Nova").tags("core").candidate(),
                ware("l1", 3, 7).brand("Luma").tags("core").candidate(),
                ware("a", 4, 6).candidate());
        SettlementResult settled =
                settled(4, core, guarantee(0.75, "core"), new Proposal.AtMostOfEach("variety", 1, DiversityKey.BRAND));
        assertThat(settled.shortfalls())
                .containsExactly(new Shortfall(
                        List.of("guarantees core"),
                        "core",
                        3,
                        2,
                        "\"variety\" (at most 1 of each brand) leaves room for 2"));
    }

    @Test
    void guaranteesThatOnlyTogetherAreTooMuchSayThat() {
        List<Candidate> candidates = List.of(
                ware("c1", 1, 9).tags("core").candidate(),
                ware("c2", 2, 8).tags("core").candidate(),
                ware("p1", 3, 7).tags("promo").candidate(),
                ware("p2", 4, 6).tags("promo").candidate());
        SettlementResult settled = settled(2, candidates, guarantee(1, "core"), guarantee(1, "promo"));
        assertThat(settled.shortfalls())
                .extracting(Shortfall::cause)
                .containsOnly("pins, limits and other guarantees together leave no room");
    }

    @Test
    void pinnedItemsCountTowardsALimit() {
        List<Candidate> core = tenAndTenTagged("core").subList(10, 14);
        SettlementResult settled = settled(4, core, pin(core.get(3), 1), atMost("few core", 2, CORE));
        assertThat(skus(settled)).containsExactly("t4", "t1");
        assertThat(settled.limits()).containsExactly(new Limited(List.of("few core"), "core", 2, 2));
    }

    @Test
    void aSettlementThatNobodyWaitsForEnds() {
        List<Candidate> candidates = IntStream.rangeClosed(1, 400)
                .mapToObj(rank -> ware("p-" + rank, rank, 1.0 / rank)
                        .tags(rank > 300 ? "tag-" + rank % 100 : "none")
                        .candidate())
                .toList();
        List<Proposal> proposals = IntStream.range(0, 100)
                .<Proposal>mapToObj(i -> new Proposal.Guarantee(
                        "rule " + i, new Share(0.01, Share.Window.LIST), Groups.taggedWith("tag-" + i)))
                .toList();
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> Settlement.settle(
                        candidates, proposals, 100, 1, RunningShares.NONE, () -> asked.incrementAndGet() > 3))
                .isInstanceOf(CancellationException.class);
        assertThat(asked).hasValue(4);
    }
}
