package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionRowTest {
    private static byte[] text() {
        return "{\"sku\": \"mat\"}".repeat(100).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCompressedRowIsSmallerAndTheSame() {
        DecisionRow row = DecisionRow.whole("a", text());
        DecisionRow compressed = row.compressed();
        assertThat(compressed.isCompressed()).isTrue();
        assertThat(compressed.bytes().length).isLessThan(row.bytes().length / 5);
        assertThat(compressed.whole()).isEqualTo(text());
        assertThat(compressed.compressed()).isSameAs(compressed);
    }

    @Test
    void whatCannotBeCompressedStaysAsItIs() {
        byte[] noise = new byte[100];
        new Random(1).nextBytes(noise);
        DecisionRow row = DecisionRow.whole("a", noise);
        assertThat(row.compressed().isCompressed()).isFalse();
        assertThat(row.compressed().whole()).isEqualTo(noise);
    }

    @Test
    void aDamagedRowIsAnError() {
        DecisionRow row = DecisionRow.whole("a", text()).compressed();
        byte[] half = Arrays.copyOf(row.bytes(), row.bytes().length / 2);
        assertThatThrownBy(() -> new DecisionRow("a", half, row.wholeLength()).whole())
                .hasMessage("decision a is incomplete");
    }
}
