package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.source.WordDiff.Fate;
import dev.vitrine.rulebook.source.WordDiff.Part;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WordDiffTest {
    private static String text(String before, String after, Fate other) {
        return WordDiff.between(before, after).stream()
                .filter(part -> part.fate() == Fate.KEPT || part.fate() == other)
                .map(Part::text)
                .collect(Collectors.joining());
    }

    @Test
    void onlyTheWordsThatDifferAreToldApart() {
        assertThat(WordDiff.between("when\n    Visit( pages > 10 )\nthen\n", "when\n    Visit( pages > 20 )\nthen\n"))
                .containsExactly(
                        new Part(Fate.KEPT, "when\n    Visit( pages > "),
                        new Part(Fate.REMOVED, "10"),
                        new Part(Fate.ADDED, "20"),
                        new Part(Fate.KEPT, " )\nthen\n"));
    }

    @Test
    void aNewTextIsAddedWhole() {
        assertThat(WordDiff.between(null, "a b")).containsExactly(new Part(Fate.ADDED, "a b"));
        assertThat(WordDiff.between("a b", null)).containsExactly(new Part(Fate.REMOVED, "a b"));
        assertThat(WordDiff.between("a", "a")).containsExactly(new Part(Fate.KEPT, "a"));
        assertThat(WordDiff.between(null, null)).isEmpty();
    }

    @Property
    void thePartsAreBothTexts(
            @ForAll @CharRange(from = 'a', to = 'c') String some, @ForAll String before, @ForAll String after) {
        String one = some + "\n" + before + "\n" + some;
        String other = some + "\n" + after + "\n" + some;
        assertThat(text(one, other, Fate.REMOVED)).isEqualTo(one);
        assertThat(text(one, other, Fate.ADDED)).isEqualTo(other);
    }

    @Test
    @Timeout(20)
    void noTextMakesItSlow() {
        Random random = new Random(1);
        String one =
                random.ints(120_000, 'a', 'z').mapToObj(c -> (char) c + "\n").collect(Collectors.joining());
        String other =
                random.ints(120_000, 'a', 'z').mapToObj(c -> (char) c + " ").collect(Collectors.joining());
        assertThat(WordDiff.between(one, other)).hasSizeLessThan(10);
        assertThat(WordDiff.between(one, one + "b")).hasSizeLessThan(10);
    }

    @Test
    void whatStandsBesideTheConditionIsSaid() {
        String rule =
                "// enabled false\nrule \"One when enabled false\"\n    %s\nwhen\n    Visit( device == \"enabled false\" )\nthen\nend";
        assertThat(RuleSwitches.said(
                        rule.formatted("@owner( \"Ines\" )"), rule.formatted("@owner( \"Ines\" ) enabled false")))
                .containsExactly("is paused");
        assertThat(RuleSwitches.said(rule.formatted("enabled false"), rule.formatted("enabled true")))
                .containsExactly("is no longer paused");
        assertThat(RuleSwitches.said(
                        rule.formatted("date-effective \"2026-12-01\" date-expires \"2026-12-24\""),
                        rule.formatted("date-effective \"2026-12-02\"")))
                .containsExactly("begins on 2026-12-02, not 2026-12-01", "has no last day any more");
        assertThat(RuleSwitches.said(
                        "rule Bare @owner( \"Ines\" ) when then end", "rule Bare @owner( \"Lea\" ) when then end"))
                .containsExactly("belongs to Lea, not Ines");
        assertThat(RuleSwitches.said(rule.formatted(""), rule.formatted("date-expires \"2026-12-24\"")))
                .containsExactly("ends before 2026-12-24");
    }
}
