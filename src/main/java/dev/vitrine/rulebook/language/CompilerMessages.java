package dev.vitrine.rulebook.language;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Translates messages of the Drools and Java compilers into the words of people who write rules. */
public final class CompilerMessages {
    private static final Logger LOG = Logger.getLogger(CompilerMessages.class);

    private static final String COMPARE = "Compare it with the words and examples in rules/README.md.";

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
            return unknownVerb(verb.group(1), verb.group(3));
        }
        Matcher arguments = WRONG_ARGUMENTS.matcher(message);
        if (arguments.find()) {
            return ofAnotherKind(arguments.group(1));
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
        // what the compiler says is of its own code, which nobody has written
        LOG.infof("A rule cannot be compiled: %s", message.replaceAll("\\s+", " "));
        return new Translation("A condition or a verb of this rule cannot be compiled.", COMPARE, "");
    }

    /** Only the compiler knows the kinds of computed values. */
    private static Translation ofAnotherKind(String name) {
        CallForms.Form form = CallForms.of(name);
        if (form == null) {
            return new Translation("A value of '" + name + "' is of another kind.", COMPARE, name);
        }
        String sample = CallCheck.call(
                name, form.arguments().stream().map(CallForms.Argument::sample).toList());
        String kinds = form.arguments().stream()
                .map(argument -> argument.name() + ": " + argument.kind())
                .collect(Collectors.joining(", "));
        return new Translation(
                "A value of '" + name + "' is of another kind. It takes " + kinds + ".",
                "Write for example: " + (Vocabulary.verbs().contains(name) ? "shelf." + sample + ";" : sample),
                name);
    }

    private static Translation unknownField(String fact, String word) {
        List<String> constants = Vocabulary.constantNames(Vocabulary.fact(fact));
        boolean constant = word.matches("[A-Z][A-Z_]+") && !constants.isEmpty();
        return new Translation(
                fact + (constant ? " has no value '" : " has no '") + word + "'.",
                Suggestion.of(word, constant ? constants : Vocabulary.wordNames(Vocabulary.fact(fact))),
                word);
    }

    private static Translation unknownVerb(String verb, String type) {
        boolean onFact = Vocabulary.isFact(type);
        Collection<String> known = onFact ? Vocabulary.wordNames(Vocabulary.fact(type)) : Vocabulary.verbs();
        return known.contains(verb)
                ? ofAnotherKind(verb)
                : new Translation(type + " has no '" + verb + "'.", Suggestion.of(verb, known), verb);
    }
}
