package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shelf;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that rules may use, read from the classes of the vocabulary. {@code Object} stands for an unknown type. */
public final class Vocabulary {
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

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
    private static final Pattern STATIC_IMPORT = Pattern.compile("import static ([\\w.]+)\\.\\*;");
    private static final int USUAL = 10;

    private static final Map<String, Class<?>> FACTS = Stream.of(
                    Shop.class,
                    Placement.class,
                    Page.class,
                    Shopper.class,
                    Visit.class,
                    Cart.class,
                    Candidate.class,
                    Campaign.class,
                    Reading.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    /** Facts of which each decision has exactly one. */
    private static final Set<Class<?>> SINGLE = Arrays.stream(Facts.class.getRecordComponents())
            .map(RecordComponent::getType)
            .collect(Collectors.toSet());

    private static final List<Class<?>> IMPORTED = new ArrayList<>();
    private static final Map<String, Class<?>> FUNCTIONS = new HashMap<>();
    private static final Map<String, Class<?>> CONSTANTS = new HashMap<>();
    private static final Map<String, Class<?>> ENUMS = new HashMap<>();
    private static final Set<String> VERBS = new TreeSet<>();
    private static final Set<String> NULLABLE = new TreeSet<>();

    static {
        Matcher imported = STATIC_IMPORT.matcher(DRL);
        while (imported.find()) {
            Class<?> type = classNamed(imported.group(1));
            IMPORTED.add(type);
            addIfEnum(type);
            constants(type).forEach(field -> CONSTANTS.put(field.getName(), field.getType()));
            if (!type.isEnum()) {
                functions(type).forEach(method -> FUNCTIONS.put(method.getName(), method.getReturnType()));
            }
        }
        for (Method verb : Shelf.class.getDeclaredMethods()) {
            VERBS.add(verb.getName());
            Arrays.stream(verb.getParameterTypes()).forEach(Vocabulary::addIfEnum);
        }
        for (Class<?> fact : FACTS.values()) {
            for (RecordComponent component : fact.getRecordComponents()) {
                addIfEnum(component.getType());
                if (component.getType() == Double.class) {
                    NULLABLE.add(component.getName());
                }
            }
        }
    }

    private Vocabulary() {}

    private static Class<?> classNamed(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addIfEnum(Class<?> type) {
        if (type.isEnum()) {
            ENUMS.put(type.getSimpleName(), type);
        }
    }

    private static boolean isPublic(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
    }

    static Collection<Class<?>> facts() {
        return FACTS.values();
    }

    static Collection<String> factNames() {
        return FACTS.keySet();
    }

    /** The fact of this name, null if there is none. */
    static Class<?> fact(String name) {
        return FACTS.get(name);
    }

    static boolean isFact(String name) {
        return FACTS.containsKey(name);
    }

    static boolean isFact(Class<?> type) {
        return FACTS.containsValue(type);
    }

    /** The most facts of this type that a decision can have. Whoever makes the facts holds to it. */
    public static int atMost(Class<?> fact) {
        if (SINGLE.contains(fact)) {
            return 1;
        }
        if (fact == Candidate.class) {
            return Facts.CANDIDATES_MAX;
        }
        return fact == Campaign.class ? Facts.CAMPAIGNS_MAX : Proposals.READINGS_MAX;
    }

    /** How many facts of this type a rule is written for. A decision with more ends by what it really joins. */
    static int usual(Class<?> fact) {
        return fact == Candidate.class ? Facts.CANDIDATES_MAX : Math.min(atMost(fact), USUAL);
    }

    /** Whether each decision has exactly one of these facts. */
    public static boolean isSingle(String fact) {
        return isFact(fact) && atMost(fact(fact)) == 1;
    }

    static List<Method> wordMethods(Class<?> fact) {
        return Arrays.stream(fact.getDeclaredMethods())
                .filter(method -> isPublic(method) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !OF_EVERY_OBJECT.contains(method.getName()) && method.getReturnType() != void.class)
                .toList();
    }

    static List<String> wordNames(Class<?> fact) {
        return wordMethods(fact).stream().map(Method::getName).distinct().toList();
    }

    /** The type of a word without arguments, null if there is none. */
    static Class<?> word(Class<?> fact, String name) {
        return wordMethods(fact).stream()
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                .<Class<?>>map(Method::getReturnType)
                .findFirst()
                .orElse(null);
    }

    /** The words of all facts that are null where a number is unknown. */
    static Set<String> nullable() {
        return NULLABLE;
    }

    /** Whether a word of some fact is a map. */
    static boolean isMap(String name) {
        return FACTS.values().stream()
                .map(fact -> word(fact, name))
                .anyMatch(type -> type != null && Map.class.isAssignableFrom(type));
    }

    /** The type of a word with or without arguments, null if there is none. */
    static Class<?> question(Class<?> fact, String name) {
        return wordMethods(fact).stream()
                .filter(method -> method.getName().equals(name))
                .<Class<?>>map(Method::getReturnType)
                .findFirst()
                .orElse(null);
    }

    static List<Field> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field ->
                        field.getType().isEnum() || field.getType().isPrimitive() || field.getType() == String.class)
                .toList();
    }

    /** The type of a constant that is written without its owner, null if there is none. */
    static Class<?> constant(Class<?> fact, String name) {
        Class<?> everywhere = CONSTANTS.get(name);
        return fact == null ? everywhere : typeOf(fact, name, everywhere);
    }

    /** The type of a constant such as {@code Kind.BUNDLE} or {@code Candidate.NEVER}, null if there is none. */
    static Class<?> constant(String owner, String name) {
        Class<?> type = ENUMS.getOrDefault(owner, FACTS.get(owner));
        return type == null ? null : typeOf(type, name, null);
    }

    private static Class<?> typeOf(Class<?> owner, String constant, Class<?> otherwise) {
        return constants(owner).stream()
                .filter(field -> field.getName().equals(constant))
                .<Class<?>>map(Field::getType)
                .findFirst()
                .orElse(otherwise);
    }

    /** The values of enums that can be compared with fields of the fact. */
    static List<String> constantNames(Class<?> fact) {
        return constants(fact).stream()
                .filter(field -> field.getType().isEnum())
                .map(Field::getName)
                .toList();
    }

    /** The classes whose functions and constants rules use by their bare names. */
    static List<Class<?>> imported() {
        return IMPORTED;
    }

    static Collection<Class<?>> enums() {
        return ENUMS.values();
    }

    static List<Method> functions(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isPublic(method) && Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    /** The type that a function returns, null if there is none of this name. */
    static Class<?> function(String name) {
        return FUNCTIONS.get(name);
    }

    static Map<String, Class<?>> functions() {
        return FUNCTIONS;
    }

    static Collection<String> verbs() {
        return VERBS;
    }
}
