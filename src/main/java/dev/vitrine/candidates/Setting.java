package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;

/**
 * Where and when a list is asked for.
 *
 * @param depth how much the visit has told: 0 where the model knows no visit like it, 1 after one product, 2 after several, when
 *     visits like it are more alike
 */
record Setting(PageType page, int depth) {
    static final int DEEPEST = 2;

    static Setting of(CandidateRequest request, Sources.Answers answers) {
        boolean known = answers.said().stream().anyMatch(said -> said.source() == Source.VISITS);
        int products = request.recent().size() + request.cart().size();
        return new Setting(request.page(), known ? Math.min(Math.max(1, products), DEEPEST) : 0);
    }

    boolean begun() {
        return depth > 0;
    }
}
