package dev.vitrine.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What {@code GET /campaigns/{id}/check} answers.
 *
 * @param edition number of the edition that was tried
 * @param tried the visits that it was tried on
 * @param problems warnings first
 * @param covered what the campaign covers
 * @param overlaps other campaigns, not yet ended, that run at the same time and cover some of the same products
 */
@Schema(name = "CampaignCheck", description = "Where the rule book and other campaigns would contradict a campaign")
record CheckReport(
        @Schema(description = "Number of the edition that was tried") int edition,
        @Schema(description = "The visits that it was tried on") List<String> tried,
        @Schema(description = "Warnings first") List<Trouble> problems,
        Covered covered,
        @Schema(description = "Other campaigns that run at the same time and cover some of the same products")
                List<Overlap> overlaps) {
    /** Our choice: enough to see what is meant. */
    static final int EXAMPLES_MAX = 5;

    /** How much it matters. */
    enum Severity {
        /** Likely not meant so: it happens on most visits, or the campaign itself brings it about. */
        WARNING,
        /** Good to know: an ordinary rule that goes on during the campaign, on some visits. */
        INFO
    }

    /** What is contradicted. */
    enum Contradiction {
        COVERS_NOTHING,
        NOTHING_IN_STOCK,
        NAMES_NOTHING,
        HIDES_COVERED,
        BURIES_COVERED,
        LIMITS_COVERED,
        BOOSTS_UNCOVERED,
        PINS_UNCOVERED,
        GUARANTEE_UNMET,
        RULE_BREAKS,
        CUT_SHORT
    }

    /**
     * One contradiction.
     *
     * @param rule the rule that brings it about, null where none does
     * @param message what happens, in a sentence
     * @param examples up to {@value #EXAMPLES_MAX} skus
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignTrouble")
    record Trouble(
            Severity severity,
            Contradiction kind,
            @Schema(description = "The rule that brings it about; absent where none does") String rule,
            String message,
            @Schema(description = "Up to 5 skus") List<String> examples) {}

    /** Products and bundles that the campaign covers, and how many of them are in stock. */
    @Schema(name = "CampaignCoverage")
    record Covered(int products, int sellable) {}

    /**
     * Another campaign.
     *
     * @param since from when on both run
     * @param until from when on no longer both run
     * @param products covered by both
     * @param leads id of the one that leads while both run
     * @param message why it leads
     */
    @Schema(name = "CampaignOverlap")
    record Overlap(
            String id,
            String name,
            @Schema(description = "From when on both run") OffsetDateTime since,
            @Schema(description = "From when on no longer both run") OffsetDateTime until,
            @Schema(description = "Covered by both") int products,
            @Schema(description = "Up to 5 skus") List<String> examples,
            @Schema(description = "Id of the one that leads while both run") String leads,
            String message) {}
}
