package dev.vitrine.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.privacy.Erasure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedEventsTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Erasure ERASURE = new Erasure("ann", Set.of("v-ann"), NOON);

    @TempDir
    Path folder;

    private RejectedEvents rejected;

    @BeforeEach
    void begin() {
        rejected = new RejectedEvents(folder.resolve("events.rejected"));
    }

    private void add(String... lines) {
        for (String line : lines) {
            rejected.add(line, "no event");
        }
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("events.rejected"), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsOfAnErasedShopperIsRemovedAndTheRestStays() throws IOException {
        add(
                "{\"id\":\"1\",\"type\":\"of-tomorrow\",\"shopper\":\"ann\",\"visit\":\"v\",\"at\":\"2026-05-01T11:00:00Z\"}",
                "{\"id\":\"2\",\"type\":\"of-tomorrow\",\"visit\":\"v-ann\",\"at\":\"no time\"}",
                "{\"id\":\"3\",\"shopper\":\"ann\",\"at\":\"2026-05-01T11:00",
                "{\"id\":\"4\",\"visit\":\"v-ann\"",
                "{\"id\":\"5\",\"shopper\":\"ann\",\"visit\":\"v\",\"at\":\"2026-05-01T13:00:00Z\"}",
                "{\"id\":\"6\",\"shopper\":\"bob\",\"visit\":\"v-ann\",\"sku\":\"ann\",\"at\":\"2026-05-01T11:00:00Z\"}",
                "not json of annette, ü");
        assertThat(rejected.of("ann", Set.of("v-ann"))).hasSize(5);
        rejected.erase(ERASURE);
        assertThat(file().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("{\"id\":\"5\""),
                        line -> assertThat(line).startsWith("{\"id\":\"6\""),
                        line -> assertThat(line).isEqualTo("not json of annette, ü"));
        assertThat(rejected.count()).isEqualTo(3);
        assertThat(rejected.first()).as("it names nobody").doesNotContain("ann");
        add("another");
        assertThat(file().lines()).hasSize(4);
    }

    @Test
    void whereNothingIsLeftThereIsNoFile() {
        add("{\"shopper\":\"ann\"}");
        rejected.erase(ERASURE);
        assertThat(folder).isEmptyDirectory();
        assertThat(rejected.count()).isZero();
        rejected.erase(ERASURE);
        assertThat(rejected.of("ann", Set.of())).isEmpty();
    }
}
