package dev.vitrine.decision.settlement;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Share;
import java.util.List;

/**
 * What the proposals led to.
 *
 * @param displayedBy the rules that asked for it, none for a plain ranking
 * @param limits limits that kept better candidates off the list; none unless a ranking is shown
 * @param kept what each guarantee and cap delivered; none unless a ranking is shown
 * @param hidden what the model proposed and rules keep off the shelf, in the model's order
 */
public record SettlementResult(
        Display display,
        List<String> displayedBy,
        List<Place> places,
        List<Shortfall> shortfalls,
        List<Limited> limits,
        List<Kept> kept,
        List<Hidden> hidden) {
    /**
     * One place of the shelf.
     *
     * @param score the model's score times all boosts
     */
    public record Place(Candidate candidate, double score, List<Reason> reasons) {}

    /** A guarantee that could not be kept. */
    public record Shortfall(List<String> rules, String group, int promised, int delivered, String cause) {}

    /**
     * A group that has all the places that it may have, while better members of it are left out.
     *
     * @param atMost places that it may have, including those of pinned members
     * @param leftOut how many members would have a place by their score
     */
    public record Limited(List<String> rules, String group, int atMost, int leftOut) {}

    /**
     * What a guarantee or a cap delivered. Those that ask for nothing (at least 0, at most all) are left out.
     *
     * @param delivered places that the group got; of a guarantee only those that count towards it
     */
    public record Kept(String rule, String group, String verb, Share share, int places, int delivered) {
        public static final String GUARANTEE = "guarantee";
        public static final String CAP = "cap";
    }

    /** A candidate that is not shown, and the rules that hide it. */
    public record Hidden(String sku, int modelRank, List<String> rules) {}
}
