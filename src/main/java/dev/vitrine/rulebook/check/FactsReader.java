package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Ranges;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the facts of a case word by word, and reports every fault at its place. A value that is wrong stays as the standard fact
 * has it.
 */
final class FactsReader {
    /** YAML also has octal and sexagesimal numbers, which nobody means when writing a price. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");

    record Fault(Node where, String message, String cure) {}

    private final List<Fault> faults = new ArrayList<>();

    List<Fault> faults() {
        return faults;
    }

    void fault(Node where, String message, String cure) {
        faults.add(new Fault(where, message, cure));
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /**
     * The known words of something in braces. Unknown ones are reported.
     *
     * @param at the path of what they stand in, followed by a dot; "" for a case
     */
    Map<String, NodeTuple> words(MappingNode given, Collection<String> known, String at, String unknown) {
        Map<String, NodeTuple> words = new LinkedHashMap<>();
        NodeTuple before = null;
        for (NodeTuple entry : given.getValue()) {
            String word = text(entry.getKeyNode());
            if (!known.contains(word)) {
                fault(entry.getKeyNode(), at + word + unknown, cure(entry, before, known));
            } else if (words.putIfAbsent(word, entry) != null) {
                fault(entry.getKeyNode(), "'" + at + word + "' is written twice.", "Delete one of them.");
            }
            before = entry;
        }
        return words;
    }

    /** A colon without a space and a comma for a decimal point both look like unknown words. */
    private static String cure(NodeTuple entry, NodeTuple before, Collection<String> known) {
        String word = text(entry.getKeyNode());
        boolean alone = entry.getValueNode().getTag().equals(Tag.NULL);
        int colon = word.indexOf(':');
        if (alone && colon > 0 && known.contains(word.substring(0, colon))) {
            return "Put a space after the colon: " + word.substring(0, colon) + ": " + word.substring(colon + 1);
        }
        if (alone
                && before != null
                && word.matches("\\d+")
                && text(before.getValueNode()).matches("-?\\d+")) {
            return "Write decimals with a point: " + text(before.getKeyNode()) + ": " + text(before.getValueNode())
                    + "." + word;
        }
        return Nearest.to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Write one of these, or leave it out.");
    }

    /** The standard fact with the values that the case states. */
    @SuppressWarnings("unchecked") // the constructor is that of the fact's own class
    <T> T overlay(T standard, MappingNode given, String at) {
        RecordComponent[] components = standard.getClass().getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).sorted().toList();
        Map<String, NodeTuple> words = words(
                given,
                known,
                at + ".",
                " is not a known field. Those of a " + standard.getClass().getSimpleName() + " are "
                        + String.join(", ", known) + ".");
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                String word = components[i].getName();
                NodeTuple entry = words.get(word);
                if (entry != null) {
                    Field field = new Field(standard.getClass(), word, at + "." + word);
                    values[i] = value(entry.getValueNode(), components[i].getGenericType(), field);
                }
                // a candidate without a family is a family of its own, which its constructor sees to
                boolean ownFamily = standard instanceof Candidate && word.equals("family") && words.containsKey("sku");
                if (values[i] == null && !ownFamily) {
                    values[i] = components[i].getAccessor().invoke(standard);
                }
            }
            return (T) standard.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            fault(given, at + ": " + refused.getCause().getMessage() + ".", "Correct the case.");
            return standard;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Field(Class<?> fact, String word, String path) {}

    /** The value of the field, null if it has a fault. */
    private Object value(Node node, Type type, Field field) {
        if (type instanceof ParameterizedType of) {
            return of.getRawType() == Map.class
                    ? map(node, of.getActualTypeArguments()[1], field)
                    : collection(node, of.getRawType() == Set.class, field);
        }
        if (type == Shopper.Bought.class) {
            if (node instanceof MappingNode given) {
                return overlay(new Shopper.Bought(0, 0, 0), given, field.path);
            }
            fault(node, "'" + field.path + "' is not in braces.", "Write for example { times: 2, daysSince: 30 }.");
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            fault(
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
            String one = type == Double.class ? "0.5" : "{ times: 2, daysSince: 30 }";
            String name = field.word.equals("bought") ? "coffee-beans" : "sport/yoga/mats";
            fault(
                    node,
                    "'" + field.path + "' is not in braces.",
                    "Write for example: " + field.word + ": { " + name + ": " + one + " }");
            return null;
        }
        Map<String, Object> all = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = text(entry.getKeyNode());
            Object value = value(entry.getValueNode(), type, new Field(field.fact, field.word, field.path + "." + key));
            if (value != null) {
                all.put(key, value);
            }
        }
        return all;
    }

    private Collection<String> collection(Node node, boolean set, Field field) {
        if (!(node instanceof SequenceNode sequence)) {
            fault(
                    node,
                    "'" + field.path + "' is not a list.",
                    "Write: " + field.word + ": [ " + (text(node).isEmpty() ? "a, b" : text(node)) + " ]");
            return null;
        }
        Collection<String> all = set ? new LinkedHashSet<>() : new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Object one = value(
                    sequence.getValue().get(i),
                    String.class,
                    new Field(field.fact, field.word, field.path + "[" + i + "]"));
            if (one != null) {
                all.add((String) one);
            }
        }
        return all;
    }

    private String string(ScalarNode node, Field field) {
        String text = node.getValue();
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        if (number || node.getTag().equals(Tag.BOOL)) {
            fault(
                    node,
                    "'" + field.path + "': " + text + " is read as " + (number ? "a number" : "yes or no")
                            + ", but must be text.",
                    "Put it in quotes: \"" + text + "\"");
            return null;
        }
        return node.getTag().equals(Tag.NULL) ? "" : text;
    }

    private Boolean bool(ScalarNode node, Field field) {
        if (!node.getTag().equals(Tag.BOOL)) {
            fault(
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
        fault(
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
            fault(
                    node,
                    "'" + field.path + "'" + has(node) + ", but must be a " + (whole ? "whole " : "") + "number.",
                    numberCure(node, text, plain));
            return null;
        }
        double value = Double.parseDouble(text);
        if (whole && (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) || Double.isInfinite(value)) {
            fault(
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
            fault(
                    node,
                    "'" + field.path + "' cannot be " + node.getValue() + ".",
                    "It is " + range + (range.isShare() && value > 1 && value <= 100 ? ": " + asShare(value) : "."));
            return null;
        }
        return whole ? (Object) (int) value : (Object) value;
    }

    private static String numberCure(ScalarNode node, String text, boolean plain) {
        if (plain && text.matches("-?\\d+,\\d+")) {
            return "Write decimals with a point: " + text.replace(',', '.');
        }
        if (plain && text.matches("\\d{1,3} ?%")) {
            return asShare(Double.parseDouble(text.replaceAll(" ?%", "")));
        }
        return !plain && NUMBER.matcher(text).matches()
                ? "Write it without quotes: " + node.getValue()
                : "Write a number such as 3, without a unit or a currency sign.";
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
