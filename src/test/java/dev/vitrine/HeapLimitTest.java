package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapLimitTest {
    @Test
    void theShippedOptionsLimitTheHeap() throws IOException {
        assertThat(HeapLimit.isIn(Files.readAllLines(Path.of("src/main/package/jvm.options"))))
                .isTrue();
    }

    @Test
    void whoGivesAnOptionForItLimitsIt() {
        assertThat(HeapLimit.isIn(List.of("-Xlog:gc", "-XX:MaxRAMPercentage=70")))
                .isTrue();
        assertThat(HeapLimit.isIn(List.of("-Xms64m", "-XX:+UseSerialGC"))).isFalse();
    }
}
