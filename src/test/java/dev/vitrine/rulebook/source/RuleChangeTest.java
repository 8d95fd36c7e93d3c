package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleChangeTest {
    private static String rule(String name, String condition) {
        return "// Why.\nrule \"" + name + "\"\nwhen\n    " + condition + "\nthen\nend\n";
    }

    private static RuleFile file(String path, String... rules) {
        return new RuleFile(path, String.join("\n", rules));
    }

    @Test
    void rulesAreComparedByName() {
        List<RuleChange> changes = RuleChange.between(
                List.of(file("a.drl", rule("Stays", "Visit()"), rule("Changes", "Visit()"), rule("Goes", "Visit()"))),
                List.of(
                        file("a.drl", rule("Changes", "Page()"), rule("Stays", "Visit()")),
                        file("b.drl", rule("Comes", "Visit()"))));
        assertThat(changes)
                .extracting(RuleChange::rule, RuleChange::change, RuleChange::file)
                .containsExactly(
                        tuple("Changes", RuleChange.Change.CHANGED, "a.drl"),
                        tuple("Comes", RuleChange.Change.ADDED, "b.drl"),
                        tuple("Goes", RuleChange.Change.GONE, "a.drl"));
        assertThat(changes.get(0).before()).isEqualTo(rule("Changes", "Visit()").strip());
        assertThat(changes.get(0).after()).isEqualTo(rule("Changes", "Page()").strip());
        assertThat(changes.get(1).before()).isNull();
        assertThat(changes.get(2).after()).isNull();
    }

    @Test
    void aRuleInAnotherFileIsMoved() {
        assertThat(RuleChange.between(
                        List.of(file("a.drl", rule("One", "Visit()"))), List.of(file("b.drl", rule("One", "Visit()")))))
                .extracting(RuleChange::change)
                .containsExactly(RuleChange.Change.MOVED);
    }

    @Test
    void commentsAndStringsAreNotRules() {
        String text = "/* rule \"Not one\" when then end */\n// rule \"Nor this\"\nrule Bare when Visit() then end"
                + " rule \"Second on the line\" when then end\n"
                + rule("With \\\"quotes\\\"", "Visit( source == \"rule \" )");
        assertThat(RuleText.rules(text))
                .extracting(RuleText.NamedText::name)
                .containsExactly("Bare", "Second on the line", "With \\\"quotes\\\"");
    }

    @Test
    void noTextMakesItSlow() {
        String odd = "\"" + "a\\\"".repeat(100_000) + "\n" + "// x\n".repeat(50_000) + "rule \"".repeat(10_000);
        assertThat(RuleText.rules(odd)).hasSizeLessThan(10_001);
    }
}
