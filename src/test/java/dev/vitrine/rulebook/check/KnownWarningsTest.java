package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.source.RuleProblem.warning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownWarningsTest {
    private static final RuleFile OLD = new RuleFile("old.drl", "old");
    private static final RuleFile BEFORE = new RuleFile("a.drl", "before");
    private static final RuleFile AFTER = new RuleFile("a.drl", "after");

    private static final RuleProblem OF_THE_CHANGE = warning("a.drl", 1, 1, "A", "No product has the tag 'cor'.", "");
    private static final RuleProblem OF_ANOTHER = warning("old.drl", 1, 1, "Old", "No product has the tag 'x'.", "");
    private static final RuleProblem WITH_THE_CHANGE =
            warning("old.drl", 9, 1, "Other", "It pins to position 1, and so does \"A\" (a.drl:1).", "");
    private static final List<RuleProblem> ALL = List.of(OF_THE_CHANGE, OF_ANOTHER, WITH_THE_CHANGE);

    @Test
    void whatHasNothingToDoWithTheChangeIsKnown() {
        KnownWarnings warnings = KnownWarnings.of(ALL, List.of(OLD, BEFORE), List.of(OLD, AFTER));
        assertThat(warnings.news()).containsExactly(OF_THE_CHANGE, WITH_THE_CHANGE);
        assertThat(warnings.known()).containsExactly(OF_ANOTHER);
    }

    @Test
    void aNewFileIsAChange() {
        KnownWarnings warnings = KnownWarnings.of(ALL, List.of(OLD), List.of(OLD, AFTER));
        assertThat(warnings.known()).containsExactly(OF_ANOTHER);
    }

    @Test
    void whoeverChangesNothingAsksForAll() {
        KnownWarnings warnings = KnownWarnings.of(ALL, List.of(OLD, BEFORE), List.of(OLD, BEFORE));
        assertThat(warnings.news()).isEqualTo(ALL);
        assertThat(warnings.known()).isEmpty();
    }
}
