package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.problem.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the facts of a case word by word. A value that is wrong is reported, and stays as the standard fact has it. */
final class FactsReader {
    record Fault(Node where, String message, String cure) {}

    private final List<Fault> faults = new ArrayList<>();
    private final ValueReader reader = new ValueReader(this);

    List<Fault> faults() {
        return faults;
    }

    void fault(Node where, String message, String cure) {
        faults.add(new Fault(where, message, cure));
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** @param at the path of what the words stand in, followed by a dot; "" for a case */
    Map<String, NodeTuple> words(MappingNode given, Collection<String> known, String at, String unknown) {
        Map<String, NodeTuple> words = new LinkedHashMap<>();
        NodeTuple before = null;
        for (NodeTuple entry : given.getValue()) {
            String word = text(entry.getKeyNode());
            if (!known.contains(word)) {
                fault(entry.getKeyNode(), at + word + unknown + ".", cure(entry, before, known, unknown));
            } else if (words.putIfAbsent(word, entry) != null) {
                fault(entry.getKeyNode(), "'" + at + word + "' is written twice.", "Delete one of them.");
            }
            before = entry;
        }
        return words;
    }

    /** A colon without a space and a comma for a decimal point both look like unknown words. */
    private static String cure(NodeTuple entry, NodeTuple before, Collection<String> known, String unknown) {
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
        Optional<String> derived = unknown.endsWith(" of a Candidate") ? derived(entry) : Optional.empty();
        if (derived.isPresent()) {
            return derived.get();
        }
        return Nearest.to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Write one of these, or leave it out: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** A word that rules ask for, and that follows from what a case states. */
    private static Optional<String> derived(NodeTuple entry) {
        String word = text(entry.getKeyNode());
        String value = text(entry.getValueNode()).replaceFirst(" ?%$", "");
        return switch (word) {
            case "discount" -> {
                boolean number = value.matches("\\d{1,2}(\\.\\d{1,4})?");
                double given = number ? Double.parseDouble(value) : 0.2;
                double share = given > 1 ? given / 100 : given;
                yield Optional.of(
                        "It follows from the two prices. For " + Proposal.number(Math.round(share * 10_000) / 100.0)
                                + " %, write: listPrice: 100, price: "
                                + Proposal.number(Math.round((1 - share) * 10_000) / 100.0));
            }
            case "onSale" -> Optional.of("It follows from the two prices. Write for example: listPrice: 20, price: 15");
            case "tag", "tagged" -> Optional.of("Write: tags: [ " + (value.isEmpty() ? "core" : value) + " ]");
            case "within" -> Optional.of("Write: category: " + (value.isEmpty() ? "sport/yoga" : value));
            default -> Optional.empty();
        };
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
                " is not a known field of a " + standard.getClass().getSimpleName());
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                String word = components[i].getName();
                NodeTuple entry = words.get(word);
                if (entry != null) {
                    values[i] = reader.read(
                            entry.getValueNode(),
                            components[i].getGenericType(),
                            new ValueReader.Field(standard.getClass(), word, at + "." + word));
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
}
