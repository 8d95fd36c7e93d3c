package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class CompressedJsonTest {
    private static final byte[] TEXT = ("{\"candidates\": [" + "{\"sku\": \"mat\", \"price\": 24.9}, ".repeat(200)
                    + "null]}")
            .getBytes(StandardCharsets.UTF_8);

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

    private byte[] compressed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompressedJson.of(text -> text.write(TEXT), deflater).writeTo(out);
        return out.toByteArray();
    }

    @Test
    void itIsSmallerAndReadsTheSameEachTime() throws Exception {
        JsonNode json = Json.MAPPER.readTree(TEXT);
        assertThat(compressed().length).isLessThan(TEXT.length / 5);
        for (int again = 0; again < 3; again++) {
            assertThat(CompressedJson.read(compressed())).isEqualTo(json);
        }
    }

    @Test
    void whatWasStoredBeforeItWasCompressedIsReadToo() throws Exception {
        assertThat(CompressedJson.read(TEXT)).isEqualTo(Json.MAPPER.readTree(TEXT));
    }

    @Test
    void aDamagedOneIsAnError() throws Exception {
        byte[] half = Arrays.copyOf(compressed(), compressed().length / 2);
        assertThatThrownBy(() -> CompressedJson.read(half)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> CompressedJson.read(new byte[0])).isInstanceOf(UncheckedIOException.class);
    }
}
