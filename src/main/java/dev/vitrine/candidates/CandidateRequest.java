package dev.vitrine.candidates;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/** Which candidates a model is to propose: {@code recent} skus oldest first, the focus product last. */
public record CandidateRequest(List<String> recent, String category, List<String> cart, int count) {
    public CandidateRequest {
        category = requireNonNullElse(category, "");
        recent = List.copyOf(recent);
        cart = List.copyOf(cart);
    }
}
