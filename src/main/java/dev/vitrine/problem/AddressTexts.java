package dev.vitrine.problem;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reads texts in addresses as those in bodies are read: composed, and without hidden characters. As with {@link WholeNumbers}, a
 * wrong query parameter is answered with 400, and a path that nothing can have with 404.
 */
@Provider
public final class AddressTexts implements ParamConverterProvider {
    @Override
    @SuppressWarnings("unchecked") // T is String
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        if (type != String.class) {
            return null;
        }
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam query) {
                return (ParamConverter<T>) new Text(query.value(), Response.Status.BAD_REQUEST);
            }
            if (annotation instanceof PathParam path) {
                return (ParamConverter<T>) new Text(path.value(), Response.Status.NOT_FOUND);
            }
        }
        return null;
    }

    private record Text(String field, Response.Status otherwise) implements ParamConverter<String> {
        @Override
        public String fromString(String given) {
            String text = ComposedText.of(given);
            int refused = text == null ? -1 : TextKind.TEXT.firstRefused(text);
            if (refused >= 0) {
                throw new ProblemException(otherwise.getStatusCode(), field, TextKind.notAllowed(text, refused));
            }
            return text;
        }

        @Override
        public String toString(String text) {
            return text;
        }
    }
}
