package dev.vitrine.decision.context;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of all kinds of {@link DecisionModule}, for the OpenAPI document. */
@Schema(name = "DecisionModule")
record ModuleFields(
        @Schema(description = "ranking, comparison, article, bundle, reinforce or none") String type,
        @Schema(description = "The rules that asked for it") List<String> rules,
        @Schema(description = "What a comparison is about") String category,
        String sku,
        @Schema(description = "Skus of a bundle's parts") List<String> parts,
        @Schema(description = "A bundle's price") Double price,
        @Schema(description = "Price of all parts bought one by one") Double partsPrice,
        @Schema(description = "What the bundle saves") Double saving,
        @Schema(description = "ISO 4217 code of the prices") String currency,
        @Schema(description = "Attributes in which compared products differ: attribute, then sku, then value")
                Map<String, Map<String, String>> differences) {}
