package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Reading;
import java.time.Instant;
import java.util.List;

/** A situation to try rules on; {@code about} is the case in a few words, or a visit's key, which is never shown. */
public record ExampleSituation(String about, Facts facts, List<Reading> readings, Instant at) {
    /** The same, as if the shopper were not known. */
    ExampleSituation ofNobodyKnown() {
        return new ExampleSituation(about, facts.ofNobodyKnown(), readings, at);
    }
}
