package dev.vitrine.access;

import dev.vitrine.access.Permissions.Permission;
import dev.vitrine.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Shows in the OpenAPI document what stands before every call: the key, by {@link Permissions}, and the refusals. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class OpenApiAccess implements OASFilter {
    private static final String KEY = "key";
    private static final String BAD_REQUEST = "400";
    private static final List<String> WITH_RETRY_AFTER = List.of("429", "503");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        KEY,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A key of Vitrine, or a token of the OpenID Connect provider. The"
                                        + " storefront's calls need none on the machine itself while the demo runs"));
        document.getPaths().getPathItems().forEach((path, calls) -> calls.getOperations()
                .forEach((method, operation) -> describe(
                        operation, Permissions.find(method.name(), path).permission())));
    }

    private static void describe(Operation operation, Permission permission) {
        if (permission == null || permission.isForEverybody()) {
            operation.setSecurity(List.of());
        } else {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(KEY)));
        }
        refusals(operation).forEach((status, why) -> {
            if (!operation.getResponses().hasAPIResponse(status)) {
                operation
                        .getResponses()
                        .addAPIResponse(status, OASFactory.createAPIResponse().description(why));
            }
        });
        operation.getResponses().getAPIResponses().forEach(OpenApiAccess::shape);
    }

    private static Map<String, String> refusals(Operation operation) {
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put(BAD_REQUEST, "A field or parameter is wrong or unknown");
        if (!operation.getSecurity().isEmpty()) {
            refusals.put("401", "The call has no valid key");
            refusals.put("403", "The call needs a key of another role");
        }
        if (operation.getRequestBody() != null) {
            refusals.put("408", "The body was not complete within " + BodyReader.SECONDS_MAX + " seconds");
            refusals.put("413", "The body is larger than 1 MiB");
            refusals.put("415", "The body has another content type or content encoding than the call takes");
        }
        refusals.put("429", "More requests than one key or address, or all together, may make");
        refusals.put("500", "An error of the service; 'detail' has an id under which the log has more");
        refusals.put("503", "Something that the call needs is down");
        return refusals;
    }

    /** A method that can answer a problem produces both media types, which OpenAPI takes for two shapes of each answer. */
    private static void shape(String status, APIResponse response) {
        Content content = response.getContent();
        if (status.compareTo(BAD_REQUEST) < 0) {
            if (content != null) {
                content.removeMediaType(Problem.MEDIA_TYPE);
            }
            return;
        }
        if (content == null || !content.hasMediaType(Problem.MEDIA_TYPE)) {
            content = OASFactory.createContent()
                    .addMediaType(
                            Problem.MEDIA_TYPE,
                            OASFactory.createMediaType()
                                    .schema(OASFactory.createSchema().ref(Problem.class.getSimpleName())));
            response.setContent(content);
        }
        content.removeMediaType(MediaType.APPLICATION_JSON);
        if (WITH_RETRY_AFTER.contains(status)) {
            response.addHeader(
                    HttpHeaders.RETRY_AFTER,
                    OASFactory.createHeader()
                            .description("Seconds after which to try again")
                            .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER))));
        }
    }
}
