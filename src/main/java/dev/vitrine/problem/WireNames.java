package dev.vitrine.problem;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Names every enum constant as {@link Json#wireName} does, because the words of rules have no annotations of Jackson. */
final class WireNames extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
        super.findEnumValues(config, type, constants, names);
        for (int i = 0; i < constants.length; i++) {
            // an annotated name wins
            names[i] = names[i] == null ? Json.wireName(constants[i]) : names[i];
        }
        return names;
    }
}
