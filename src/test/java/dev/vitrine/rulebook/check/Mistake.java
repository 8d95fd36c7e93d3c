package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A mistake that people make, and what they are told. Its files are a correct rule and its examples, in which some part was
 * written wrongly: {@code head}, {@code when} or {@code then} of the rule, {@code fires} or {@code not} of its cases, or the
 * whole {@code rule} or {@code examples}.
 *
 * @param place the file, the line and the column, such as {@code rule 6:5}
 * @param says what a fault or a warning says
 */
record Mistake(
        String group, String title, List<RuleFile> files, String place, boolean warning, String says, String cure) {
    private static final Path FOLDER = Path.of("src/test/resources/mistakes");
    static final String RULES = "mistake.drl";
    static final String EXAMPLES = "mistake.examples.yaml";

    private static final String RULE =
            """
            rule "Cheap things are hidden"
                @owner( "Ines" )%s
            when
                %s
            then
                %s
            end
            """;
    private static final String CASES =
            """
            "Cheap things are hidden":
              fires:
                - case: it is cheap
                  %s
              does-not-fire:
                - case: it is not
                  %s
            """;

    static Stream<Mistake> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(Mistake::of).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Mistake> of(Path file) {
        try {
            Map<String, Object> group = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            String about = String.valueOf(group.get("about"));
            return ((List<?>) group.get("mistakes")).stream().map(one -> of(about, texts((Map<?, ?>) one)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> texts(Map<?, ?> given) {
        Map<String, String> texts = new LinkedHashMap<>();
        given.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    private static Mistake of(String group, Map<String, String> given) {
        boolean warning = given.containsKey("warns");
        return new Mistake(
                group,
                given.get("title"),
                files(given),
                given.getOrDefault("at", ""),
                warning,
                given.getOrDefault(warning ? "warns" : "says", ""),
                given.getOrDefault("cure", ""));
    }

    /** The rule and its examples with what was written wrongly. */
    static List<RuleFile> files(Map<String, String> given) {
        String head = given.containsKey("head") ? "\n    " + given.get("head") : "";
        String rule = RULE.formatted(
                head,
                given.getOrDefault("when", "$c : Candidate( price < 10 )"),
                given.getOrDefault("then", "shelf.hide( $c );"));
        String cases = CASES.formatted(
                given.getOrDefault("fires", "candidates: [ { sku: a, price: 2 } ]"),
                given.getOrDefault("not", "candidates: [ { sku: a, price: 20 } ]"));
        return List.of(
                new RuleFile(RULES, given.getOrDefault("rule", rule)),
                new RuleFile(EXAMPLES, given.getOrDefault("examples", cases)));
    }

    /** The place of a problem, as a mistake names it. */
    static String place(RuleProblem problem) {
        return (problem.file().equals(RULES) ? "rule " : "examples ") + problem.line() + ":" + problem.column();
    }

    /** The line at the place. */
    String line() {
        String[] at = place.split("[ :]");
        RuleFile file = files.get(at[0].equals("rule") ? 0 : 1);
        return file.text()
                .lines()
                .skip(Long.parseLong(at[1]) - 1)
                .findFirst()
                .orElse("")
                .strip();
    }

    @Override
    public String toString() {
        return title;
    }
}
