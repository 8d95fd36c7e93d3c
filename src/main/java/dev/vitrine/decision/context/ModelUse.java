package dev.vitrine.decision.context;

import dev.vitrine.candidates.service.ServiceRequest;
import java.time.Duration;

/**
 * Which model proposed the candidates of a decision.
 *
 * @param asked what the shop's own service was asked, or would be in shadow; null where there is none, or none was needed
 * @param fallback why the built-in model proposes instead of that service; null where it does not
 * @param waited for the service: the rules have less time by it
 */
public record ModelUse(ServiceRequest asked, String fallback, Duration waited) {
    public static final ModelUse NONE = new ModelUse(null, null, Duration.ZERO);
}
