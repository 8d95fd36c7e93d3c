package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.publish.Crowd;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Attempts to escape from the rule language, by category, and the wall that stops each: {@code tree} (the check of the syntax
 * tree), {@code compiler} (types and the list of allowed classes), {@code run} (the limits of a decision).
 */
class EscapeCorpusTest {
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
    private static final int CANDIDATES = 1000;
    private static final int AT_LEAST = 150;
    private static final int ALONE_AT_LEAST = 25;

    /** @param alone whether the byte code check alone must stop it */
    private record Attempt(String category, String code, String wall, boolean alone, RuleFile drl) {
        String name() {
            String line = code.replaceAll("\\p{Cntrl}+", " ");
            return category + " (" + wall + "): " + (line.length() > 70 ? line.substring(0, 70) + "…" : line);
        }
    }

    private static List<Attempt> attempts() throws IOException {
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

    @Test
    void thereAreEnoughAttempts() throws IOException {
        List<Attempt> attempts = attempts();
        Map<String, Integer> byWall = new TreeMap<>();
        attempts.forEach(attempt -> byWall.merge(attempt.category() + " " + attempt.wall(), 1, Integer::sum));
        System.out.println(attempts.size() + " escape attempts: " + byWall);
        assertThat(attempts).hasSizeGreaterThanOrEqualTo(AT_LEAST).doesNotHaveDuplicates();
        assertThat(attempts.stream().filter(Attempt::alone)).hasSizeGreaterThanOrEqualTo(ALONE_AT_LEAST);
    }

    @TestFactory
    Stream<DynamicTest> eachAttemptIsStoppedByItsWall() throws IOException {
        return attempts().stream()
                .map(attempt -> dynamicTest(
                        attempt.name(), () -> assertThat(stoppedBy(attempt)).isEqualTo(attempt.wall())));
    }

    private static String stoppedBy(Attempt attempt) {
        if (!ParsedFile.of(attempt.drl()).problems().isEmpty()) {
            return "tree";
        }
        RuleEngine engine;
        try {
            engine = RuleLab.compile(List.of(attempt.drl())).engine();
        } catch (InvalidRulesException e) {
            return "compiler";
        }
        FiringResult result = engine.fire(Crowd.of(CANDIDATES), Instant.EPOCH, new Cancellation());
        return result.failures().isEmpty() ? "nothing" : "run";
    }

    /** Without the check of the tree, the compiled rule is still refused before it becomes a class. */
    @TestFactory
    Stream<DynamicTest> theByteCodeCheckStopsThemAlone() throws IOException {
        return attempts().stream()
                .filter(Attempt::alone)
                .map(attempt -> dynamicTest(
                        attempt.name(), () -> assertThat(refusal(attempt.drl())).isNotEmpty()));
    }

    private static String refusal(RuleFile file) {
        ParsedFile unchecked = new ParsedFile(file, null, List.of(), List.of());
        try (DroolsBuild build = new DroolsBuild(List.of(unchecked))) {
            List<Model> models = build.result().load();
            return models.stream().allMatch(model -> model.getRules().isEmpty()) ? "no rule" : "";
        } catch (RuntimeException | LinkageError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
