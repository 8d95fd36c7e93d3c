package dev.vitrine.rulebook.language;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shelf;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.problem.Nearest;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in the shop's words what the compiler said in its own. */
public final class CompilerMessages {
    /** The facts that a rule can match, by name. */
    static final Map<String, Class<?>> FACTS = List.of(
                    Shop.class,
                    Placement.class,
                    Page.class,
                    Shopper.class,
                    Visit.class,
                    Cart.class,
                    Candidate.class,
                    Campaign.class,
                    Reading.class)
            .stream()
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private static final int MESSAGE_MAX = 240;
    private static final Pattern UNKNOWN_FIELD = Pattern.compile(
            "unable to resolve method using strict-mode: [\\w.]*\\.(\\w+)\\.(\\w+)\\(", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN_TYPE = Pattern.compile("Unable to resolve ObjectType '([\\w.]+)'");
    private static final Pattern UNKNOWN_NAME = Pattern.compile("(\\S+) cannot be resolved");
    private static final Pattern UNKNOWN_VERB =
            Pattern.compile("The method (\\w+)\\((.*?)\\) is undefined for the type (\\w+)");
    private static final Pattern WRONG_ARGUMENTS = Pattern.compile(
            "The method (\\w+)\\((.*?)\\) in the type (\\w+) is not applicable for the arguments \\((.*?)\\)");

    private static final Pattern NAMED_TWICE = Pattern.compile("Duplicate declaration for variable '(\\S+?)'");

    private CompilerMessages() {}

    /**
     * What is wrong.
     *
     * @param word the word that the compiler did not understand, "" where there is none
     * @param cure where the nearest known word suggests one
     */
    public record Said(String message, String cure, String word) {}

    public static Said compiler(String message) {
        Matcher field = UNKNOWN_FIELD.matcher(message);
        if (field.find() && FACTS.containsKey(field.group(1))) {
            List<String> constants = constants(FACTS.get(field.group(1)));
            if (field.group(2).matches("[A-Z][A-Z_]+") && !constants.isEmpty()) {
                return new Said(
                        field.group(1) + " knows no '" + field.group(2) + "'.",
                        cure(field.group(2), constants),
                        field.group(2));
            }
            return new Said(
                    field.group(1) + " has no '" + field.group(2) + "'.",
                    cure(field.group(2), words(FACTS.get(field.group(1)))),
                    field.group(2));
        }
        Matcher type = UNKNOWN_TYPE.matcher(message);
        if (type.find()) {
            return new Said(
                    "There is no fact '" + type.group(1) + "'.",
                    cure(type.group(1), List.copyOf(FACTS.keySet())),
                    type.group(1));
        }
        Matcher verb = UNKNOWN_VERB.matcher(message);
        if (verb.find()) {
            List<String> known =
                    words("Shelf".equals(verb.group(3)) ? Shelf.class : FACTS.getOrDefault(verb.group(3), Shelf.class));
            String what = known.contains(verb.group(1))
                    ? "'" + verb.group(1) + "' does not take (" + verb.group(2) + ")."
                    : verb.group(3) + " has no '" + verb.group(1) + "'.";
            return new Said(
                    what,
                    known.contains(verb.group(1))
                            ? "See rules/README.md for what it takes."
                            : cure(verb.group(1), known),
                    verb.group(1));
        }
        Matcher arguments = WRONG_ARGUMENTS.matcher(message);
        if (arguments.find()) {
            return new Said(
                    "'" + arguments.group(1) + "' takes (" + arguments.group(2) + "), not (" + arguments.group(4)
                            + ").",
                    "See rules/README.md for what it takes."
                            // 1,5 is two whole numbers
                            + (arguments.group(4).endsWith("int, int") ? " A decimal has a point: 1.5." : ""),
                    arguments.group(1));
        }
        Matcher twice = NAMED_TWICE.matcher(message);
        if (twice.find()) {
            return new Said(
                    "'" + twice.group(1) + "' names two things.", "Give one of them another name.", twice.group(1));
        }
        Matcher name = UNKNOWN_NAME.matcher(message);
        if (name.find()) {
            return new Said("'" + name.group(1) + "' is not a known word.", "", name.group(1));
        }
        // never more than a line or two: some messages carry the whole of the generated source
        String plain = message.replace("dev.vitrine.merchandising.", "").strip().replaceAll("\\s*\\n\\s*", " ");
        return new Said(plain.length() > MESSAGE_MAX ? plain.substring(0, MESSAGE_MAX) + "…" : plain, "", "");
    }

    static String cure(String word, List<String> known) {
        return Nearest.to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse(
                        known.isEmpty()
                                ? ""
                                : "Known words: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
    }

    /** Values that a field of the fact can be compared with. */
    private static List<String> constants(Class<?> fact) {
        return Arrays.stream(fact.getFields())
                .filter(field -> field.getType().isEnum())
                .map(Field::getName)
                .toList();
    }

    /** The words of a fact or of the shelf: what can be asked of it. */
    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(word -> !List.of("equals", "hashCode", "toString").contains(word))
                .distinct()
                .toList();
    }
}
