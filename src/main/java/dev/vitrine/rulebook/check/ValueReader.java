package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Ranges;
import dev.vitrine.rulebook.language.SeparatedNumber;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the value of one field of a fact, and reports a value that the field cannot have with what to write instead. */
final class ValueReader {
    /** YAML also has octal and sexagesimal numbers, which nobody means when writing a price. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");

    private final FactsReader facts;

    ValueReader(FactsReader facts) {
        this.facts = facts;
    }

    /** @param path of the field within the case, for messages */
    record Field(Class<?> fact, String word, String path) {}

    /** The value of the field, null if it has a fault. */
    Object read(Node node, Type type, Field field) {
        if (type instanceof ParameterizedType of) {
            return of.getRawType() == Map.class
                    ? map(node, of.getActualTypeArguments()[1], field)
                    : collection(node, of.getRawType() == Set.class, of.getActualTypeArguments()[0], field);
        }
        if (type == Shopper.Bought.class) {
            if (node instanceof MappingNode given) {
                return facts.overlay(new Shopper.Bought(0, 0, 0), given, field.path);
            }
            facts.fault(
                    node, "'" + field.path + "' is not in braces.", "Write for example: { times: 2, daysSince: 30 }.");
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            facts.fault(
                    node,
                    "'" + field.path + "' is " + (node instanceof SequenceNode ? "a list" : "in braces")
                            + ", but must be a single value.",
                    "Write " + field.word + ": and the value.");
            return null;
        }
        if (type == String.class) {
            return string(scalar, field);
        }
        if (type == boolean.class) {
            return bool(scalar, field);
        }
        return ((Class<?>) type).isEnum() ? constant(scalar, (Class<?>) type, field) : number(scalar, type, field);
    }

    private Map<String, Object> map(Node node, Type type, Field field) {
        if (!(node instanceof MappingNode mapping)) {
            String sample = type == String.class
                    ? "material: steel"
                    : type == Double.class ? "sport/yoga/mats: 0.5" : "coffee-beans: { times: 2, daysSince: 30 }";
            facts.fault(
                    node,
                    "'" + field.path + "' is not in braces.",
                    "Write for example: " + field.word + ": { " + sample + " }");
            return null;
        }
        Map<String, Object> all = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = FactsReader.text(entry.getKeyNode());
            Field one = new Field(field.fact, field.word, field.path + "." + key);
            // what a shop names itself may be a text, a number or a boolean
            Object value = type == String.class && entry.getValueNode() instanceof ScalarNode scalar
                    ? scalar.getValue()
                    : read(entry.getValueNode(), type, one);
            if (value != null) {
                all.put(key, value);
            }
        }
        return all;
    }

    private Collection<Object> collection(Node node, boolean set, Type type, Field field) {
        if (!(node instanceof SequenceNode sequence)) {
            facts.fault(
                    node,
                    "'" + field.path + "' is not a list.",
                    "Write: " + field.word + ": [ "
                            + (FactsReader.text(node).isEmpty() ? "a, b" : FactsReader.text(node)) + " ]");
            return null;
        }
        Optional<Node> empty = sequence.getValue().stream()
                .filter(one -> one.getTag().equals(Tag.NULL))
                .findFirst();
        if (empty.isPresent()) {
            facts.fault(
                    empty.get(), "An entry of '" + field.path + "' is empty.", "Write its value, or delete the dash.");
            return null;
        }
        Collection<Object> all = set ? new LinkedHashSet<>() : new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Object one = read(
                    sequence.getValue().get(i), type, new Field(field.fact, field.word, field.path + "[" + i + "]"));
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private String string(ScalarNode node, Field field) {
        String text = node.getValue();
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        if (number || node.getTag().equals(Tag.BOOL)) {
            facts.fault(
                    node,
                    "'" + field.path + "': " + text + " is read as " + (number ? "a number" : "yes or no")
                            + ", but must be text.",
                    "Put it in quotes: \"" + text + "\"");
            return null;
        }
        if (field.word.equals("searchWords") && !text.equals(text.toLowerCase(Locale.ROOT))) {
            facts.fault(
                    node,
                    "'" + field.path + "' is '" + text + "', but searches are kept in lower case.",
                    "Write: " + text.toLowerCase(Locale.ROOT));
            return null;
        }
        return node.getTag().equals(Tag.NULL) ? "" : text;
    }

    private Boolean bool(ScalarNode node, Field field) {
        if (!node.getTag().equals(Tag.BOOL)) {
            facts.fault(
                    node,
                    "'" + field.path + "'" + has(node) + ", but must be true or false.",
                    "Write true or false, without quotes.");
            return null;
        }
        return Set.of("true", "yes", "on").contains(node.getValue().toLowerCase(Locale.ROOT));
    }

    private Object constant(ScalarNode node, Class<?> type, Field field) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (node.getValue().equals(name) || node.getValue().equals(Json.wireName(constant))) {
                return constant;
            }
            names.add(name);
        }
        facts.fault(
                node,
                "'" + field.path + "'" + has(node) + ", but must be one of " + String.join(", ", names) + ".",
                Nearest.to(node.getValue().replace('-', '_'), names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Write one of these."));
        return null;
    }

    private Object number(ScalarNode node, Type type, Field field) {
        String text = node.getValue().replace("_", "");
        boolean whole = type == int.class;
        boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
        if (!plain || !NUMBER.matcher(text).matches()) {
            facts.fault(
                    node,
                    "'" + field.path + "'" + has(node) + ", but must be a " + (whole ? "whole " : "") + "number.",
                    numberCure(node, text, plain));
            return null;
        }
        double value = Double.parseDouble(text);
        if (whole && (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) || Double.isInfinite(value)) {
            facts.fault(
                    node,
                    "'" + field.path + "' is " + node.getValue() + ", but must be a " + (whole ? "whole" : "smaller")
                            + " number.",
                    whole
                            ? "Write a number such as 3; at most " + Integer.MAX_VALUE + "."
                            : "Write a number such as 4.99.");
            return null;
        }
        Ranges.Range range = Ranges.of(field.fact, field.word).orElse(null);
        if (range != null && !range.contains(value)) {
            facts.fault(
                    node,
                    "'" + field.path + "' cannot be " + node.getValue() + ".",
                    "It is " + range + (range.isShare() && value > 1 && value <= 100 ? ": " + asShare(value) : "."));
            return null;
        }
        return whole ? (Object) (int) value : (Object) value;
    }

    private static String numberCure(ScalarNode node, String text, boolean plain) {
        if (plain && text.matches("\\d{1,3} ?%")) {
            return asShare(Double.parseDouble(text.replaceAll(" ?%", "")));
        }
        if (plain && text.matches("\\d{1,2}:\\d\\d")) {
            return "Write the hour alone: " + Integer.parseInt(text.replaceFirst(":.*", ""));
        }
        if (!plain && NUMBER.matcher(text).matches()) {
            return "Write it without quotes: " + node.getValue();
        }
        String how = text.matches("-?\\d+,\\d+")
                ? "Write decimals with a point" + (plain ? ": " : ", without quotes: ")
                : "Write: ";
        return SeparatedNumber.meant(node.getValue())
                .map(number -> how + number)
                .orElse("Write a number such as 3, without a unit or a currency sign.");
    }

    private static String asShare(double percent) {
        // binary fractions need rounding: 7 / 100.0 is not 0.07
        double share = Math.round(percent * 100) / 10_000.0;
        return Proposal.number(percent) + " % is " + Proposal.number(share) + ".";
    }

    private static String has(ScalarNode node) {
        return node.getValue().isEmpty() ? " has no value" : " is '" + node.getValue() + "'";
    }
}
