package dev.vitrine.decision;

import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Share;

/** What a placement has shown so far in the running hour and day. */
interface RunningShares {
    /** Nothing was shown yet. */
    RunningShares NONE = (group, window) -> Count.NOTHING;

    /** Nothing for {@link Share.Window#LIST}: a list begins empty. */
    Count of(Group group, Share.Window window);

    /**
     * @param places filled in lists in which the group was promised something, or limited
     * @param delivered of these to the group
     */
    record Count(long places, long delivered) {
        static final Count NOTHING = new Count(0, 0);
    }
}
