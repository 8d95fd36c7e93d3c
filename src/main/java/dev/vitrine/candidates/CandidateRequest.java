package dev.vitrine.candidates;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.PageType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which candidates a model is to propose.
 *
 * @param recent skus looked at, oldest first, the focus product last
 * @param category path of the page's category or of the focus product's, "" where there is none
 * @param ordered skus of an order of the last weeks
 * @param interests how much of the shopper's interest, 0 to 1, the categories of earlier visits have
 * @param promised groups to which rules guarantee places: some of their members are proposed, too
 * @param words what is searched for on a search page, and the name of a focus product that the catalog does not have; else ""
 */
public record CandidateRequest(
        PageType page,
        List<String> recent,
        String category,
        String words,
        List<String> cart,
        Collection<String> ordered,
        Map<String, Double> interests,
        Collection<Group> promised,
        int count) {
    public CandidateRequest {
        category = requireNonNullElse(category, "");
        words = requireNonNullElse(words, "");
        recent = List.copyOf(recent);
        cart = List.copyOf(cart);
    }
}
