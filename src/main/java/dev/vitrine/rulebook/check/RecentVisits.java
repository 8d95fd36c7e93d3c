package dev.vitrine.rulebook.check;

import java.util.Set;
import java.util.stream.Stream;

/** Recent visits to try a draft on: they show conflicts that the text of rules does not. */
public interface RecentVisits {
    /** Lazy, since there may be no time for all visits. Each includes the named skus, as decisions do once they are live. */
    Stream<ExampleSituation> newestFirst(Set<String> namedSkus);
}
