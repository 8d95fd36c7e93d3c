package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLogTest {
    @TempDir
    Path folder;

    @Test
    void linesOfASessionAreOrderedByTime() throws IOException {
        Sessions log = SessionLog.read(
                file("SessionId\tItemId\tTime\n7\tb\t20.5\n9\tx\t1\n7\ta\t10.0\n7\tb\t30\n", "log.txt"));

        assertThat(log.count()).isEqualTo(2);
        assertThat(items(log, 0)).containsExactly("a", "b", "b");
        assertThat(log.endedAt(0)).isEqualTo(30_000);
        assertThat(items(log, 1)).containsExactly("x");
    }

    @Test
    void commasAnotherOrderOfColumnsAndGzipAreRead() throws IOException {
        Path file = folder.resolve("log.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("Time,SessionId,ItemId\n1,s,a\n2,s,b\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(items(SessionLog.read(file), 0)).containsExactly("a", "b");
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Path file = file("SessionId\tItem\tTime\n", "log.txt");
        assertThatThrownBy(() -> SessionLog.read(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no column ItemId");
    }

    @Test
    void aBadLineIsReportedWithItsNumber() throws IOException {
        Path time = file("SessionId\tItemId\tTime\n1\ta\t1\n1\ta\tsoon\n", "time.txt");
        assertThatThrownBy(() -> SessionLog.read(time))
                .hasMessageContaining("soon")
                .satisfies(e -> assertThat(((ProblemException) e).field()).endsWith("time.txt line 3"));
        Path columns = file("SessionId\tItemId\tTime\n1\ta\n", "columns.txt");
        assertThatThrownBy(() -> SessionLog.read(columns)).hasMessageContaining("2 columns");
        Path empty = file("", "nothing.txt");
        assertThatThrownBy(() -> SessionLog.read(empty)).hasMessageContaining("is empty");
    }

    private Path file(String text, String name) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> items(Sessions log, int session) {
        List<String> items = new ArrayList<>();
        for (int click = log.start(session); click < log.end(session); click++) {
            items.add(log.items()[log.item(click)]);
        }
        return items;
    }
}
