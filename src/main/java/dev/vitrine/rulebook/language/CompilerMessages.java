package dev.vitrine.rulebook.language;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates messages of the Drools and Java compilers into the words of people who write rules. */
public final class CompilerMessages {
    /** Some messages carry the whole generated source; a line or two is all that anybody reads. */
    private static final int MESSAGE_MAX = 240;

    private static final String SEE = "See rules/README.md for what it takes.";

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

    /** A message in plain words; the cure, and the word that the compiler did not understand, are "" if unknown. */
    public record Translation(String message, String cure, String word) {}

    public static Translation translate(String message) {
        Matcher field = UNKNOWN_FIELD.matcher(message);
        if (field.find() && Vocabulary.isFact(field.group(1))) {
            return unknownField(field.group(1), field.group(2));
        }
        Matcher type = UNKNOWN_TYPE.matcher(message);
        if (type.find()) {
            return new Translation(
                    "There is no fact '" + type.group(1) + "'.",
                    Suggestion.of(type.group(1), Vocabulary.factNames()),
                    type.group(1));
        }
        Matcher verb = UNKNOWN_VERB.matcher(message);
        if (verb.find()) {
            return unknownVerb(verb.group(1), verb.group(2), verb.group(3));
        }
        Matcher arguments = WRONG_ARGUMENTS.matcher(message);
        if (arguments.find()) {
            // 1,5 is two arguments
            boolean comma = arguments.group(4).endsWith("int, int");
            return new Translation(
                    "'" + arguments.group(1) + "' takes (" + arguments.group(2) + "), not (" + arguments.group(4)
                            + ").",
                    SEE + (comma ? " A decimal has a point: 1.5." : ""),
                    arguments.group(1));
        }
        Matcher twice = NAMED_TWICE.matcher(message);
        if (twice.find()) {
            return new Translation(
                    "'" + twice.group(1) + "' is used as a name twice.",
                    "Give one of them another name.",
                    twice.group(1));
        }
        Matcher name = UNKNOWN_NAME.matcher(message);
        if (name.find()) {
            return new Translation("'" + name.group(1) + "' is not a known word.", "", name.group(1));
        }
        String plain = message.replace("dev.vitrine.merchandising.", "").strip().replaceAll("\\s*\\n\\s*", " ");
        return new Translation(plain.length() > MESSAGE_MAX ? plain.substring(0, MESSAGE_MAX) + "…" : plain, "", "");
    }

    private static Translation unknownField(String fact, String word) {
        List<String> constants = Vocabulary.constantNames(Vocabulary.fact(fact));
        boolean constant = word.matches("[A-Z][A-Z_]+") && !constants.isEmpty();
        return new Translation(
                fact + (constant ? " has no value '" : " has no '") + word + "'.",
                Suggestion.of(word, constant ? constants : Vocabulary.wordNames(Vocabulary.fact(fact))),
                word);
    }

    private static Translation unknownVerb(String verb, String arguments, String type) {
        boolean onFact = Vocabulary.isFact(type);
        Collection<String> known = onFact ? Vocabulary.wordNames(Vocabulary.fact(type)) : Vocabulary.verbs();
        return known.contains(verb)
                ? new Translation("'" + verb + "' does not take (" + arguments + ").", SEE, verb)
                : new Translation(type + " has no '" + verb + "'.", Suggestion.of(verb, known), verb);
    }
}
