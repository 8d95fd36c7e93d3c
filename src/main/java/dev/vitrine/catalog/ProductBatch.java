package dev.vitrine.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.ProblemException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /products}. Each product is read by itself, so that a bad one refuses no other. */
@Schema(description = "Products to store")
record ProductBatch(
        @Schema(
                        required = true,
                        type = SchemaType.ARRAY,
                        implementation = ProductPayload.class,
                        minItems = 1,
                        maxItems = PRODUCTS_MAX)
                List<JsonNode> products) {
    /** About as many products of ordinary size as fit into the 1 MiB of a body. */
    static final int PRODUCTS_MAX = 1000;

    List<JsonNode> checked() {
        Check.required("products", products);
        if (products.isEmpty()) {
            throw new ProblemException("products", "is empty; 1 to " + PRODUCTS_MAX + " products are allowed");
        }
        return Check.list("products", products, PRODUCTS_MAX);
    }

    /** The answer to {@code POST /products}, in the order of the request. */
    @Schema(name = "ProductResults", description = "One result per product, in the order of the request")
    record Results(List<ProductResult> results) {}
}
