package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;

/**
 * Where and when a list is asked for.
 *
 * @param begun whether the visit has told something already: the model knows visits like it
 */
record Setting(PageType page, boolean begun) {
    static Setting of(CandidateRequest request, Sources.Answers answers) {
        return new Setting(request.page(), answers.said().stream().anyMatch(said -> said.source() == Source.VISITS));
    }
}
