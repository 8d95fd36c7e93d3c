package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the examples of each shipped rule, as a test with the rule's name. */
class ShippedRulesTest {
    private static List<RuleFile> files;
    private static RuleCompiler.Compiled compiled;

    @BeforeAll
    static void compile() throws InvalidRulesException {
        files = new RuleFolder(Path.of("rules")).read();
        compiled = RuleLab.compile(files);
    }

    @TestFactory
    Stream<DynamicTest> everyRulePassesItsExamples() {
        List<RuleProblem> problems = RuleLab.EXAMPLES.problems(compiled, files);
        return compiled.rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> assertThat(problems)
                        .filteredOn(problem -> problem.rule().equals(rule.name()))
                        .isEmpty()));
    }

    @Test
    void everyExampleHasItsRule() {
        assertThat(RuleLab.EXAMPLES.problems(compiled, files)).isEmpty();
    }

    @Test
    void everyIntentionHasARule() {
        assertThat(compiled.rules().stream()
                        .map(rule -> rule.file().replaceAll("/.*", ""))
                        .distinct())
                .contains("timing", "intent", "promo", "margin", "shelf");
    }
}
