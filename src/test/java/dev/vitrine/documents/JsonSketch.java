package dev.vitrine.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON as pages print it: {@code …} or {@code ...} stands for what is left out, the outer braces may be missing, and
 * jq's objects have names without quotes and expressions as values. What is left out or an expression is a missing node.
 */
final class JsonSketch {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final String text;
    private int at;

    private JsonSketch(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where the text is not even a sketch of JSON */
    static JsonNode read(String text) {
        String stripped = text.strip();
        boolean bare = stripped.startsWith("\"") && !stripped.matches("(?s)\"[^\"]*\"");
        JsonSketch sketch = new JsonSketch(bare ? "{" + stripped + "}" : stripped);
        JsonNode value = sketch.value();
        sketch.blanks();
        if (sketch.at < sketch.text.length()) {
            throw sketch.unexpected("more text");
        }
        return value;
    }

    /** The objects of a jq program, those within others not counted. */
    static List<JsonNode> objects(String program) {
        List<JsonNode> objects = new ArrayList<>();
        JsonSketch sketch = new JsonSketch(program);
        while (sketch.at < program.length()) {
            char c = program.charAt(sketch.at);
            if (c == '"') {
                sketch.string();
            } else if (c == '{') {
                objects.add(sketch.object());
            } else {
                sketch.at++;
            }
        }
        return objects;
    }

    private JsonNode value() {
        blanks();
        char c = peek();
        if (c == '{') {
            return object();
        } else if (c == '[') {
            return array();
        } else if (c == '"') {
            return TextNode.valueOf(string());
        }
        String word = expression();
        return switch (word) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.instance;
            default ->
                NUMBER.matcher(word).matches() ? DecimalNode.valueOf(new BigDecimal(word)) : MissingNode.getInstance();
        };
    }

    private ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        at++;
        for (blanks(); peek() != '}'; blanks()) {
            if (!left()) {
                String name = peek() == '"' ? string() : name();
                blanks();
                if (peek() != ':') {
                    throw unexpected("':' after the name \"" + name + "\"");
                }
                at++;
                object.set(name, value());
            }
            comma('}');
        }
        at++;
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        at++;
        for (blanks(); peek() != ']'; blanks()) {
            if (!left()) {
                array.add(value());
            }
            comma(']');
        }
        at++;
        return array;
    }

    private void comma(char end) {
        blanks();
        if (peek() == ',') {
            at++;
        } else if (peek() != end) {
            throw unexpected("',' or '" + end + "'");
        }
    }

    /** Steps over an ellipsis. */
    private boolean left() {
        blanks();
        String sign = text.startsWith("...", at) ? "..." : text.startsWith("…", at) ? "…" : "";
        at += sign.length();
        return !sign.isEmpty();
    }

    private String name() {
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            throw unexpected("a name");
        }
        at = name.end();
        return name.group();
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (at++; peek() != '"'; at++) {
            if (peek() == '\\') {
                at++;
            }
            string.append(peek());
        }
        at++;
        return string.toString();
    }

    /** Anything up to the comma or bracket that ends it. */
    private String expression() {
        int from = at;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                string();
                continue;
            } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                break;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return text.substring(from, at).strip();
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected("more");
        }
        return text.charAt(at);
    }

    private IllegalArgumentException unexpected(String wanted) {
        return new IllegalArgumentException(
                "expected " + wanted + " after: " + text.substring(Math.max(0, at - 40), Math.min(at, text.length())));
    }
}
