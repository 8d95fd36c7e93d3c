package dev.vitrine.rulebook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TextDiffTest {
    private static final String FILE =
            """
            rule "One"
            when
                $c : Candidate( price < 10 )
            then
                shelf.hide( $c );
            end

            rule "Two"
            when
                $c : Candidate( price < 20 )
            then
                shelf.boost( $c, 2 );
            end
            """;

    private static List<String> diff(String before, String after) {
        return new TextDiff(Ansi.OFF).lines("a.drl", "edition 7", before, "rules", after);
    }

    @Test
    void aHunkNamesItsRule() {
        assertThat(diff(FILE, FILE.replace("boost( $c, 2 )", "boost( $c, 3 )")))
                .containsExactly(
                        "--- a.drl\tedition 7",
                        "+++ a.drl\trules",
                        "@@ -9,5 +9,5 @@ rule \"Two\"",
                        " when",
                        "     $c : Candidate( price < 20 )",
                        " then",
                        "-    shelf.boost( $c, 2 );",
                        "+    shelf.boost( $c, 3 );",
                        " end");
    }

    @Test
    void aNewFileAndADeletedOneStandAgainstNothing() {
        assertThat(diff(null, "rule \"One\" when then end\n"))
                .containsExactly(
                        "--- /dev/null",
                        "+++ a.drl\trules",
                        "@@ -0,0 +1,1 @@ rule \"One\"",
                        "+rule \"One\" when then end");
        assertThat(diff("x\n", null)).contains("--- a.drl\tedition 7", "+++ /dev/null", "-x");
    }

    @Test
    void differencesThatNobodySeesAreShown() {
        assertThat(diff("a\nb\n", "a\r\nb\n")).contains("-a", "+a\\r");
        assertThat(diff("a\n", "a")).contains("+\\ No newline at end of file");
        assertThat(diff("a\n", "a\n\u202Eb\n")).contains("+\\u202Eb");
    }

    @Test
    void terminalsGetColours() {
        assertThat(new TextDiff(Ansi.ON).lines("a.drl", "x", "1\n", "y", "2\n"))
                .anySatisfy(line -> assertThat(line).startsWith("\u001B[").contains("-1"));
    }
}
