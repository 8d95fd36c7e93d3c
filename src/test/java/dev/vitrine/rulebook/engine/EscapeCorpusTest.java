package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.engine.EscapeCorpus.Attempt;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.publish.Crowd;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every attempt of the corpus is stopped, and by the wall that is meant to stop it. */
class EscapeCorpusTest {
    private static final int CANDIDATES = 1000;
    private static final int AT_LEAST = 150;
    private static final int ALONE_AT_LEAST = 25;

    @Test
    void thereAreEnoughAttempts() throws IOException {
        List<Attempt> attempts = EscapeCorpus.attempts();
        Map<String, Integer> byWall = new TreeMap<>();
        attempts.forEach(attempt -> byWall.merge(attempt.category() + " " + attempt.wall(), 1, Integer::sum));
        System.out.println(attempts.size() + " escape attempts: " + byWall);
        assertThat(attempts).hasSizeGreaterThanOrEqualTo(AT_LEAST).doesNotHaveDuplicates();
        assertThat(attempts.stream().filter(Attempt::alone)).hasSizeGreaterThanOrEqualTo(ALONE_AT_LEAST);
    }

    @TestFactory
    Stream<DynamicTest> eachAttemptIsStoppedByItsWall() throws IOException {
        return EscapeCorpus.attempts().stream()
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
        return EscapeCorpus.attempts().stream()
                .filter(Attempt::alone)
                .map(attempt -> dynamicTest(
                        attempt.name(), () -> assertThat(refusal(attempt.drl())).isNotEmpty()));
    }

    private static String refusal(RuleFile file) {
        ParsedFile unchecked = new ParsedFile(file, null, List.of(), List.of(), List.of(), List.of());
        try (DroolsBuild build = new DroolsBuild(List.of(unchecked))) {
            List<Model> models = build.result().load();
            return models.stream().allMatch(model -> model.getRules().isEmpty()) ? "no rule" : "";
        } catch (RuntimeException | LinkageError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
