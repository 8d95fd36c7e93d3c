package dev.vitrine.decision.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.CopyRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * JSON in zlib's format (RFC 1950), a quarter of its size. What was stored before it was compressed is the text itself: it
 * begins with a brace, and zlib's format never does.
 */
final class CompressedJson {
    private static final int BUFFER = 4 << 10;

    private CompressedJson() {}

    /** The text, compressed by one that can be used again. */
    static CopyRow.Content of(CopyRow.Content text, Deflater deflater) {
        return out -> {
            deflater.reset();
            DeflaterOutputStream compressed = new DeflaterOutputStream(out, deflater, BUFFER);
            text.writeTo(compressed);
            compressed.finish();
        };
    }

    /** @throws UncheckedIOException where it is damaged */
    static JsonNode read(byte[] stored) {
        try (InputStream text = text(stored)) {
            return Json.STORED.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream text(byte[] stored) {
        InputStream bytes = new ByteArrayInputStream(stored);
        return stored.length > 0 && stored[0] == '{' ? bytes : new InflaterInputStream(bytes);
    }
}
