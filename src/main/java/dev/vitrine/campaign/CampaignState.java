package dev.vitrine.campaign;

/** Where a campaign stands at a moment. */
enum CampaignState {
    PLANNED,
    RUNNING,
    ENDED
}
