package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Reading;
import java.time.Instant;
import java.util.List;

/**
 * A moment in the shop on which rules can be tried.
 *
 * @param about what it is, in a few words; of a real visit its key, which is shown to nobody
 * @param readings what is known of the visit beside what rules read themselves
 */
public record ExampleSituation(String about, Facts facts, List<Reading> readings, Instant at) {}
