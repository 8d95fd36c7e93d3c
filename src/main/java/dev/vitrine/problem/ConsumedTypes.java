package dev.vitrine.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The content types that each call takes. The router refuses a body before it says which call it would have been for. */
@Singleton
public final class ConsumedTypes {
    private record Call(String verb, String address, Pattern path, int parameters, List<String> types) {}

    private final BeanManager beans;

    ConsumedTypes(BeanManager beans) {
        this.beans = beans;
    }

    /** Those of the call at this address, none if there is none or it takes anything. */
    List<String> of(String verb, String path) {
        return calls().stream()
                .filter(call ->
                        call.verb.equals(verb) && call.path.matcher(path).matches())
                .min(Comparator.comparingInt(Call::parameters))
                .map(Call::types)
                .orElse(List.of());
    }

    /** All calls that take JSON, such as {@code POST /campaigns/{id}/check}. */
    List<String> jsonCalls() {
        return calls().stream()
                .filter(call -> call.types.contains(MediaType.APPLICATION_JSON))
                .map(call -> call.verb + " " + call.address)
                .toList();
    }

    private List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path path = bean.getBeanClass().getAnnotation(Path.class);
            if (path != null) {
                for (Method method : bean.getBeanClass().getDeclaredMethods()) {
                    add(bean.getBeanClass(), path.value(), method, calls);
                }
            }
        }
        return calls;
    }

    private static void add(Class<?> resource, String above, Method method, List<Call> calls) {
        Consumes consumes = method.isAnnotationPresent(Consumes.class)
                ? method.getAnnotation(Consumes.class)
                : resource.getAnnotation(Consumes.class);
        Path below = method.getAnnotation(Path.class);
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null && consumes != null) {
                List<String> steps = steps(above + "/" + (below == null ? "" : below.value()));
                calls.add(new Call(
                        verb.value(),
                        "/" + String.join("/", steps),
                        pattern(steps),
                        (int) steps.stream()
                                .filter(step -> step.startsWith("{"))
                                .count(),
                        List.of(consumes.value())));
            }
        }
    }

    private static List<String> steps(String path) {
        return Arrays.stream(path.split("/")).filter(step -> !step.isEmpty()).toList();
    }

    private static Pattern pattern(List<String> steps) {
        StringBuilder pattern = new StringBuilder();
        steps.forEach(step -> pattern.append('/').append(step.startsWith("{") ? "[^/]+" : Pattern.quote(step)));
        return Pattern.compile(pattern + "/?");
    }
}
