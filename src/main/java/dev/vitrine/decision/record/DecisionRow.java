package dev.vitrine.decision.record;

import dev.vitrine.storage.CopyRow;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A decision that waits to be recorded: its row of the table, as {@link CopyRow} has it, whole or compressed to a fifth. It
 * holds nothing of the facts alive, which are ten times as large.
 */
record DecisionRow(String id, byte[] bytes, int wholeLength) {
    static DecisionRow whole(String id, byte[] bytes) {
        return new DecisionRow(id, bytes, bytes.length);
    }

    boolean isCompressed() {
        return bytes.length < wholeLength;
    }

    /** The same, compressed where that makes it smaller. */
    DecisionRow compressed() {
        if (isCompressed()) {
            return this;
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            byte[] room = new byte[wholeLength];
            deflater.setInput(bytes);
            deflater.finish();
            int length = deflater.deflate(room);
            return deflater.finished() && length < wholeLength
                    ? new DecisionRow(id, Arrays.copyOf(room, length), wholeLength)
                    : this;
        } finally {
            deflater.end();
        }
    }

    /** The row of the table. */
    byte[] whole() {
        if (!isCompressed()) {
            return bytes;
        }
        Inflater inflater = new Inflater(true);
        try {
            byte[] whole = new byte[wholeLength];
            inflater.setInput(bytes);
            if (inflater.inflate(whole) < wholeLength) {
                throw new IllegalStateException("decision " + id + " is incomplete");
            }
            return whole;
        } catch (DataFormatException e) {
            throw new IllegalStateException("decision " + id + " is damaged", e);
        } finally {
            inflater.end();
        }
    }
}
