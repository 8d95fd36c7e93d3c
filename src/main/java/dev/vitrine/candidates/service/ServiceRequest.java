package dev.vitrine.candidates.service;

import dev.vitrine.candidates.CandidateRequest;

/**
 * What the shop's service is asked.
 *
 * @param shopper the key that the storefront sent, which is the one that the shop's service knows; null for nobody known
 * @param sku of the page's product, else ""
 * @param candidates what the built-in model would be asked
 * @param count of candidates that the service is asked for
 */
public record ServiceRequest(
        String placement, String visit, String shopper, String sku, CandidateRequest candidates, int count) {}
