package dev.vitrine.rulebook.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.rulebook.source.RuleMerge.Touch;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

/** An undo carries the change from an edition back to the one before it over to what is live. */
class RuleMergeTest {
    private static final String A1 = rule("A", "Visit( pages > 1 )");
    private static final String A2 = rule("A", "Visit( pages > 2 )");
    private static final String A3 = rule("A", "Visit( pages > 3 )");
    private static final String B1 = rule("B", "Page()");
    private static final String B2 = rule("B", "Page( soldOut )");
    private static final String C = rule("C", "Shopper()");

    private static String rule(String name, String condition) {
        return "// Why " + name + ".\nrule \"" + name + "\"\nwhen\n    " + condition + "\nthen\nend\n";
    }

    private static String examples(String name, int pages) {
        return "# of " + name + "\n\"" + name + "\":\n  fires: [ { visit: { pages: " + pages + " } } ]\n";
    }

    private static RuleFile file(String path, String... blocks) {
        return new RuleFile(path, String.join("\n", blocks));
    }

    private static List<RuleFile> carried(List<RuleFile> base, List<RuleFile> wanted, List<RuleFile> live) {
        RuleMerge.Result result = RuleMerge.carry(base, wanted, live);
        assertThat(result.touches()).isEmpty();
        return result.files();
    }

    @Test
    void changesOfDifferentRulesOfOneFileDoNotTouch() {
        assertThat(carried(
                        List.of(file("a.drl", A2, B1)),
                        List.of(file("a.drl", A1, B1)),
                        List.of(file("a.drl", A2, B2, C))))
                .containsExactly(file("a.drl", A1, B2, C));
    }

    @Test
    void aRuleThatWasChangedOnceMoreTouches() {
        RuleMerge.Result result = RuleMerge.carry(
                List.of(file("a.drl", A2, B2)), List.of(file("a.drl", A1, B1)), List.of(file("a.drl", A3, B2)));
        assertThat(result.touches()).containsExactly(new Touch("a.drl", "A", A2.strip(), A1.strip(), A3.strip()));
    }

    @Test
    void whatIsAsWantedAlreadyStays() {
        List<RuleFile> live = List.of(file("a.drl", A1, B2));
        assertThat(carried(List.of(file("a.drl", A2, B1)), List.of(file("a.drl", A1, B1)), live))
                .isEqualTo(live);
    }

    @Test
    void anAddedRuleGoesAndTheOthersStay() {
        assertThat(carried(
                        List.of(file("a.drl", A1, B1, C)),
                        List.of(file("a.drl", A1, B1)),
                        List.of(file("a.drl", A2, B1, C))))
                .containsExactly(file("a.drl", A2, B1));
        assertThat(carried(
                        List.of(file("a.drl", A1, B1)), List.of(file("a.drl", A1)), List.of(file("a.drl", A1, B1, C))))
                .containsExactly(file("a.drl", A1, C));
    }

    @Test
    void aDeletedRuleComesBackInItsPlace() {
        assertThat(carried(
                        List.of(file("a.drl", A1, C)),
                        List.of(file("a.drl", A1, B1, C)),
                        List.of(file("a.drl", A2, C))))
                .containsExactly(file("a.drl", A2, B1, C));
    }

    @Test
    void aDeletedRuleThatIsThereAgainOtherwiseTouches() {
        RuleMerge.Result result = RuleMerge.carry(
                List.of(file("a.drl", A1)),
                List.of(file("a.drl", A1, B1)),
                List.of(file("a.drl", A1), file("b.drl", B2)));
        assertThat(result.touches()).containsExactly(new Touch("b.drl", "B", null, B1.strip(), B2.strip()));
    }

    @Test
    void aChangedRuleThatIsGoneTouches() {
        RuleMerge.Result result = RuleMerge.carry(
                List.of(file("a.drl", A2, B1)), List.of(file("a.drl", A1, B1)), List.of(file("a.drl", B1)));
        assertThat(result.touches()).containsExactly(new Touch("a.drl", "A", A2.strip(), A1.strip(), null));
    }

    @Test
    void aFileThatWasDeletedComesBackAsItWas() {
        RuleFile deleted = file("b.drl", "// Of the shelf.\n", B1, C + "\n\n");
        assertThat(carried(List.of(file("a.drl", A1)), List.of(file("a.drl", A1), deleted), List.of(file("a.drl", A2))))
                .containsExactly(file("a.drl", A2), deleted);
    }

    @Test
    void aFileThatWasAddedGoes() {
        List<RuleFile> base = List.of(file("a.drl", A1), file("b.drl", "// Of the shelf.\n", B1));
        assertThat(carried(base, List.of(file("a.drl", A1)), base)).containsExactly(file("a.drl", A1));
        assertThat(carried(
                        base,
                        List.of(file("a.drl", A1)),
                        List.of(file("a.drl", A1), file("b.drl", "// Of the shelf.\n", B1, C))))
                .as("others use the file, too")
                .containsExactly(file("a.drl", A1), file("b.drl", "// Of the shelf.\n", C));
    }

    @Test
    void aRuleThatMovedSinceIsChangedWhereItIs() {
        assertThat(carried(
                        List.of(file("a.drl", A2, B1)),
                        List.of(file("a.drl", A1, B1)),
                        List.of(file("a.drl", B1), file("c.drl", C, A2))))
                .containsExactly(file("a.drl", B1), file("c.drl", C, A1));
    }

    @Test
    void aMoveGoesBackWithWhatWasChangedSince() {
        assertThat(carried(
                        List.of(file("a.drl", B1), file("c.drl", A1)),
                        List.of(file("a.drl", A1, B1)),
                        List.of(file("a.drl", B2), file("c.drl", A2))))
                .containsExactly(file("a.drl", A2, B2));
    }

    @Test
    void whatStandsAboveTheRulesIsCarriedToo() {
        assertThat(carried(
                        List.of(file("a.drl", "// New.\n", A1)),
                        List.of(file("a.drl", "// Old.\n", A1)),
                        List.of(file("a.drl", "// New.\n", A2))))
                .containsExactly(file("a.drl", "// Old.\n", A2));
        assertThat(RuleMerge.carry(
                                List.of(file("a.drl", "// New.\n", A1)),
                                List.of(file("a.drl", "// Old.\n", A1)),
                                List.of(file("a.drl", "// Newer.\n", A1)))
                        .touches())
                .extracting(Touch::rule, Touch::path)
                .containsExactly(tuple(null, "a.drl"));
    }

    @Test
    void orderAndBlankLinesComeBackWhereNobodyElseTouchedTheFile() {
        RuleFile before = file("a.drl", A1, "\n\n", B1);
        RuleFile after = file("a.drl", B1, A1);
        assertThat(carried(List.of(after), List.of(before), List.of(after))).containsExactly(before);
        assertThat(carried(List.of(after), List.of(before), List.of(file("a.drl", B2, A1))))
                .as("order makes no difference")
                .containsExactly(file("a.drl", B2, A1));
    }

    @Test
    void linesThatEndOtherwiseAreNoChange() {
        String windows = (A2 + "\n" + B2).replace("\n", "\r\n");
        assertThat(carried(
                        List.of(file("a.drl", A2, B1)),
                        List.of(file("a.drl", A1, B1)),
                        List.of(new RuleFile("a.drl", windows))))
                .containsExactly(new RuleFile("a.drl", (A1 + "\n" + B2).replace("\n", "\r\n")));
    }

    @Test
    void examplesGoByRuleToo() {
        String path = "a.examples.yaml";
        assertThat(carried(
                        List.of(file(path, examples("A", 2), examples("B", 1))),
                        List.of(file(path, examples("A", 1), examples("B", 1))),
                        List.of(file(path, examples("A", 2), examples("B", 9)))))
                .containsExactly(file(path, examples("A", 1), examples("B", 9)));
        assertThat(carried(
                        List.of(file("a.drl", A1, B1), file(path, examples("A", 2), examples("B", 1))),
                        List.of(file("a.drl", A1), file(path, examples("A", 2))),
                        List.of(file("a.drl", B1), file(path, examples("B", 1)))))
                .as("of a file without rules nothing is left")
                .isEmpty();
    }

    @Test
    void whatCannotBeReadByRuleIsComparedAsAWhole() {
        String path = "a.examples.yaml";
        RuleFile odd = file(path, "{ A: { fires: [ ] },\n  B: { fires: [ ] } }\n");
        RuleFile odder = file(path, "{ A: { fires: [ ] } }\n");
        assertThat(carried(List.of(odd), List.of(odder), List.of(odd))).containsExactly(odder);
        assertThat(RuleMerge.carry(List.of(odd), List.of(odder), List.of(file(path, "{")))
                        .touches())
                .hasSize(1);
        assertThat(carried(List.of(file("a.drl", A1, A2)), List.of(file("a.drl", A1)), List.of(file("a.drl", A1, A2))))
                .as("two rules of one name")
                .containsExactly(file("a.drl", A1));
    }

    @Test
    void whatOthersWroteInAnotherFormStays() {
        String path = "a.examples.yaml";
        RuleFile before = file(path, examples("A", 1));
        RuleFile odd = file(path, "{ A: { fires: [ ] } }\n");
        assertThat(carried(List.of(before), List.of(before), List.of(odd))).containsExactly(odd);
        assertThat(RuleMerge.carry(List.of(file(path, examples("A", 2))), List.of(before), List.of(odd))
                        .touches())
                .extracting(Touch::rule)
                .containsExactly("A");
    }

    @Test
    void halfACommentIsNeverCutOff() {
        String above = "/* Once it was so,\n\nand // now it is not. */\n";
        RuleFile live = file("a.drl", A1, above + B1);
        assertThat(carried(List.of(live), List.of(file("a.drl", A1)), List.of(file("a.drl", A2, above + B1))))
                .containsExactly(file("a.drl", A2));
    }

    /** A book of rules by name, each with a version. */
    private static List<RuleFile> book(List<Integer> rules) {
        return List.of(file(
                "a.drl",
                rules.stream()
                        .map(rule -> rule("Rule " + Math.floorMod(rule, 6), "Visit( pages > " + rule / 6 + " )"))
                        .toArray(String[]::new)));
    }

    @Property
    void nothingSinceMeansExactlyWhatWasBefore(
            @ForAll @Size(max = 6) List<Integer> before, @ForAll @Size(max = 6) List<Integer> after) {
        assertThat(carried(book(after), book(before), book(after))).isEqualTo(withoutEmpty(book(before), book(after)));
    }

    private static List<RuleFile> withoutEmpty(List<RuleFile> book, List<RuleFile> otherwise) {
        return book.equals(otherwise) ? otherwise : book;
    }

    @Property
    void noChangeIsCarriedToNothing(
            @ForAll @Size(max = 6) List<Integer> base,
            @ForAll @Size(min = 1, max = 6) @UniqueElements List<Integer> live) {
        assertThat(carried(book(base), book(base), book(live))).isEqualTo(book(live));
    }

    @Property
    void piecesAreTheWholeText(@ForAll String some, @ForAll @Size(max = 3) List<Integer> rules) {
        String text = some + "\n" + book(rules).get(0).text() + some;
        assertThat(String.join(
                        "",
                        RuleText.pieces(text).stream()
                                .map(RuleText.NamedText::text)
                                .toList()))
                .isEqualTo(text);
        assertThat(String.join(
                        "",
                        ExamplesText.pieces(text).stream()
                                .map(RuleText.NamedText::text)
                                .toList()))
                .isEqualTo(text);
    }
}
