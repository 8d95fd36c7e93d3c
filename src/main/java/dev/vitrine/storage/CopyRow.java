package dev.vitrine.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * A row in the binary format of PostgreSQL's COPY (see the manual on COPY): the number of columns, then each column's length
 * and value. Columns are written one after the other, and are read by a {@link Reader} in the same order.
 */
public final class CopyRow {
    private static final int BYTES = 64 << 10;
    /** A rare long row must not hold its memory for ever. */
    private static final int KEPT_MAX = 256 << 10;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int NULL = -1;
    private static final byte JSONB_VERSION = 1;

    private final OutputStream content = new RowStream();
    private byte[] bytes = new byte[BYTES];
    private int size;

    /** Writes the value of a column. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Begins a new row in the same memory. */
    public CopyRow begin(int columns) {
        if (bytes.length > KEPT_MAX) {
            bytes = new byte[BYTES];
        }
        size = 0;
        room(Short.BYTES).putShort((short) columns);
        return this;
    }

    /** Adds a text, or null. */
    public CopyRow text(String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(NULL);
            return this;
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + text.length).putInt(text.length).put(text);
        return this;
    }

    public CopyRow integer(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public CopyRow bool(boolean value) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public CopyRow timestamp(Instant value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(EPOCH.until(value, ChronoUnit.MICROS));
        return this;
    }

    public CopyRow jsonb(Content text) throws IOException {
        return bytea(out -> {
            out.write(JSONB_VERSION);
            text.writeTo(out);
        });
    }

    public CopyRow bytea(Content value) throws IOException {
        int start = size;
        room(Integer.BYTES).putInt(0);
        value.writeTo(content);
        ByteBuffer.wrap(bytes).putInt(start, size - start - Integer.BYTES);
        return this;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private ByteBuffer room(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
        ByteBuffer room = ByteBuffer.wrap(bytes, size, count);
        size += count;
        return room;
    }

    private final class RowStream extends OutputStream {
        @Override
        public void write(int one) {
            room(1).put((byte) one);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            room(length).put(from, offset, length);
        }
    }

    /** Reads the columns of a row, each by the method that is named as the one that wrote it. */
    public static final class Reader {
        private final ByteBuffer row;

        public Reader(byte[] row) {
            this.row = ByteBuffer.wrap(row);
            this.row.getShort();
        }

        public String text() {
            int length = row.getInt();
            return length == NULL ? null : new String(next(length), StandardCharsets.UTF_8);
        }

        public int integer() {
            row.getInt();
            return row.getInt();
        }

        public boolean bool() {
            row.getInt();
            return row.get() != 0;
        }

        public Instant timestamp() {
            row.getInt();
            return EPOCH.plus(row.getLong(), ChronoUnit.MICROS);
        }

        /** The text of the JSON value, in UTF-8. */
        public byte[] jsonb() {
            int length = row.getInt();
            row.get();
            return next(length - 1);
        }

        public byte[] bytea() {
            return next(row.getInt());
        }

        private byte[] next(int length) {
            byte[] next = new byte[length];
            row.get(next);
            return next;
        }
    }
}
