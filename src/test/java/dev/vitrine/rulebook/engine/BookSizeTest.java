package dev.vitrine.rulebook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much there may be to compile. */
class BookSizeTest {
    private static List<RuleFile> book(int files, int rules, int facts, int constraints) {
        List<RuleFile> book = new ArrayList<>();
        String fact = "Visit( " + String.join(", ", Collections.nCopies(constraints, "pages > 1")) + " ) ";
        for (int i = 0; i < files; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < rules; k++) {
                text.append("rule \"R ").append(i).append('-').append(k).append("\" @owner( \"I\" ) when ");
                text.append(fact.repeat(facts)).append("then shelf.floor( 0.5 ); end\n");
            }
            book.add(new RuleFile("f" + i + ".drl", text.toString()));
        }
        return book;
    }

    private static List<String> refused(List<RuleFile> book) {
        List<RuleProblem> problems = new ArrayList<>();
        List<ParsedFile> parsed = BookParser.parse(book, ParsedFile::of, problems);
        assertThat(parsed.isEmpty()).isEqualTo(!problems.isEmpty());
        return problems.stream().map(RuleProblem::toString).toList();
    }

    @Test
    void aThousandRulesOfFiveFactsWithTwoConstraintsFit() {
        assertThat(refused(book(20, 50, 5, 2))).isEmpty();
    }

    @Test
    void aFloodOfFactsIsRefusedWithNumbersBeforeItIsCompiled() {
        long begin = System.nanoTime();
        RuleCompiler.Checked checked = new RuleCompiler().check(book(9, 95, 29, 1), ZoneOffset.UTC);
        assertThat(checked.faults())
                .last()
                .hasToString(
                        "rules: The rule book asks for 24,795 facts with 24,795 constraints; at most 6,000 with 12,000 are"
                                + " allowed. Delete rules that have no effect.");
        assertThat(checked.compiled()).isNull();
        assertThat(checked.files()).as("compiled files").isEmpty();
        assertThat(System.nanoTime() - begin).as("compiling takes minutes").isLessThan(60_000_000_000L);
    }

    @Test
    void aFloodOfConstraintsIsRefusedToo() {
        assertThat(refused(book(4, 50, 1, 61)))
                .anyMatch(message -> message.contains("The rule book asks for 200 facts with 12,200 constraints"));
    }

    @Test
    void aFileThatIsTooLargeIsNamed() {
        assertThat(refused(book(1, 100, 21, 1)))
                .containsExactly(
                        "f0.drl:1:1: The file asks for 2,100 facts with 2,100 constraints; at most 2,000 with 4,000 are"
                                + " allowed. Split the file.");
    }
}
