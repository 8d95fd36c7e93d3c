package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What both models proposed first at the same moment.
 *
 * @param page kind of page, as in JSON
 * @param served the model that decided, {@link #SERVICE} or {@link #BUILT_IN}
 * @param known skus that were before the shopper already: to come back to them answers nothing
 */
record ProposedByBoth(
        String decision,
        Instant at,
        String visit,
        String shopper,
        String page,
        String served,
        List<String> known,
        List<String> service,
        @JsonProperty("built_in") List<String> builtIn) {
    static final String SERVICE = "service";
    static final String BUILT_IN = "built-in";
}
