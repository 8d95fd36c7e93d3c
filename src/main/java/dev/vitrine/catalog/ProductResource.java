package dev.vitrine.catalog;

import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.storage.DatabaseUnavailableException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stores products and shows them. */
@Path("/products")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "products", description = "What the shop sells")
class ProductResource {
    private static final String BATCH =
            """
            {"products": [{"sku": "mat-6-green", "kind": "product", "family": "mat-6", "name": "Yoga mat, 6 mm, green",
              "category": "sport/yoga/mats", "brand": "Asana", "price": 34.90, "listPrice": 39.90, "cost": 14.20,
              "currency": "EUR", "stock": 112, "tags": ["core"], "attributes": {"thickness": "6 mm"},
              "launchedAt": "2026-02-01T08:00:00+01:00"}]}""";
    private static final String RESULTS =
            """
            {"results": [
              {"sku": "mat-6-green", "status": "stored"},
              {"sku": "mat-6-blue", "status": "refused", "problem": {"status": 400, "title": "Bad Request",
                "detail": "is -1.0; must be from 0 to 1000000000", "field": "products[1].price"}}]}""";
    private static final String PRODUCT =
            """
            {"sku": "mat-6-green", "kind": "product", "family": "mat-6", "name": "Yoga mat, 6 mm, green",
             "category": "sport/yoga/mats", "brand": "Asana", "price": 34.90, "listPrice": 39.90, "cost": 14.20,
             "margin": 0.593, "currency": "EUR", "stock": 112, "tags": ["core"], "parts": [],
             "attributes": {"thickness": "6 mm"}, "launchedAt": "2026-02-01T07:00:00Z"}""";
    private static final String TOO_MANY =
            """
            {"status": 400, "title": "Bad Request", "detail": "has 1001 elements; at most 1000 are allowed",
             "field": "products"}""";
    private static final String UNKNOWN =
            """
            {"status": 404, "title": "Not Found", "detail": "No product has the sku 'mat-7-green'", "field": "sku"}""";
    private static final String DATABASE_DOWN =
            """
            {"status": 503, "title": "Service Unavailable",
             "detail": "The database cannot be reached; try again later"}""";
    private static final String TOO_LARGE =
            """
            {"status": 413, "title": "Request Entity Too Large",
             "detail": "the body is larger than 1 MiB (1048576 bytes)"}""";

    private final Catalog catalog;
    private final CatalogUpdater updater;
    private final ProductIntake intake;
    private final ProductAudit audit;
    private final Caller caller;

    ProductResource(Catalog catalog, CatalogUpdater updater, ProductIntake intake, ProductAudit audit, Caller caller) {
        this.catalog = catalog;
        this.updater = updater;
        this.intake = intake;
        this.audit = audit;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Store products, in place of those of the same sku",
            description = "At most " + ProductBatch.PRODUCTS_MAX + " products and 1 MiB a request. A bad product is"
                    + " refused, naming the field that is wrong; the others are stored durably, and the next decision"
                    + " sees them. A product is replaced whole: a field that is left out is not kept.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = ProductBatch.class),
                            examples = @ExampleObject(name = "one product", value = BATCH)))
    @APIResponse(
            responseCode = "200",
            description = "One result per product",
            content =
                    @Content(
                            schema = @Schema(implementation = ProductBatch.Results.class),
                            examples = @ExampleObject(name = "one stored, one refused", value = RESULTS)))
    @APIResponse(
            responseCode = "400",
            description = "The batch as a whole cannot be read; nothing was stored",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "too many", value = TOO_MANY)))
    @APIResponse(
            responseCode = "413",
            description = "The body is larger than 1 MiB",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "too large", value = TOO_LARGE)))
    @APIResponse(
            responseCode = "503",
            description =
                    "The database cannot be reached, or did not say whether it stored them; Retry-After says when to send the"
                            + " products again",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "database down", value = DATABASE_DOWN)))
    public ProductBatch.Results store(ProductBatch batch) {
        if (batch == null) {
            throw new ProblemException("products", "is required");
        }
        return new ProductBatch.Results(intake.take(batch.checked(), good -> audit.add(good, caller)));
    }

    @GET
    @Path("{sku}")
    @Operation(summary = "Read a product")
    @APIResponse(
            responseCode = "200",
            description = "The product",
            content =
                    @Content(
                            schema = @Schema(implementation = ProductView.class),
                            examples = @ExampleObject(name = "a yoga mat", value = PRODUCT)))
    @APIResponse(
            responseCode = "404",
            description = "No product has this sku",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "unknown", value = UNKNOWN)))
    @APIResponse(
            responseCode = "503",
            description = "The database has been away since the start, and the product may be in it",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "database down", value = DATABASE_DOWN)))
    public ProductView product(
            @Parameter(
                            description = "URL-encoded",
                            example = "mat-6-green",
                            schema = @Schema(maxLength = Check.KEY_MAX))
                    @PathParam("sku")
                    String sku) {
        Product product = catalog.product(sku);
        if (product == null && !updater.loaded()) {
            throw new DatabaseUnavailableException(null);
        }
        if (product == null) {
            throw new ProblemException(404, "sku", "No product has the sku " + Json.shortened(sku));
        }
        return ProductView.of(product);
    }
}
