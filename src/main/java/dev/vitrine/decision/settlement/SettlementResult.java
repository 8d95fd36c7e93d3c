package dev.vitrine.decision.settlement;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Share;
import java.util.List;

/**
 * What became of the proposals.
 *
 * @param display what is shown
 * @param displayedBy the rules that asked for it, none for a plain ranking
 * @param places who stands where, from position 1
 * @param shortfalls guarantees that could not be kept
 * @param limits what kept better ones off the list; none unless a ranking is shown
 * @param kept what each guarantee and cap came to; none unless a ranking is shown
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
     * @param candidate who has it
     * @param score the model's score times all boosts
     * @param reasons why, never empty
     */
    public record Place(Candidate candidate, double score, List<Reason> reasons) {}

    /**
     * A guarantee that could not be kept.
     *
     * @param rules the rules that gave it
     * @param group whom it was given to
     * @param promised places promised
     * @param delivered places delivered
     * @param cause why
     */
    public record Shortfall(List<String> rules, String group, int promised, int delivered, String cause) {}

    /**
     * A group that has all the places that it may have, while better ones of it are left out.
     *
     * @param rules the rules that limit it
     * @param group whom they limit
     * @param atMost places that it may have, those of pinned ones included
     * @param leftOut how many of it would have had a place by their score
     */
    public record Limited(List<String> rules, String group, int atMost, int leftOut) {}

    /**
     * What a guarantee or a cap came to. One that asks for nothing (at least 0, at most all) is not told.
     *
     * @param rule who asked for it
     * @param group for whom
     * @param verb {@code guarantee} or {@code cap}
     * @param share what was asked for
     * @param places on the list
     * @param delivered of these to the group; of a guarantee only what counts towards it
     */
    public record Kept(String rule, String group, String verb, Share share, int places, int delivered) {
        public static final String GUARANTEE = "guarantee";
        public static final String CAP = "cap";
    }

    /** A candidate that is not shown, and the rules that hide it. */
    public record Hidden(String sku, int modelRank, List<String> rules) {}
}
