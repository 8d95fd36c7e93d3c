package dev.vitrine.decision.settlement;

import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Share;

/** What a placement has shown so far in the running hour and day. */
public interface RunningShares {
    /** 0.3 of 10 places must not become 4 because of the last bit of a floating point number. */
    double ROUNDING = 1e-9;

    /** A guarantee over time catches up with at most so many times its share of a list. */
    int CATCH_UP = 2;

    RunningShares NONE = (group, verb, window) -> Count.NOTHING;

    /** The same throughout a decision. Nothing for {@link Share.Window#LIST}, because a list begins empty. */
    Count of(Group group, String verb, Share.Window window);

    /** @param places on lists for which rules guaranteed the group a share of the window, or capped it */
    record Count(long places, long delivered) {
        public static final Count NOTHING = new Count(0, 0);
    }
}
