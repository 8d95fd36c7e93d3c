package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.language.VocabularyMembers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes that compiled rules may name, and of each class the members. Most entries are what the compiler itself writes. */
final class AllowedClasses {
    private static final Set<String> NUMBER = Set.of(
            "TYPE",
            "valueOf",
            "intValue",
            "longValue",
            "doubleValue",
            "floatValue",
            "shortValue",
            "byteValue",
            "booleanValue",
            "charValue",
            "compare",
            "compareTo",
            "equals",
            "hashCode");

    private static final Map<String, Set<String>> JDK = Map.ofEntries(
            Map.entry("java.lang.Object", Set.of("<init>", "equals", "hashCode", "toString")),
            Map.entry(
                    "java.lang.String",
                    Set.of("equals", "hashCode", "toString", "length", "valueOf", "compareTo", "contains")),
            Map.entry("java.lang.StringBuilder", Set.of("<init>", "append", "toString")),
            Map.entry("java.lang.CharSequence", Set.of()),
            Map.entry("java.lang.Comparable", Set.of("compareTo")),
            Map.entry("java.lang.Number", NUMBER),
            Map.entry("java.lang.Integer", NUMBER),
            Map.entry("java.lang.Long", NUMBER),
            Map.entry("java.lang.Double", NUMBER),
            Map.entry("java.lang.Float", NUMBER),
            Map.entry("java.lang.Short", NUMBER),
            Map.entry("java.lang.Byte", NUMBER),
            Map.entry("java.lang.Boolean", NUMBER),
            Map.entry("java.lang.Character", NUMBER),
            Map.entry("java.lang.Enum", Set.of("<init>", "valueOf", "equals", "compareTo")),
            Map.entry("java.lang.Record", Set.of()),
            Map.entry("java.lang.Class", Set.of()),
            Map.entry("java.lang.System", Set.of("arraycopy")),
            Map.entry("java.lang.Throwable", Set.of()),
            Map.entry("java.lang.Exception", Set.of()),
            Map.entry("java.lang.RuntimeException", Set.of("<init>")),
            Map.entry("java.math.BigDecimal", Set.of("<init>", "valueOf", "compareTo", "equals")),
            Map.entry("java.math.BigInteger", Set.of("<init>", "valueOf", "compareTo", "equals")),
            Map.entry("java.util.Arrays", Set.of("asList")),
            Map.entry("java.util.ArrayList", Set.of("<init>", "add")),
            Map.entry("java.util.Collections", Set.of("emptyList", "emptySet")),
            Map.entry("java.util.Collection", Set.of("contains", "equals")),
            Map.entry("java.util.List", Set.of("add", "contains", "equals")),
            Map.entry("java.util.Set", Set.of("contains", "equals")),
            Map.entry("java.util.Map", Set.of("equals", "keySet")),
            Map.entry("java.util.Objects", Set.of("equals")),
            Map.entry("java.util.Locale", Set.of("ENGLISH")),
            Map.entry("java.util.regex.Pattern", Set.of("compile", "matcher")),
            Map.entry("java.util.regex.Matcher", Set.of("matches")),
            Map.entry("java.util.Date", Set.of()),
            Map.entry("java.util.Calendar", Set.of()),
            Map.entry("java.util.GregorianCalendar", Set.of("<init>", "from")),
            Map.entry("java.time.LocalDate", Set.of("parse", "atStartOfDay")),
            Map.entry("java.time.ZoneId", Set.of("systemDefault")),
            Map.entry("java.time.ZonedDateTime", Set.of()),
            Map.entry("java.time.format.DateTimeFormatter", Set.of()),
            Map.entry(
                    "java.time.format.DateTimeFormatterBuilder",
                    Set.of("<init>", "parseCaseInsensitive", "appendPattern", "toFormatter")),
            // the JVM resolves these to concatenate texts
            Map.entry("java.lang.invoke.StringConcatFactory", Set.of()),
            Map.entry("java.lang.invoke.CallSite", Set.of()),
            Map.entry("java.lang.invoke.MethodHandle", Set.of()),
            Map.entry("java.lang.invoke.MethodHandles", Set.of()),
            Map.entry("java.lang.invoke.MethodHandles$Lookup", Set.of()),
            Map.entry("java.lang.invoke.MethodType", Set.of()));

    /** Drools' own form of a rule, through which nothing else can be reached. */
    private static final Set<String> DROOLS = Set.of(
            "org.drools.modelcompiler.dsl.pattern.D",
            "org.drools.modelcompiler.util.EvaluationUtil",
            "org.drools.compiler.kie.builder.MaterializedLambda",
            "org.drools.util.DateUtils");

    private static final String MODEL = "org.drools.model.";
    /** These lead to the session, or run code that stands in a text. */
    private static final Set<String> MODEL_CLOSED =
            Set.of("Drools", "DroolsEntryPoint", "EntryPoint", "Channel", "TupleHandle", "Handle", "FlowDSL", "DSL");

    private static final List<String> MODEL_CLOSED_PREFIXES =
            List.of("functions.ScriptBlock", "functions.LambdaPrinter", "functions.FunctionUtils", "util.", "project.");

    private AllowedClasses() {}

    static boolean contains(String type) {
        return JDK.containsKey(type) || DROOLS.contains(type) || isModel(type) || VocabularyMembers.contains(type);
    }

    static boolean contains(String type, String member) {
        Set<String> members = JDK.get(type);
        if (members != null) {
            return members.contains(member);
        }
        return DROOLS.contains(type) || isModel(type) || VocabularyMembers.contains(type, member);
    }

    private static boolean isModel(String type) {
        if (!type.startsWith(MODEL)) {
            return false;
        }
        String name = type.substring(MODEL.length());
        return !MODEL_CLOSED.contains(name) && MODEL_CLOSED_PREFIXES.stream().noneMatch(name::startsWith);
    }
}
