package dev.vitrine.rulebook.check;

import java.util.Set;

/** The campaigns that rules can name: planned, running and over. */
public interface CampaignNames {
    Set<String> names();

    Set<String> ids();
}
