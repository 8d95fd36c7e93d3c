package dev.vitrine.access;

import dev.vitrine.access.Permissions.Permission;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells resources who calls. It also compares the call that was admitted with the method that answers it: should an address
 * be read differently in the two places, nothing is let through.
 */
final class CallerFilter {
    private static final int BAD_REQUEST = 400;

    private final Caller caller;
    private final RefusedCalls refused;
    private final Map<Method, String> calls = new ConcurrentHashMap<>();

    CallerFilter(Caller caller, RefusedCalls refused) {
        this.caller = caller;
        this.refused = refused;
    }

    @ServerRequestFilter
    public void identify(RoutingContext call, ResourceInfo answering) {
        Permission admitted = call.get(Admission.PERMISSION);
        Identity identity = call.get(Admission.IDENTITY);
        String answered = calls.computeIfAbsent(answering.getResourceMethod(), CallerFilter::callOf);
        if (admitted == null || identity == null || !answered.equals(admitted.toString())) {
            throw new ProblemException(404, null, "There is nothing at this address");
        }
        caller.is(identity);
    }

    @ServerResponseFilter
    public void remember(RoutingContext call, ContainerResponseContext answer) {
        Permission admitted = call.get(Admission.PERMISSION);
        Identity identity = call.get(Admission.IDENTITY);
        if (answer.getStatus() >= BAD_REQUEST && admitted != null && identity != null) {
            refused.add(
                    admitted,
                    call.normalizedPath(),
                    identity,
                    answer.getStatus(),
                    answer.getEntity() instanceof Problem problem ? problem.detail() : null);
        }
    }

    /** A method's call as {@link Permissions} writes it. */
    static String callOf(Method method) {
        StringBuilder path = new StringBuilder();
        append(path, method.getDeclaringClass().getAnnotation(Path.class));
        append(path, method.getAnnotation(Path.class));
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value() + " " + path;
            }
        }
        throw new IllegalArgumentException(method + " answers no call");
    }

    private static void append(StringBuilder path, Path part) {
        if (part != null) {
            String value = part.value();
            String step = value.equals("/") ? "" : value;
            path.append(step.isEmpty() || step.startsWith("/") ? "" : "/").append(step);
        }
    }
}
