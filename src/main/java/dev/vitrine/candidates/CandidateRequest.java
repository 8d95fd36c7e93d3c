package dev.vitrine.candidates;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * Which candidates a model is to propose.
 *
 * @param recent skus that this visit looked at, oldest first; the focus product, if there is one, is the last
 * @param category path of the page's category, "" where there is none
 * @param cart skus in the cart
 * @param count candidates wanted, at most
 */
public record CandidateRequest(List<String> recent, String category, List<String> cart, int count) {
    public CandidateRequest {
        category = requireNonNullElse(category, "");
        recent = List.copyOf(recent);
        cart = List.copyOf(cart);
    }
}
