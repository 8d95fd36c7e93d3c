package dev.vitrine.decision.context;

import dev.vitrine.candidates.service.ServiceRequest;
import java.time.Duration;

/**
 * Who proposed the candidates of a decision.
 *
 * @param from null for a decision that is made again: its candidates are known
 * @param asked what the shop's own service was asked, or would be in shadow; null where there is none, or none was needed
 * @param fallback why the built-in model proposes instead of that service; null where it does not
 * @param waited for the service: the rules have less time by it
 */
public record ModelUse(From from, ServiceRequest asked, String fallback, Duration waited) {
    public static final ModelUse NONE = new ModelUse(null, null, null, Duration.ZERO);

    static final ModelUse REQUEST = new ModelUse(From.REQUEST, null, null, Duration.ZERO);
    static final ModelUse BUILT_IN = new ModelUse(From.BUILT_IN, null, null, Duration.ZERO);

    public enum From {
        /** The storefront sent them. */
        REQUEST,
        BUILT_IN,
        /** The shop's own model service. */
        SERVICE
    }
}
