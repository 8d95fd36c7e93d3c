package dev.vitrine.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Shows enum constants in the OpenAPI document as they are written in JSON, see {@link Json#wireName}. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class OpenApiWords implements OASFilter {
    @Override
    public Schema filterSchema(Schema schema) {
        List<Object> constants = schema.getEnumeration();
        if (constants != null) {
            schema.setEnumeration(constants.stream().map(OpenApiWords::word).toList());
        }
        return schema;
    }

    private static Object word(Object constant) {
        return constant instanceof String name ? name.toLowerCase(Locale.ROOT).replace('_', '-') : constant;
    }
}
