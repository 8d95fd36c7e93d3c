package dev.vitrine.decision.settlement;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Share;
import java.util.List;

/** What the proposals led to; {@code limits} and {@code kept} are empty unless a ranking is shown. */
public record SettlementResult(
        Display display,
        List<String> displayedBy,
        List<Place> places,
        List<Shortfall> shortfalls,
        List<Limited> limits,
        List<Kept> kept,
        List<Hidden> hidden) {
    /** One place of the shelf; the score is the model's times all boosts. */
    public record Place(Candidate candidate, double score, List<Reason> reasons) {}

    /** A guarantee that could not be kept. */
    public record Shortfall(List<String> rules, String group, int promised, int delivered, String cause) {}

    /** A group with all of its {@code atMost} places, while {@code leftOut} members would have one by their score. */
    public record Limited(List<String> rules, String group, int atMost, int leftOut) {}

    /** What a guarantee or a cap delivered. Those that ask for nothing (at least 0, at most all) are left out. */
    public record Kept(
            String rule, String group, String verb, Share share, int places, int delivered, Missing missing) {
        public static final String GUARANTEE = "guarantee";
        public static final String CAP = "cap";
    }

    /**
     * Places that a guarantee did not get, by what was missing.
     *
     * @param members too few of the candidates that may be shown belong to the group
     * @param relevance of those that do, too few are above the floor
     * @param room pins, limits or other guarantees took the place
     */
    public record Missing(long members, long relevance, long room) {
        public static final Missing NOTHING = new Missing(0, 0, 0);

        public Missing plus(Missing other) {
            return new Missing(members + other.members, relevance + other.relevance, room + other.room);
        }

        public long places() {
            return members + relevance + room;
        }
    }

    /** A candidate that is not shown, and the rules that hide it. */
    public record Hidden(String sku, int modelRank, List<String> rules) {}
}
