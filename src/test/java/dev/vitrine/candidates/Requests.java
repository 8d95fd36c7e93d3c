package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;
import java.util.List;
import java.util.Map;

/** What the model is asked for. */
final class Requests {
    private Requests() {}

    static CandidateRequest of(List<String> recent, String category, List<String> cart, int count) {
        return new CandidateRequest(
                PageType.PRODUCT, recent, category, "", cart, List.of(), Map.of(), List.of(), count);
    }

    static CandidateRequest on(PageType page, String category, String words, int count) {
        return new CandidateRequest(page, List.of(), category, words, List.of(), List.of(), Map.of(), List.of(), count);
    }
}
