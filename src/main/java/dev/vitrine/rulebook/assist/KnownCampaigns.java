package dev.vitrine.rulebook.assist;

import java.util.List;

/** The campaigns that rules can name, those that run or are to come first. */
public interface KnownCampaigns {
    List<ShopValues.CampaignValue> campaigns();
}
