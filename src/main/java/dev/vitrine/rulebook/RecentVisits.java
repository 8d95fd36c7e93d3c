package dev.vitrine.rulebook;

import java.util.List;

/** Visits of late, on which a draft is tried for what its text does not tell. */
public interface RecentVisits {
    /** Some of them, the latest first; nothing where there are none yet. */
    List<Situation> some();
}
