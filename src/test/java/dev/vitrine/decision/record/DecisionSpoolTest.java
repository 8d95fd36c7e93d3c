package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.storage.DatabaseUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions on disk: what survives, what is found, and what a damaged file costs. */
class DecisionSpoolTest {
    private static final String TEXT = "{\"sku\": \"mat\"}";

    @TempDir
    Path folder;

    private final LostDecisions lost = new LostDecisions(Clock.systemUTC(), new SimpleMeterRegistry());

    private DecisionSpool spool(long maxBytes) {
        return new DecisionSpool(folder, maxBytes, lost);
    }

    private static DecisionRow row(String id) {
        return new DecisionRow(id, (id + TEXT.repeat(50)).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> drained(DecisionSpool spool) {
        List<String> ids = new ArrayList<>();
        while (spool.drainOldest(rows -> rows.forEach(row -> ids.add(row.id())))) {
            // until none wait
        }
        return ids;
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().orElseThrow();
        }
    }

    @Test
    void theyOutliveTheProcessAndComeOutOldestFirst() throws Exception {
        DecisionSpool spool = spool(1 << 20);
        spool.append(List.of(row("c"), row("d")));
        spool.append(List.of(row("b"), row("a")));
        DecisionSpool next = spool(1 << 20);
        assertThat(next.count()).isEqualTo(4);
        assertThat(next.bytes()).isEqualTo(spool.bytes());
        assertThat(next.find("d").orElseThrow().bytes()).isEqualTo(row("d").bytes());
        assertThat(next.find("bb")).isEmpty();
        assertThat(drained(next)).containsExactly("b", "a", "c", "d");
        assertThat(next.bytes()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSinkThatFailsLeavesThemThere() throws Exception {
        DecisionSpool spool = spool(1 << 20);
        spool.append(List.of(row("a")));
        assertThatThrownBy(() -> spool.drainOldest(rows -> {
                    throw new DatabaseUnavailableException(null);
                }))
                .isInstanceOf(DatabaseUnavailableException.class);
        assertThat(drained(spool)).containsExactly("a");
    }

    @Test
    void aFullSpoolTakesNothing() throws Exception {
        DecisionSpool spool = spool(1_000);
        spool.append(List.of(row("a")));
        assertThatThrownBy(() -> spool.append(List.of(row("b"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of 1000 bytes");
        assertThat(drained(spool)).containsExactly("a");
        spool.append(List.of(row("b")));
        assertThat(drained(spool)).containsExactly("b");
    }

    @Test
    void aDamagedByteCostsItsDecisionAndThoseBehindItAndIsCounted() throws Exception {
        DecisionSpool spool = spool(1 << 20);
        spool.append(List.of(row("a"), row("b"), row("c")));
        byte[] content = Files.readAllBytes(onlyFile());
        content[content.length / 2] ^= 1;
        Files.write(onlyFile(), content);
        assertThat(drained(spool)).containsExactly("a");
        assertThat(lost.losses().count()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatWasNotFinishedIsDeletedAtTheNextStart() throws Exception {
        Files.writeString(folder.resolve("a..b.2.unfinished"), "half");
        assertThat(spool(1_000).count()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws Exception {
        Path taken = Files.createFile(folder.resolve("taken"));
        DecisionSpool spool = new DecisionSpool(taken, 1_000, lost);
        assertThatThrownBy(() -> spool.append(List.of(row("a")))).isInstanceOf(IOException.class);
        assertThat(spool.bytes()).isZero();
    }
}
