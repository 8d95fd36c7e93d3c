package dev.vitrine.rulebook.check;

import java.util.Set;
import java.util.stream.Stream;

/** Visits of late, on which a draft is tried for what its text does not tell. */
public interface RecentVisits {
    /**
     * Some of them, what happened last first; none where there are none yet. Each is made when it is its turn, since there
     * may be no time for all.
     *
     * @param namedSkus skus that the draft asks for by name: a visit brings them along, as it would once the draft is live
     */
    Stream<ExampleSituation> newestFirst(Set<String> namedSkus);
}
