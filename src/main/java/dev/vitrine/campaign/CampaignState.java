package dev.vitrine.campaign;

enum CampaignState {
    PLANNED,
    RUNNING,
    ENDED
}
