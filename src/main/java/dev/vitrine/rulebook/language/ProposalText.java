package dev.vitrine.rulebook.language;

import dev.vitrine.problem.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an example writes what a rule says, such as {@code boost 2 mat-blue}; what is wrong with another form, and what to write.
 *
 * @param meant the right form where it is certain, else null
 */
public record ProposalText(String message, String cure, String meant) {
    private static final String NUMBER = "\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?";

    /** What people say between the parts. */
    private static final Set<String> FILLERS = Set.of("by", "times", "factor", "with");

    /** A verb and what follows it. */
    private enum Form {
        HIDE("hide", "", "the sku", "hide a"),
        PIN("pin to", "\\d+", "the position and the sku", "pin to 1 a"),
        BOOST("boost", NUMBER, "the factor and the sku", "boost 1.5 a"),
        BURY("bury", NUMBER, "the factor and the sku", "bury 0.5 a"),
        GUARANTEE("guarantee", NUMBER, "the share and the group", "guarantee 0.3 core"),
        CAP("cap", NUMBER, "the share and the group", "cap 0.4 core"),
        AT_MOST("at most", "\\d+", "the count and the group", "at most 2 of each brand"),
        FLOOR("floor", NUMBER, "the relevance", "floor 0.1"),
        SHOW("show", "", "the display", "show comparison");

        private final String verb;
        private final Pattern whole;
        private final boolean number;
        private final String parts;
        private final String sample;

        Form(String verb, String number, String parts, String sample) {
            this.verb = verb;
            this.number = !number.isEmpty();
            this.parts = parts;
            this.sample = sample;
            String rest = sample.equals("floor 0.1") ? "" : " \\S.*";
            this.whole = Pattern.compile(verb + (this.number ? " " + number : "") + rest);
        }

        private boolean isAlone() {
            return this == FLOOR;
        }
    }

    /** What is wrong with an entry of {@code proposes}. */
    public static Optional<ProposalText> ofProposal(String text) {
        String said = text.strip();
        if (Arrays.stream(Form.values())
                .anyMatch(form -> form.whole.matcher(said).matches())) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of(said.replaceFirst("^shelf\\.", "")
                .replaceAll("[(),;:\"…]+", " ")
                .strip()
                .split("\\s+")));
        Form form = null;
        for (int i = 0; i < words.size() && form == null; i++) {
            form = form(words.get(i));
            if (form != null) {
                words.remove(i);
            }
        }
        String quoted = "'" + NodeText.shortened(said) + "' is not a proposal";
        if (form == null) {
            return Optional.of(new ProposalText(
                    quoted + ".",
                    "Write one of these: "
                            + Arrays.stream(Form.values())
                                    .map(one -> one.sample)
                                    .collect(Collectors.joining(", "))
                            + ".",
                    null));
        }
        String meant = meant(form, words);
        return Optional.of(new ProposalText(
                quoted + ": after '" + form.verb + "' " + (form.number && !form.isAlone() ? "come " : "comes ")
                        + form.parts + ".",
                meant == null ? "Write for example: " + sample(form, words) : "Write: " + meant,
                meant));
    }

    /** The sample with the number that is written. */
    private static String sample(Form form, List<String> words) {
        return words.stream()
                .filter(word -> form.number && word.matches(NUMBER))
                .findFirst()
                .map(number -> form.sample.replaceFirst(NUMBER, number))
                .orElse(form.sample);
    }

    private static Form form(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        List<String> verbs = List.of("hide", "pin", "boost", "bury", "guarantee", "cap", "atmost", "floor", "show");
        String verb = small.equals("at") ? "atmost" : Nearest.to(small, verbs).orElse("");
        // a short sku is near some verb
        return verbs.contains(verb) && (verb.equals(small) || small.length() > 2)
                ? Form.values()[verbs.indexOf(verb)]
                : null;
    }

    /** The words in their order, null if there are too few. */
    private static String meant(Form form, List<String> words) {
        List<String> rest = new ArrayList<>(words);
        rest.removeIf(word -> form == Form.AT_MOST && word.equals("most") || form == Form.PIN && word.equals("to"));
        rest.removeIf(word -> FILLERS.contains(word.toLowerCase(Locale.ROOT)));
        String number = "";
        if (form.number) {
            Optional<String> given =
                    rest.stream().filter(word -> word.matches(NUMBER)).findFirst();
            if (given.isEmpty()) {
                return null;
            }
            number = " " + given.get();
            rest.remove(given.get());
        }
        String named = String.join(" ", rest);
        if (form.isAlone()) {
            return form.verb + number;
        }
        // a name of the rule is not the sku that it stands for
        return named.isEmpty() || named.startsWith("$") ? null : form.verb + number + " " + named;
    }

    /** What is wrong with an entry of {@code reads}: a mood, and the category where there is one. */
    public static Optional<ProposalText> ofReading(String text) {
        String said = text.strip();
        String mood = said.replaceFirst("\\s.*", "");
        List<String> moods = CallForms.moods();
        if (moods.contains(mood)) {
            return Optional.empty();
        }
        String shouted = mood.toUpperCase(Locale.ROOT).replace('-', '_');
        Optional<String> meant = moods.contains(shouted) ? Optional.of(shouted) : Nearest.to(shouted, moods);
        Optional<String> whole = meant.map(one -> one + said.substring(mood.length()));
        return Optional.of(new ProposalText(
                "There is no mood '" + NodeText.shortened(mood) + "'.",
                whole.map(one -> "Write: " + one).orElse("Moods: " + String.join(", ", moods) + "."),
                whole.orElse(null)));
    }
}
