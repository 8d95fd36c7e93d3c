package dev.vitrine.rulebook.assist;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product that a rule can name by its sku. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "VocabularyProduct")
public record KnownProduct(
        String sku,
        String name,
        String category,
        @Schema(description = "With its currency; absent for what has none, such as an article") String price) {}
