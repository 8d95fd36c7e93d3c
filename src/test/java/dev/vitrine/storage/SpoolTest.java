package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    private static List<String> drained(Spool spool) {
        List<String> lines = new ArrayList<>();
        spool.drain(lines::addAll);
        return lines;
    }

    private Path onlySegment() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().orElseThrow();
        }
    }

    @Test
    void linesComeOutInOrderAndOnce() throws Exception {
        Spool spool = new Spool(folder, 1000);
        spool.append(List.of("a", "b"));
        spool.append(List.of("c"));
        assertThat(spool.bytes()).isEqualTo(6);
        assertThat(drained(spool)).containsExactly("a", "b", "c");
        assertThat(drained(spool)).isEmpty();
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void linesOutliveTheProcess() throws Exception {
        new Spool(folder, 1000).append(List.of("a"));
        Spool next = new Spool(folder, 1000);
        next.append(List.of("b"));
        assertThat(drained(next)).containsExactly("a", "b");
    }

    @Test
    void aTornLastLineIsSkipped() throws Exception {
        new Spool(folder, 1000).append(List.of("whole"));
        Files.write(onlySegment(), new byte[] {'t', 'o', (byte) 0xc3}, StandardOpenOption.APPEND);
        Spool next = new Spool(folder, 1000);
        assertThat(next.bytes()).isEqualTo(6);
        next.append(List.of("after"));
        assertThat(drained(next)).containsExactly("whole", "after");
    }

    @Test
    void aSinkThatFailsLeavesTheLinesThere() throws Exception {
        Spool spool = new Spool(folder, 1000);
        spool.append(List.of("a"));
        assertThatThrownBy(() -> spool.drain(lines -> {
                    throw new DatabaseUnavailableException(null);
                }))
                .isInstanceOf(DatabaseUnavailableException.class);
        spool.append(List.of("b"));
        assertThat(drained(spool)).containsExactly("a", "b");
    }

    @Test
    void aFullSpoolTakesNothing() throws Exception {
        Spool spool = new Spool(folder, 10);
        spool.append(List.of("12345"));
        assertThatThrownBy(() -> spool.append(List.of("1234", "5")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("6 of 10 bytes");
        assertThat(drained(spool)).containsExactly("12345");
        spool.append(List.of("1234", "5"));
        assertThat(drained(spool)).containsExactly("1234", "5");
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));
        Spool spool = new Spool(file, 1000);
        assertThatThrownBy(() -> spool.append(List.of("a"))).isInstanceOf(IOException.class);
        assertThat(spool.bytes()).isZero();
    }
}
