package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Reading;
import java.util.Locale;
import java.util.Map;

/** The words of a case in an examples file. */
public final class CaseWords {
    /** Each with a sample of its form. */
    public static final Map<String, String> FORMS = Map.ofEntries(
            Map.entry("case", "what happens in it"),
            Map.entry("at", "2026-03-01T12:00:00Z"),
            Map.entry("shop", "{ hour: 18 }"),
            Map.entry("placement", "{ name: product-page }"),
            Map.entry("page", "{ type: PRODUCT }"),
            Map.entry("shopper", "{ visits: 3 }"),
            Map.entry("visit", "{ pages: 5 }"),
            Map.entry("cart", "{ value: 60 }"),
            Map.entry("campaigns", "[ { theme: CLEARANCE } ]"),
            Map.entry("candidates", "[ { sku: a } ]"),
            Map.entry("readings", "[ { mood: DECIDED } ]"),
            Map.entry("proposes", "[ hide a ]"),
            Map.entry("reads", "[ DECIDED ]"));

    private static final Map<String, Class<?>> LISTS =
            Map.of("campaigns", Campaign.class, "candidates", Candidate.class, "readings", Reading.class);

    private CaseWords() {}

    /** The name of the fact, or of the facts, that a word of a case states; null if it states none. */
    public static String fact(String word) {
        Class<?> listed = LISTS.get(word);
        if (listed != null) {
            return listed.getSimpleName();
        }
        return Vocabulary.factNames().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElse(null);
    }
}
