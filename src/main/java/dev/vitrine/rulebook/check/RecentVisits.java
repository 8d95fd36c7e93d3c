package dev.vitrine.rulebook.check;

import java.util.Set;
import java.util.stream.Stream;

/** Recent visits to try a draft on: they show conflicts that the text of rules does not. */
public interface RecentVisits {
    /**
     * The stream is lazy, since there may be no time for all visits.
     *
     * @param namedSkus skus that the draft names: each visit includes them, as decisions do once the draft is live
     */
    Stream<ExampleSituation> newestFirst(Set<String> namedSkus);
}
