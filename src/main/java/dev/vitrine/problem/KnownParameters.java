package dev.vitrine.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that a call does not have. To ignore a misspelt one would be to answer another question. */
final class KnownParameters {
    /** Who may not make the call at all learns nothing of its parameters. */
    private static final int AFTER_OTHER_FILTERS = Priorities.USER + 1;

    private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter(priority = AFTER_OTHER_FILTERS)
    public void check(RoutingContext call, ResourceInfo answering, UriInfo uri) {
        if (call.request().query() == null) {
            return;
        }
        List<String> names = known.computeIfAbsent(answering.getResourceMethod(), KnownParameters::namesOf);
        uri.getQueryParameters().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw new ProblemException(
                        name,
                        names.isEmpty()
                                ? "is not a known parameter; this call takes none"
                                : "is not a known parameter" + Nearest.hint(name, names) + "; known are "
                                        + String.join(", ", names));
            }
            if (values.size() > 1) {
                throw new ProblemException(name, "is given " + values.size() + " times");
            }
        });
    }

    static List<String> namesOf(Method method) {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            add(parameter, names);
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (AnnotatedElement field : parameter.getType().getDeclaredFields()) {
                    add(field, names);
                }
            }
        }
        return List.copyOf(names);
    }

    private static void add(AnnotatedElement parameter, List<String> names) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (query != null) {
            names.add(query.value());
        }
    }
}
