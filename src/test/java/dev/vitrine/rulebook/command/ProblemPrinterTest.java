package dev.vitrine.rulebook.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ProblemPrinterTest {
    private static final RuleProblem FAULT = RuleProblem.fault(
            "margin/core.drl", 7, 12, "Core, 100 % of it", "Candidate has no 'prise'.", "Did you mean 'price'?");
    private static final RuleProblem WARNING = RuleProblem.warning("margin/core.drl", 3, 0, "", "The rule ended.", "");
    private static final RuleProblem BOOK = RuleProblem.fault("", 0, 0, "", "There are too many files.", "");

    private static String printed(Ansi ansi, boolean annotations, RuleProblem... problems) {
        StringWriter text = new StringWriter();
        new ProblemPrinter(new PrintWriter(text, true), ansi, Path.of("rules"), annotations).print(List.of(problems));
        return text.toString().replace("\r\n", "\n");
    }

    @Test
    void eachProblemHasItsPlaceAndItsCure() {
        assertThat(printed(Ansi.OFF, false, FAULT, WARNING, BOOK))
                .isEqualTo(
                        """
                        rules/margin/core.drl:7:12 fault  "Core, 100 % of it": Candidate has no 'prise'.
                            Did you mean 'price'?
                        rules/margin/core.drl:3:1 warning  The rule ended.
                        rules:1:1 fault  There are too many files.
                        """);
    }

    @Test
    void coloursAreForTerminals() {
        assertThat(printed(Ansi.ON, false, FAULT)).contains("\u001B[");
        assertThat(printed(Ansi.OFF, false, FAULT)).doesNotContain("\u001B");
    }

    @Test
    void textOfTheServiceCannotColourTheTerminalOrForgeALine() {
        RuleProblem evil = RuleProblem.fault("a.drl", 1, 1, "\u001B[2J", "x\nrules/b.drl:1:1 fault  y", "\u202Ez");
        assertThat(printed(Ansi.OFF, false, evil))
                .isEqualTo(
                        """
                        rules/a.drl:1:1 fault  "\\u001B[2J": x\\nrules/b.drl:1:1 fault  y
                            \\u202Ez
                        """);
    }

    @Test
    void annotationsAreCommandsOfGitHub() {
        assertThat(printed(Ansi.OFF, true, FAULT, WARNING, BOOK))
                .isEqualTo(
                        """
                        ::error file=rules/margin/core.drl,line=7,col=12,title=Core%2C 100 %25 of it::Candidate has no 'prise'. Did you mean 'price'?
                        ::warning file=rules/margin/core.drl,line=3,col=1::The rule ended.
                        ::error file=rules,line=1,col=1::There are too many files.
                        """);
    }

    @Test
    void textOfARuleCannotBecomeACommandOfGitHub() {
        RuleProblem evil = RuleProblem.fault("a.drl", 1, 1, "x::y", "x\n::set-env name=A::b", "");
        assertThat(printed(Ansi.OFF, true, evil).strip())
                .isEqualTo("::error file=rules/a.drl,line=1,col=1,title=x%3A%3Ay::x%0A::set-env name=A::b")
                .hasLineCount(1);
    }

    @Test
    void anAnswerIsReadWithoutWhatANewerServiceAddsToIt() throws Exception {
        assertThat(
                        ProblemPrinter.of(
                                Json.MAPPER.readTree(
                                        """
                        [ { "severity": "fault", "file": "a.drl", "line": 2, "column": 3, "rule": "r", "message": "m",
                            "cure": "c", "known": true },
                          { "severity": "warning", "message": "of no file" } ]
                        """)))
                .containsExactly(
                        RuleProblem.fault("a.drl", 2, 3, "r", "m", "c"),
                        RuleProblem.warning("", 0, 0, "", "of no file", ""));
    }

    @Test
    void countsReadAsASentence() {
        assertThat(ProblemPrinter.counted(List.of(FAULT, WARNING, WARNING))).isEqualTo("1 fault and 2 warnings");
        assertThat(ProblemPrinter.counted(List.of())).isEqualTo("no faults and no warnings");
    }
}
