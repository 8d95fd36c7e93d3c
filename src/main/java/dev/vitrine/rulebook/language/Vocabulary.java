package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Shelf;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that rules may use, as the classes of the vocabulary have them: a word that is added there is known here. Types
 * are given as classes; {@code Object} stands for one that is not known.
 */
public final class Vocabulary {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
    private static final Pattern STATIC_IMPORT = Pattern.compile("import static ([\\w.]+)\\.\\*;");
    private static final int CANDIDATES = 1000;
    private static final int FEW = 10;
    /** What every rule file may use without importing it. */
    public static final String DRL =
            """
            package dev.vitrine.merchandising;

            import static dev.vitrine.merchandising.Mood.*;
            import static dev.vitrine.merchandising.Groups.*;
            import static dev.vitrine.merchandising.Displays.*;
            import static dev.vitrine.merchandising.Shares.*;
            import static dev.vitrine.merchandising.Variety.*;

            global dev.vitrine.merchandising.Shelf shelf;
            """;

    /** Facts that each decision has one of. */
    private static final Set<Class<?>> SINGLE = Arrays.stream(Facts.class.getRecordComponents())
            .map(RecordComponent::getType)
            .collect(Collectors.toSet());

    private static final Map<String, Class<?>> FUNCTIONS = new HashMap<>();
    private static final Map<String, Class<?>> CONSTANTS = new HashMap<>();
    private static final Map<String, Class<?>> ENUMS = new HashMap<>();
    private static final Set<String> VERBS = new TreeSet<>();
    /** What compiled rules may name, by class; a class that is only handed on has no members. */
    private static final Map<String, Set<String>> REACH = new HashMap<>();

    static {
        Matcher imported = STATIC_IMPORT.matcher(DRL);
        while (imported.find()) {
            Class<?> type = named(imported.group(1));
            constants(type).forEach(field -> CONSTANTS.put(field.getName(), field.getType()));
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> isPublic(method) && Modifier.isStatic(method.getModifiers()) && !type.isEnum())
                    .forEach(method -> FUNCTIONS.put(method.getName(), method.getReturnType()));
            known(type);
            reach(type, type.isEnum() ? CONSTANTS.keySet() : FUNCTIONS.keySet());
        }
        for (Method verb : Shelf.class.getDeclaredMethods()) {
            VERBS.add(verb.getName());
            Arrays.stream(verb.getParameterTypes()).forEach(Vocabulary::known);
        }
        for (Class<?> fact : CompilerMessages.FACTS.values()) {
            Arrays.stream(fact.getRecordComponents()).forEach(component -> known(component.getType()));
            reach(fact, wordNames(fact));
            reach(fact, constants(fact).stream().map(Field::getName).toList());
        }
        reach(Shelf.class, VERBS);
        FUNCTIONS.values().forEach(made -> reach(made, Set.of()));
        ENUMS.values()
                .forEach(type ->
                        reach(type, constants(type).stream().map(Field::getName).toList()));
    }

    private Vocabulary() {}

    private static void reach(Class<?> type, Collection<String> members) {
        REACH.computeIfAbsent(type.getName(), name -> new TreeSet<>()).addAll(members);
    }

    /** Whether compiled rules may name the class. */
    public static boolean reaches(String type) {
        return REACH.containsKey(type);
    }

    /** Whether compiled rules may name this member of the class. */
    public static boolean reaches(String type, String member) {
        return REACH.getOrDefault(type, Set.of()).contains(member);
    }

    private static void known(Class<?> type) {
        if (type.isEnum()) {
            ENUMS.put(type.getSimpleName(), type);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
    }

    /** Whether rules may ask this type for its words. */
    static boolean isFact(Class<?> type) {
        return CompilerMessages.FACTS.containsValue(type);
    }

    /** What can be asked of a fact. */
    static List<Method> words(Class<?> fact) {
        return Arrays.stream(fact.getDeclaredMethods())
                .filter(method -> isPublic(method) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !OF_EVERY_OBJECT.contains(method.getName()) && method.getReturnType() != void.class)
                .toList();
    }

    static List<String> wordNames(Class<?> fact) {
        return words(fact).stream().map(Method::getName).distinct().toList();
    }

    /** The type of a word that is given nothing, null where there is none. */
    static Class<?> word(Class<?> fact, String name) {
        return words(fact).stream()
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                .<Class<?>>map(Method::getReturnType)
                .findFirst()
                .orElse(null);
    }

    /** The type of a word that may be given something, null where there is none. */
    static Class<?> question(Class<?> fact, String name) {
        return words(fact).stream()
                .filter(method -> method.getName().equals(name))
                .<Class<?>>map(Method::getReturnType)
                .findFirst()
                .orElse(null);
    }

    /** The type of a constant that is named alone, null where there is none. */
    static Class<?> constant(Class<?> fact, String name) {
        Class<?> everywhere = CONSTANTS.get(name);
        if (fact == null) {
            return everywhere;
        }
        return constants(fact).stream()
                .filter(field -> field.getName().equals(name))
                .<Class<?>>map(Field::getType)
                .findFirst()
                .orElse(everywhere);
    }

    static List<String> constantNames(Class<?> fact) {
        return constants(fact).stream()
                .filter(field -> field.getType().isEnum())
                .map(Field::getName)
                .toList();
    }

    /** The constant {@code Kind.BUNDLE}; also the numbers of a fact, such as {@code Candidate.NEVER}. Null where none. */
    static Class<?> constant(String owner, String name) {
        Class<?> type = ENUMS.containsKey(owner) ? ENUMS.get(owner) : CompilerMessages.FACTS.get(owner);
        return type == null
                ? null
                : constants(type).stream()
                        .filter(field -> field.getName().equals(name))
                        .<Class<?>>map(Field::getType)
                        .findFirst()
                        .orElse(null);
    }

    private static List<Field> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field ->
                        field.getType().isEnum() || field.getType().isPrimitive() || field.getType() == String.class)
                .toList();
    }

    /** The type of what a function makes, null where there is none. */
    static Class<?> function(String name) {
        return FUNCTIONS.get(name);
    }

    static Collection<String> functions() {
        return FUNCTIONS.keySet();
    }

    static Collection<String> verbs() {
        return VERBS;
    }

    /** How many facts of this type a decision has at most. */
    public static int atMost(Class<?> fact) {
        if (fact == Candidate.class) {
            return CANDIDATES;
        }
        return SINGLE.contains(fact) ? 1 : FEW;
    }
}
