package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Shelf;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The classes and members that compiled rules may name. A class that rules only pass on, such as a group, has none. */
public final class VocabularyMembers {
    private static final Map<String, Set<String>> MEMBERS = new HashMap<>();

    static {
        for (Class<?> type : Vocabulary.imported()) {
            allow(type, type.isEnum() ? constantNames(type) : functionNames(type));
        }
        for (Class<?> fact : Vocabulary.facts()) {
            allow(fact, Vocabulary.wordNames(fact));
            allow(fact, constantNames(fact));
        }
        allow(Shelf.class, Vocabulary.verbs());
        Vocabulary.functions().values().forEach(returned -> allow(returned, List.of()));
        Vocabulary.enums().forEach(type -> allow(type, constantNames(type)));
    }

    private VocabularyMembers() {}

    private static void allow(Class<?> type, Collection<String> members) {
        MEMBERS.computeIfAbsent(type.getName(), name -> new TreeSet<>()).addAll(members);
    }

    private static List<String> constantNames(Class<?> type) {
        return Vocabulary.constants(type).stream().map(Field::getName).toList();
    }

    private static List<String> functionNames(Class<?> type) {
        return Vocabulary.functions(type).stream().map(Method::getName).toList();
    }

    public static boolean contains(String type) {
        return MEMBERS.containsKey(type);
    }

    public static boolean contains(String type, String member) {
        return MEMBERS.getOrDefault(type, Set.of()).contains(member);
    }
}
