package dev.vitrine.decision.settlement;

import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Share;

/** What a placement has shown so far in the running hour and day. */
public interface RunningShares {
    /** Nothing was shown yet. */
    RunningShares NONE = (group, verb, window) -> Count.NOTHING;

    /**
     * The same throughout a decision. Nothing for {@link Share.Window#LIST}: a list begins empty.
     *
     * @param verb {@link SettlementResult.Kept#GUARANTEE} or {@link SettlementResult.Kept#CAP}
     */
    Count of(Group group, String verb, Share.Window window);

    /**
     * @param places filled in lists in which the group was promised, or limited to, a share of the window
     * @param delivered of these to the group
     */
    record Count(long places, long delivered) {
        public static final Count NOTHING = new Count(0, 0);
    }
}
