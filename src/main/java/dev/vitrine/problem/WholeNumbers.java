package dev.vitrine.problem;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads whole numbers in addresses, and names the parameter that is not one; JAX-RS itself answers 404 without a reason. A
 * wrong query parameter is answered with 400 like any other field. A path with a wrong number leads nowhere, like a path
 * with an unknown number, and is answered with 404.
 */
@Provider
public final class WholeNumbers implements ParamConverterProvider {
    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]+");

    @Override
    @SuppressWarnings("unchecked") // T is the requested type
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        if (type == int.class || type == Integer.class) {
            return (ParamConverter<T>)
                    converter(annotations, Integer::valueOf, " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return (ParamConverter<T>)
                    converter(annotations, Long::valueOf, " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        }
        return null;
    }

    private static <N> ParamConverter<N> converter(Annotation[] annotations, Function<String, N> read, String range) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam query) {
                return new Whole<>(query.value(), Response.Status.BAD_REQUEST, read, range);
            }
            if (annotation instanceof PathParam path) {
                return new Whole<>(path.value(), Response.Status.NOT_FOUND, read, range);
            }
        }
        return null;
    }

    private record Whole<N>(String field, Response.Status otherwise, Function<String, N> read, String range)
            implements ParamConverter<N> {
        @Override
        public N fromString(String text) {
            if (text == null) {
                return null;
            }
            // Java reads digits of any script
            if (!DIGITS.matcher(text).matches()) {
                throw wrong(text, "");
            }
            try {
                return read.apply(text);
            } catch (NumberFormatException e) {
                throw wrong(text, range);
            }
        }

        private ProblemException wrong(String text, String range) {
            return new ProblemException(
                    otherwise.getStatusCode(),
                    field,
                    "is " + Json.shortened(text) + "; must be a whole number" + range);
        }

        @Override
        public String toString(N number) {
            return number.toString();
        }
    }
}
