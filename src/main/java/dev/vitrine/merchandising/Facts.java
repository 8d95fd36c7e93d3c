package dev.vitrine.merchandising;

import java.util.List;

/** Everything that the rules of one decision can match. */
public record Facts(
        Shop shop,
        Placement placement,
        Page page,
        Shopper shopper,
        Visit visit,
        Cart cart,
        List<Campaign> campaigns,
        List<Candidate> candidates) {
    public static final int CANDIDATES_MAX = 1000;
    /** Campaigns that can be planned or running at the same time. */
    public static final int CAMPAIGNS_MAX = 1000;

    /** The same, as if the shopper were not known. */
    public Facts ofNobodyKnown() {
        return new Facts(shop, placement, page, Shopper.NEWCOMER, visit, cart, campaigns, candidates);
    }

    public Facts {
        campaigns = List.copyOf(campaigns);
        candidates = List.copyOf(candidates);
    }
}
