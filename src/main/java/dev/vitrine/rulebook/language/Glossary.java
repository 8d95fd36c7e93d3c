package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Shelf;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that rules may use, each with its type, meaning, unit and example: the classes of the facts, read with the manual. */
public final class Glossary {
    private static final String VERBS = "Verbs";
    private static final String FUNCTIONS = "Groups";

    /** The order in which the manual explains them. */
    private static final List<String> ORDER =
            List.of("Shop", "Placement", "Page", "Shopper", "Visit", "Cart", "Candidate", "Campaign", "Reading");

    /** @param values what a text names there, null where it names nothing of the shop */
    public record Argument(String name, Class<?> type, ValueKind values) {}

    /**
     * @param stated whether an example states it
     * @param unit of a number, null for other types
     * @param values what its text names, null where it names nothing of the shop
     */
    public record Word(
            String fact,
            String name,
            String signature,
            Class<?> type,
            List<Argument> arguments,
            boolean stated,
            String meaning,
            String unit,
            String example,
            ValueKind values) {
        public boolean takesArguments() {
            return !arguments.isEmpty();
        }
    }

    /** @param atMost how many a decision can have */
    public record Fact(String name, String meaning, int atMost, List<Word> words) {
        /** The word of this name, null if there is none. */
        public Word word(String word) {
            return words.stream()
                    .filter(one -> one.name().equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @param forms the arguments that it can take */
    public record Verb(String name, String signature, String meaning, String example, List<List<Argument>> forms) {}

    /** A group, a share over time, a display or what variety is counted by. */
    public record Function(
            String name, String signature, Class<?> type, List<Argument> arguments, String meaning, String example) {}

    private static final class Held {
        static final Glossary GLOSSARY = new Glossary(Manual.read());
    }

    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final Map<String, Verb> verbs = new LinkedHashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();

    private Glossary(Manual manual) {
        Vocabulary.factNames().stream()
                .sorted(Comparator.comparingInt(ORDER::indexOf))
                .forEach(name -> facts.put(name, fact(name, manual)));
        Map<String, List<List<Argument>>> forms = new LinkedHashMap<>();
        Arrays.stream(Shelf.class.getDeclaredMethods())
                .sorted(Comparator.comparing(Method::toString))
                .forEach(verb -> forms.computeIfAbsent(verb.getName(), name -> new ArrayList<>())
                        .add(arguments(null, verb)));
        forms.forEach((name, taken) -> {
            Manual.Entry entry = manual.entry(VERBS, name);
            verbs.put(name, new Verb(name, entry.signature(), entry.meaning(), entry.example(), List.copyOf(taken)));
        });
        for (Class<?> type : Vocabulary.imported()) {
            if (!type.isEnum()) {
                Vocabulary.functions(type).stream()
                        .sorted(Comparator.comparing(Method::getName))
                        .forEach(function -> functions.put(function.getName(), function(function, manual)));
            }
        }
    }

    public static Glossary get() {
        return Held.GLOSSARY;
    }

    private static Fact fact(String name, Manual manual) {
        Class<?> type = Vocabulary.fact(name);
        Set<String> stated = new HashSet<>();
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(stated::add);
        List<String> order = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        List<Word> words = Vocabulary.wordMethods(type).stream()
                .sorted(Comparator.comparingInt((Method word) -> place(order, word.getName()))
                        .thenComparing(Method::getName))
                .map(word -> word(name, type, word, stated.contains(word.getName()), manual))
                .toList();
        return new Fact(name, manual.title(name), Vocabulary.atMost(type), words);
    }

    private static int place(List<String> order, String word) {
        int at = order.indexOf(word);
        return at < 0 ? order.size() : at;
    }

    private static Word word(String fact, Class<?> of, Method word, boolean stated, Manual manual) {
        Manual.Entry entry = manual.entry(fact, word.getName());
        return new Word(
                fact,
                word.getName(),
                entry.signature(),
                word.getReturnType(),
                arguments(of, word),
                stated,
                entry.meaning(),
                Units.of(of, word.getName()).orElse(null),
                entry.example(),
                word.getName().equals("text") ? ValueKind.ATTRIBUTE_VALUE : ValueKind.of(of, word.getName()));
    }

    private static List<Argument> arguments(Class<?> fact, Method method) {
        return Arrays.stream(method.getParameters())
                .map(one -> new Argument(
                        one.getName(),
                        one.getType(),
                        one.getType() == String.class ? ValueKind.of(fact, one.getName()) : null))
                .toList();
    }

    private static Function function(Method function, Manual manual) {
        Manual.Entry entry = manual.entry(FUNCTIONS, function.getName());
        return new Function(
                function.getName(),
                entry.signature(),
                function.getReturnType(),
                arguments(null, function),
                entry.meaning(),
                entry.example());
    }

    public Collection<Fact> facts() {
        return facts.values();
    }

    /** Whether it is the name of a fact but for its first letter. */
    public boolean isFactNearly(String text) {
        return !text.isEmpty() && Vocabulary.isFact(Character.toUpperCase(text.charAt(0)) + text.substring(1));
    }

    /** The fact of this name, null if there is none. */
    public Fact fact(String name) {
        return facts.get(name);
    }

    /** The word of a fact, null if there is none. */
    public Word word(String fact, String word) {
        Fact of = facts.get(fact);
        return of == null ? null : of.word(word);
    }

    public Collection<Verb> verbs() {
        return verbs.values();
    }

    /** The verb of this name, null if there is none. */
    public Verb verb(String name) {
        return verbs.get(name);
    }

    public Collection<Function> functions() {
        return functions.values();
    }

    /** The function of this name, null if there is none. */
    public Function function(String name) {
        return functions.get(name);
    }

    /** The values that a word of this type can have, none if they cannot be listed. */
    public static List<String> choices(Class<?> type) {
        if (type == boolean.class) {
            return List.of("true", "false");
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(one -> ((Enum<?>) one).name())
                        .toList()
                : List.of();
    }

    public static boolean isNumber(Class<?> type) {
        return type == Double.class || type.isPrimitive() && type != boolean.class;
    }

    /** Whether it holds several values, of which {@code contains} asks. */
    public static boolean isMany(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** The type in words. */
    public static String type(Class<?> type) {
        if (isNumber(type)) {
            return type == int.class ? "whole number" : "number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "text";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", choices(type));
        }
        if (Map.class.isAssignableFrom(type)) {
            return "values by key";
        }
        return Collection.class.isAssignableFrom(type) ? "list" : type.getSimpleName();
    }
}
