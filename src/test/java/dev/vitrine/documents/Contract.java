package dev.vitrine.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.vitrine.documents.ShownCalls.Answer;
import dev.vitrine.documents.ShownCalls.Call;
import dev.vitrine.documents.ShownCalls.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;

/** The service's OpenAPI document, and what in a shown call is not in it. */
final class Contract {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;

    Contract(JsonNode document) {
        this.document = document;
    }

    /** Everything that the service can be asked, as {@code METHOD /path}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations.add(name(operation.getKey(), path.getKey()));
                }
            }
        }
        return operations;
    }

    private static String name(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    /** The operation of the document that the call is one of, "" where there is none. */
    String operation(Call call) {
        String best = "";
        String[] asked = call.path().split("/", -1);
        for (Entry<String, JsonNode> path : document.get("paths").properties()) {
            String[] known = path.getKey().split("/", -1);
            boolean fits = path.getValue().has(call.method().toLowerCase(Locale.ROOT)) && asked.length == known.length;
            for (int i = 0; fits && i < known.length; i++) {
                fits = known[i].startsWith("{") ? !asked[i].isEmpty() : known[i].equals(asked[i]);
            }
            // of /staged/{id} and /staged/promote the second is meant where it is asked for
            if (fits && (best.isEmpty() || best.contains("{") && !path.getKey().contains("{"))) {
                best = name(call.method(), path.getKey());
            }
        }
        return best;
    }

    /** What is wrong with the calls, answers and fields that a page shows. */
    List<String> complaints(ShownCalls shown) {
        List<String> complaints = new ArrayList<>(shown.unread);
        for (Call call : shown.calls) {
            if (call.path().startsWith("/q/")) {
                continue;
            }
            JsonNode operation = node(call);
            if (operation.isMissingNode()) {
                complaints.add(call.place() + " there is no " + name(call.method(), call.path()));
                continue;
            }
            Set<String> parameters = parameters(operation);
            call.query().stream()
                    .filter(parameter -> !parameters.contains(parameter))
                    .forEach(parameter -> complaints.add(call.place() + " " + operation(call) + " has no parameter '"
                            + parameter + "'; known are " + parameters));
            for (JsonNode body : call.bodies()) {
                String at = call.place() + " " + operation(call) + " request";
                if (request(operation).isMissingNode()) {
                    complaints.add(at + ": it takes no body");
                } else {
                    compare(body, request(operation), at, complaints);
                }
            }
        }
        shown.answers.forEach(answer -> compare(answer, complaints));
        shown.fields.forEach(field -> find(field, complaints));
        return complaints;
    }

    private JsonNode node(Call call) {
        String operation = operation(call);
        return operation.isEmpty()
                ? MissingNode.getInstance()
                : document.get("paths")
                        .get(operation.substring(operation.indexOf(' ') + 1))
                        .get(call.method().toLowerCase(Locale.ROOT));
    }

    private Set<String> parameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.get("name").asText());
            }
        }
        return names;
    }

    private static JsonNode request(JsonNode operation) {
        return schema(operation.path("requestBody"));
    }

    private static JsonNode schema(JsonNode body) {
        for (JsonNode content : body.path("content")) {
            return content.path("schema");
        }
        return MissingNode.getInstance();
    }

    /** What the operation can answer, what it answers when all is well first. */
    private List<JsonNode> answers(Call call) {
        List<JsonNode> schemas = new ArrayList<>();
        for (Entry<String, JsonNode> response : node(call).path("responses").properties()) {
            JsonNode schema = schema(response.getValue());
            if (!schema.isMissingNode()) {
                schemas.add(response.getKey().startsWith("2") ? 0 : schemas.size(), schema);
            }
        }
        return schemas;
    }

    private void compare(Answer answer, List<String> complaints) {
        List<String> first = null;
        for (JsonNode schema : answers(answer.call())) {
            List<String> wrong = new ArrayList<>();
            compare(answer.value(), schema, answer.place() + " " + operation(answer.call()) + " answer", wrong);
            if (wrong.isEmpty()) {
                return;
            }
            first = first == null ? wrong : first;
        }
        complaints.addAll(
                first == null
                        ? List.of(
                                answer.place() + " OpenAPI does not say what " + operation(answer.call()) + " answers")
                        : first);
    }

    private void compare(JsonNode value, JsonNode schema, String at, List<String> complaints) {
        List<JsonNode> parts = parts(schema);
        if (value.isMissingNode() || value.isNull() || parts.stream().noneMatch(Contract::saysAnything)) {
            return;
        }
        if (value.isObject()) {
            for (Entry<String, JsonNode> field : value.properties()) {
                JsonNode known = field(parts, field.getKey());
                if (known == null) {
                    complaints.add(at + ": no field '" + field.getKey() + "'; known are " + names(parts));
                } else {
                    compare(field.getValue(), known, at + "." + field.getKey(), complaints);
                }
            }
        } else if (value.isArray()) {
            JsonNode items = items(parts);
            if (items == null) {
                complaints.add(at + ": is no list");
            } else {
                value.forEach(element -> compare(element, items, at + "[]", complaints));
            }
        } else {
            scalar(value, parts, at, complaints);
        }
    }

    private static void scalar(JsonNode value, List<JsonNode> parts, String at, List<String> complaints) {
        Set<String> types = new TreeSet<>();
        Set<String> words = new TreeSet<>();
        for (JsonNode part : parts) {
            JsonNode type = part.path("type");
            (type.isArray() ? type : List.of(type)).forEach(one -> types.add(one.asText()));
            part.path("enum").forEach(word -> words.add(word.asText()));
        }
        types.removeAll(Set.of("", "null"));
        String kind = value.isTextual() ? "string" : value.isBoolean() ? "boolean" : "number";
        boolean whole = kind.equals("number")
                && value.decimalValue().stripTrailingZeros().scale() <= 0;
        if (!types.isEmpty() && !types.contains(kind) && !(whole && types.contains("integer"))) {
            complaints.add(at + ": " + value + " is a " + kind + ", and must be " + types);
        }
        boolean given = value.isTextual() && !value.asText().matches(".*[…$].*|");
        if (given && !words.isEmpty() && !words.contains(value.asText())) {
            complaints.add(at + ": '" + value.asText() + "' is none of " + words);
        }
    }

    private void find(Field field, List<String> complaints) {
        JsonNode operation = node(field.call());
        String name = operation(field.call()) + (field.ofRequest() ? " request" : " answer");
        List<JsonNode> schemas = field.ofRequest() ? List.of(request(operation)) : answers(field.call());
        if (operation.isMissingNode() || schemas.isEmpty()) {
            complaints.add(field.place() + " OpenAPI does not say what is in the " + name);
            return;
        }
        JsonNode schema = schemas.get(0);
        for (String step : field.path().split("\\.")) {
            boolean list = step.endsWith("[]");
            List<JsonNode> parts = parts(schema);
            schema = field(parts, list ? step.substring(0, step.length() - 2) : step);
            if (schema != null && list) {
                schema = items(parts(schema));
            }
            if (schema == null) {
                complaints.add(field.place() + " " + name + ": no field '" + field.path() + "'; at '" + step
                        + "' known are " + names(parts));
                return;
            }
        }
    }

    /** Null where there is no such field. */
    private static JsonNode field(List<JsonNode> parts, String name) {
        JsonNode any = null;
        for (JsonNode part : parts) {
            if (part.path("properties").has(name)) {
                return part.get("properties").get(name);
            }
            any = part.path("additionalProperties").isObject() ? part.get("additionalProperties") : any;
        }
        return any;
    }

    private static JsonNode items(List<JsonNode> parts) {
        return parts.stream()
                .filter(part -> part.has("items"))
                .map(part -> part.get("items"))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> names(List<JsonNode> parts) {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> part.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static boolean saysAnything(JsonNode part) {
        return part.has("properties")
                || part.has("items")
                || part.has("enum")
                || part.has("additionalProperties")
                || part.has("type");
    }

    /** The schema with all that it refers to. */
    private List<JsonNode> parts(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>();
        parts.add(schema);
        if (schema.has("$ref")) {
            parts.addAll(parts(document.at(schema.get("$ref").asText().substring(1))));
        }
        for (String several : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(several).forEach(one -> parts.addAll(parts(one)));
        }
        return parts;
    }
}
