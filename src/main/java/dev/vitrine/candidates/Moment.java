package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;
import java.util.List;
import java.util.function.Function;

/**
 * A moment of a past visit: what could have been asked then, and what came of it.
 *
 * @param next sku that was looked at next or put into the cart; null where the visit ended
 * @param half 0 or 1, the same for all moments of a visit
 */
record Moment(CandidateRequest request, String next, int half) {
    /**
     * With the category of the page's product, and the interests by category.
     *
     * @param categoryOf of a product, null where it is not in the catalog
     */
    Moment with(Function<String, String> categoryOf) {
        List<String> recent = request.recent();
        String category = request.page() == PageType.PRODUCT
                ? categoryOf.apply(recent.get(recent.size() - 1))
                : request.category();
        return new Moment(
                new CandidateRequest(
                        request.page(),
                        recent,
                        category,
                        request.words(),
                        request.cart(),
                        request.ordered(),
                        Past.interests(request.interests(), categoryOf),
                        List.of(),
                        request.count()),
                next,
                half);
    }
}
