package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Reading;
import java.time.Instant;
import java.util.List;

/**
 * A situation in the shop on which rules can be tried.
 *
 * @param about the case in a few words, or the key of a real visit, which is never shown
 * @param readings known in addition to those of the rules
 */
public record ExampleSituation(String about, Facts facts, List<Reading> readings, Instant at) {}
