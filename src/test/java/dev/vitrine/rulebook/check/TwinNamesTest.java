package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinNamesTest {
    private final RuleCheck check = RuleLab.checkForEmptyShop();

    private static RuleFile file(String path, String... rules) {
        StringBuilder text = new StringBuilder();
        for (String rule : rules) {
            text.append("rule \"")
                    .append(rule)
                    .append("\" @owner( \"Ines\" )\nwhen Visit() then shelf.floor( 0.5 ); end\n");
        }
        return new RuleFile(path, text.toString());
    }

    private List<String> faults(List<RuleFile> files, List<RuleFile> before) {
        return check.of(files, before).faults().stream()
                .filter(fault -> !fault.message().equals("The rule has no examples."))
                .map(RuleProblem::toString)
                .toList();
    }

    @Test
    void aRuleThatLooksLikeAnotherIsRefusedAndNamesIt() {
        assertThat(faults(List.of(file("a.drl", "Core first"), file("b.drl", "Other", "C\u043Ere first")), List.of()))
                .containsExactly(
                        "b.drl:3:1 rule \"C\u043Ere first\": The name looks like \"Core first\", which is the name of"
                                + " another rule. Choose a name that differs by more than upper case, blanks or letters that look alike.");
        assertThat(faults(List.of(file("a.drl", "Core first", "core First")), List.of()))
                .hasSize(1);
        assertThat(faults(List.of(file("a.drl", "Core first", "Core  fi rst")), List.of()))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Core first\u00A0", "Core\u3000first", "Core\u2800first", "Core first\uFFFC"})
    void aRuleWhoseNameDiffersInBlanksThatAreNoPlainSpacesIsRefused(String name) {
        assertThat(faults(List.of(file("a.drl", "Core first", name)), List.of()))
                .singleElement()
                .asString()
                .contains("The name looks like \"Core first\"");
        assertThat(faults(List.of(file("a.drl", name)), List.of()))
                .singleElement()
                .asString()
                .contains("The name has a blank that is not a plain space at index");
        RuleFile live = file("a.drl", name);
        assertThat(faults(List.of(live, file("b.drl", "Another")), List.of(live)))
                .as("one that is live keeps nobody from publishing")
                .isEmpty();
    }

    @Test
    void aTwinIsToldOnceEvenIfItIsTheSameRule() {
        RuleFile live = file("z.drl", "Core first");
        RuleFile added = file("a.drl", "core first");
        RuleFile examples = new RuleFile(
                "a.examples.yaml",
                "\"core first\":\n  fires: [ { case: one } ]\n\"Core first\":\n  fires: [ { case: one } ]\n");
        assertThat(check.of(List.of(added, live, examples), List.of(live)).problems())
                .singleElement()
                .extracting(RuleProblem::message)
                .asString()
                .startsWith("The name looks like");
    }

    @Test
    void theNewOneOfTwoIsReported() {
        RuleFile live = file("z.drl", "Core first");
        RuleFile added = file("a.drl", "CORE FIRST");
        assertThat(check.of(List.of(added, live), List.of(live)).faults())
                .filteredOn(fault -> fault.message().contains("looks like"))
                .extracting(RuleProblem::file)
                .containsExactly("a.drl");
    }

    @Test
    void twinsThatAreLiveKeepNobodyFromPublishing() {
        List<RuleFile> live = List.of(file("a.drl", "Core first"), file("b.drl", "core first"), file("A.drl", "Z"));
        List<RuleFile> changed = List.of(live.get(0), live.get(1), live.get(2), file("c.drl", "Another"));
        assertThat(faults(changed, live)).isEmpty();
    }

    @Test
    void pathsThatAreOneFileOnSomeDisksAreRefused() {
        assertThat(faults(List.of(file("shelf/a.drl", "A"), file("shelf/A.drl", "B")), List.of()))
                .containsExactly(
                        "shelf/a.drl:1:1: The path looks like 'shelf/A.drl', which is there too. Choose a name that"
                                + " differs by more than upper case, blanks or letters that look alike.");
        assertThat(faults(List.of(file("shelf/a.drl", "A"), file("Shelf/b.drl", "B")), List.of()))
                .singleElement()
                .asString()
                .startsWith("shelf/a.drl:1:1: The path looks like 'Shelf', which is there too.");
        assertThat(faults(List.of(file("shelf/a.drl", "A"), file("shelf/b.drl", "B")), List.of()))
                .isEmpty();
    }
}
