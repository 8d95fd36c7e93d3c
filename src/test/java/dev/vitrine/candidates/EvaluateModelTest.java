package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateModelTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsHitRateAndReciprocalRank(@TempDir Path folder) throws IOException {
        String header = "SessionId\tItemId\tTime\n";
        Path train = Files.writeString(folder.resolve("train.txt"), header + "1\ta\t1\n1\tb\t2\n2\tb\t3\n2\tc\t4\n");
        // b is predicted from a in the first place; nothing is predicted from d
        Path test = Files.writeString(folder.resolve("test.txt"), header + "8\ta\t1\n8\tb\t2\n9\td\t1\n9\ta\t2\n");

        assertThat(run("--train", train.toString(), "--test", test.toString())).isZero();

        assertThat(out.toString())
                .containsPattern("predictions +2\\R")
                .containsPattern("HR@20 +0\\.5000\\R")
                .containsPattern("MRR@20 +0\\.5000\\R")
                .contains("median");
    }

    @Test
    void aMissingFileIsReportedInOneLine() {
        assertThat(run("--train", "nowhere.txt", "--test", "nowhere.txt")).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("nowhere.txt does not exist");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThat(run("--train", "x", "--test", "x", "--last-items", "10")).isEqualTo(2);
        assertThat(err.toString()).contains("1 to 9");
    }

    private int run(String... arguments) {
        return new CommandLine(new EvaluateModel())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
