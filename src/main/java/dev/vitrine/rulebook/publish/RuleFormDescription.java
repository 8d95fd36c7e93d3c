package dev.vitrine.rulebook.publish;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/** Describes the forms that {@link RuleForm} reads; else they would be described as the JSON that they stand for. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class RuleFormDescription implements OASFilter {
    private static final String FORM =
            "Rule files as they are: each part has the path of its file below the rules folder as its name, such as"
                    + " margin/core.drl. A part named 'deleted' deletes the file of that path. The other fields are parts"
                    + " too, those that are objects or lists as JSON.";

    @Override
    public RequestBody filterRequestBody(RequestBody body) {
        if (body.getContent() != null && body.getContent().hasMediaType(MediaType.MULTIPART_FORM_DATA)) {
            body.getContent()
                    .getMediaType(MediaType.MULTIPART_FORM_DATA)
                    .setSchema(OASFactory.createSchema()
                            .type(List.of(Schema.SchemaType.OBJECT))
                            .description(FORM)
                            .additionalPropertiesSchema(
                                    OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING))));
        }
        return body;
    }
}
