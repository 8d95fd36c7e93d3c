package dev.vitrine.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to {@code GET /campaigns/{id}/check}, warnings first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CampaignCheck", description = "Where the rule book and other campaigns would contradict a campaign")
record CheckReport(
        @Schema(description = "Number of the edition that was tried; absent for a draft, which has none")
                Integer edition,
        @Schema(description = "The visits that it was tried on") List<String> tried,
        @Schema(description = "Warnings first") List<Trouble> problems,
        Covered covered,
        @Schema(description = "Other campaigns that run at the same time and cover some of the same products")
                List<Overlap> overlaps) {
    /** Enough to see what is meant. */
    static final int EXAMPLES_MAX = 5;

    enum Severity {
        /** Probably a mistake: it happens on most visits, or the campaign itself causes it. */
        WARNING,
        /** Good to know: the effect of an ordinary rule on some visits, with or without the campaign. */
        INFO
    }

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

    /** One contradiction; the rule is null if no rule causes it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignTrouble")
    record Trouble(
            Severity severity,
            Contradiction kind,
            @Schema(description = "The rule that causes it; absent if no rule does") String rule,
            String message,
            @Schema(description = "What to do about a warning; absent where that is the shop's to find out")
                    String cure,
            @Schema(description = "Up to 5 skus") List<String> examples) {
        Trouble(Severity severity, Contradiction kind, String rule, String message, List<String> examples) {
            this(severity, kind, rule, message, null, examples);
        }
    }

    /** The number of products and bundles that the campaign covers, and of those in stock. */
    @Schema(name = "CampaignCoverage")
    record Covered(int products, int sellable) {}

    /** Another campaign that runs at the same time and covers some of the same products, and why one of them leads. */
    @Schema(name = "CampaignOverlap")
    record Overlap(
            String id,
            String name,
            @Schema(description = "When both run from") OffsetDateTime since,
            @Schema(description = "When the first of them ends") OffsetDateTime until,
            @Schema(description = "How many both cover") int products,
            @Schema(description = "Up to 5 skus") List<String> examples,
            @Schema(description = "Id of the one that leads while both run") String leads,
            String message) {}
}
