package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Attempts to escape from the rule language, by category, and the wall that stops each: {@code tree} (the check of the syntax
 * tree), {@code compiler} (types and the list of allowed classes), {@code run} (the limits of a decision).
 */
public final class EscapeCorpus {
    private static final Path CORPUS = Path.of("src/test/resources/dev/vitrine/rulebook/escapes");
    private static final String RULE =
            """
            rule "Escape" @owner( "Ines" ) %s
            when
                $c : Candidate( price >= 0 )
                %s
            then
                %s
            end
            """;

    private EscapeCorpus() {}

    /** @param alone whether the byte code check alone must stop it */
    public record Attempt(String category, String code, String wall, boolean alone, RuleFile drl) {
        String name() {
            String line = code.replaceAll("\\p{Cntrl}+", " ");
            return category + " (" + wall + "): " + (line.length() > 70 ? line.substring(0, 70) + "…" : line);
        }
    }

    public static List<Attempt> attempts() throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.sorted().toList()) {
                String category = file.getFileName().toString().replace(".yaml", "");
                Map<String, Object> corpus =
                        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
                for (Object given : (List<?>) corpus.get("attempts")) {
                    // harmless attempts, which only the tree check refuses, are marked
                    boolean alone =
                            (boolean) corpus.get("second-wall-alone") && ((Map<?, ?>) given).get("alone") == null;
                    attempts.add(attempt(category, (Map<?, ?>) given, alone));
                }
            }
        }
        return attempts;
    }

    private static Attempt attempt(String category, Map<?, ?> given, boolean alone) {
        String place = given.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !Set.of("wall", "alone").contains(key))
                .findFirst()
                .orElseThrow();
        String code = String.valueOf(given.get(place));
        String ordinary = RULE.formatted("", "", "shelf.hide( $c );");
        String drl =
                switch (place) {
                    case "head" -> RULE.formatted(code, "", "shelf.hide( $c );");
                    case "when" -> RULE.formatted("", code, "shelf.hide( $c );");
                    case "then" -> RULE.formatted("", "", code);
                    case "file" -> code.replace("%RULE%", ordinary);
                    default -> throw new IllegalArgumentException(place);
                };
        return new Attempt(
                category,
                code,
                String.valueOf(given.get("wall")),
                alone,
                new RuleFile("escapes/" + category + ".drl", drl));
    }
}
