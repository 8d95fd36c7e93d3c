package dev.vitrine.candidates.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of a request: JSON in which a text that is a name in braces stands for a value. */
final class RequestTemplate {
    /** Without the shopper: a service that needs to know who it is says so in its own template. */
    static final String USUAL =
            """
            {"visit": "{visit}", "page": "{page}", "sku": "{sku}", "category": "{category}", "words": "{words}", \
            "recent": "{recent}", "cart": "{cart}", "count": "{count}"}""";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final Map<String, Function<ServiceRequest, Object>> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("placement", ServiceRequest::placement),
            Map.entry("visit", ServiceRequest::visit),
            Map.entry("shopper", ServiceRequest::shopper),
            Map.entry("sku", request -> nullIfEmpty(request.sku())),
            Map.entry("page", request -> Json.wireName(request.candidates().page())),
            Map.entry("category", request -> nullIfEmpty(request.candidates().category())),
            Map.entry("words", request -> nullIfEmpty(request.candidates().words())),
            Map.entry("recent", request -> request.candidates().recent()),
            Map.entry("cart", request -> request.candidates().cart()),
            Map.entry("ordered", request -> request.candidates().ordered()),
            Map.entry("interests", request -> request.candidates().interests()),
            Map.entry("count", ServiceRequest::count)));

    private final JsonNode template;

    private RequestTemplate(JsonNode template) {
        this.template = template;
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static RequestTemplate of(String text) {
        try {
            JsonNode template = Json.MAPPER.readTree(text);
            check(template);
            return new RequestTemplate(template);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + Json.why(e));
        }
    }

    private static void check(JsonNode node) {
        if (node.isTextual()) {
            Matcher placeholder = PLACEHOLDER.matcher(node.textValue());
            while (placeholder.find()) {
                String name = placeholder.group(1);
                if (!VALUES.containsKey(name)) {
                    throw new IllegalArgumentException("has {" + name + "}" + Nearest.hint(name, VALUES.keySet())
                            + "; known are " + String.join(", ", VALUES.keySet()));
                }
                if (placeholder.group().length() < node.textValue().length()) {
                    throw new IllegalArgumentException(
                            "has {" + name + "} within a longer text; it must be all of it: \"{" + name + "}\"");
                }
            }
        }
        node.forEach(RequestTemplate::check);
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    byte[] body(ServiceRequest request) {
        try {
            return Json.MAPPER.writeValueAsBytes(filled(template, request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode filled(JsonNode node, ServiceRequest request) {
        if (node.isObject()) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            node.properties().forEach(field -> object.set(field.getKey(), filled(field.getValue(), request)));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            node.forEach(element -> array.add(filled(element, request)));
            return array;
        }
        Matcher placeholder = node.isTextual() ? PLACEHOLDER.matcher(node.textValue()) : null;
        return placeholder != null && placeholder.matches()
                ? Json.MAPPER.valueToTree(VALUES.get(placeholder.group(1)).apply(request))
                : node;
    }
}
