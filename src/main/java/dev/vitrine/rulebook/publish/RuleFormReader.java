package dev.vitrine.rulebook.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.Edit;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a form of files as any request that has a list of {@link Edit edits}, see {@link RuleForm}. */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
@Singleton
@Consumes(MediaType.MULTIPART_FORM_DATA)
public final class RuleFormReader implements MessageBodyReader<Object> {
    private final Rulebook rulebook;
    private final SentForm form;

    RuleFormReader(Rulebook rulebook, SentForm form) {
        this.rulebook = rulebook;
        this.form = form;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type.isRecord() && List.class.equals(fields(type).get(RuleForm.FILES));
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        form.markRead();
        JsonNode request = RuleForm.read(
                body.readAllBytes(),
                media.getParameters().get("boundary"),
                fields(type),
                rulebook.live().files());
        try {
            return Json.MAPPER.treeToValue(request, type);
        } catch (JsonProcessingException e) {
            throw Json.problem(e, null);
        }
    }

    private static Map<String, Class<?>> fields(Class<?> request) {
        Map<String, Class<?>> fields = new LinkedHashMap<>();
        for (RecordComponent component : request.getRecordComponents()) {
            fields.put(component.getName(), component.getType());
        }
        return fields;
    }
}
