package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleRestoreTest {
    private static final String A1 = rule("A", "Visit( pages > 1 )");
    private static final String A2 = rule("A", "Visit( pages > 2 )");
    private static final String B1 = rule("B", "Page()");
    private static final String B2 = rule("B", "Page( soldOut )");

    private static String rule(String name, String condition) {
        return "// Why " + name + ".\nrule \"" + name + "\"\nwhen\n    " + condition + "\nthen\nend\n";
    }

    private static String examples(String name, int pages) {
        return "\"" + name + "\":\n  fires: [ { visit: { pages: " + pages + " } } ]\n";
    }

    private static RuleFile file(String path, String... blocks) {
        return new RuleFile(path, String.join("\n", blocks));
    }

    private static List<RuleFile> restored(List<RuleFile> earlier, List<RuleFile> live) {
        return RuleRestore.of(List.of("A"), earlier, live);
    }

    @Test
    void oneRuleAndItsExamplesGoBackAndAllElseStays() {
        assertThat(restored(
                        List.of(file("a.drl", A1, B1), file("a.examples.yaml", examples("A", 1), examples("B", 1))),
                        List.of(file("a.drl", A2, B2), file("a.examples.yaml", examples("A", 2), examples("B", 2)))))
                .containsExactly(file("a.drl", A1, B2), file("a.examples.yaml", examples("A", 1), examples("B", 2)));
    }

    @Test
    void aDeletedRuleComesBackWhereItWas() {
        assertThat(restored(
                        List.of(file("a.drl", "// All.\n", A1, B1), file("a.examples.yaml", examples("A", 1))),
                        List.of(file("a.drl", B2))))
                .containsExactly(file("a.drl", A1, B2), file("a.examples.yaml", examples("A", 1)));
        assertThat(restored(List.of(file("a.drl", "// All.\n", A1, B1)), List.of()))
                .as("with the file, which is gone as well")
                .containsExactly(file("a.drl", "// All.\n", A1));
    }

    @Test
    void aRuleThatMovedIsRestoredWhereItIsNow() {
        assertThat(restored(
                        List.of(file("a.drl", A1), file("a.examples.yaml", examples("A", 1))),
                        List.of(file("b.drl", B1, A2))))
                .containsExactly(file("b.drl", B1, A1), file("b.examples.yaml", examples("A", 1)));
    }

    @Test
    void examplesThatItDidNotHaveGo() {
        assertThat(restored(
                        List.of(file("a.drl", A1)),
                        List.of(file("a.drl", A2), file("a.examples.yaml", examples("A", 2)))))
                .containsExactly(file("a.drl", A1));
    }

    @Test
    void whatIsAsItWasIsNotTouched() {
        List<RuleFile> live = List.of(file("a.drl", A1, "\n\n" + B1));
        assertThat(restored(List.of(file("a.drl", A1 + "\n\n\n")), live)).isEqualTo(live);
    }
}
