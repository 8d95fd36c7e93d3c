package dev.vitrine.decision.settlement;

import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Share;

/** What a placement has shown so far in the running hour and day. */
public interface RunningShares {
    RunningShares NONE = (group, verb, window) -> Count.NOTHING;

    /** The same throughout a decision. Nothing for {@link Share.Window#LIST}, because a list begins empty. */
    Count of(Group group, String verb, Share.Window window);

    /** @param places on lists for which rules guaranteed the group a share of the window, or capped it */
    record Count(long places, long delivered) {
        public static final Count NOTHING = new Count(0, 0);
    }
}
