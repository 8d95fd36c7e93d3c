package dev.vitrine.imports;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file of rows, or ({@code -}) the standard input, which cannot be opened a second time. Without a format, the name
 * decides. Bytes that are not in the charset are an error.
 */
record RowFile(String name, Format format, char separator, Charset charset) {
    enum Format {
        CSV,
        NDJSON
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return switch (word) {
                case "csv" -> Format.CSV;
                case "ndjson" -> Format.NDJSON;
                default -> throw new TypeConversionException("'" + word + "' is not a format; use csv or ndjson");
            };
        }
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    RowFile {
        if (format == null) {
            String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
            format = plain.matches(".*\\.(ndjson|jsonl|json)") ? Format.NDJSON : Format.CSV;
        }
    }

    boolean standardInput() {
        return name.equals("-");
    }

    /** The size in bytes, -1 if unknown. */
    long size() {
        try {
            return standardInput() ? -1 : Files.size(Path.of(name));
        } catch (IOException e) {
            throw unreadable(0, e);
        }
    }

    /** Opens the file. {@code read} gets the number of bytes read so far, compressed ones if the file is compressed. */
    Rows open(LongConsumer read) {
        try {
            InputStream bytes =
                    new CountingStream(standardInput() ? System.in : Files.newInputStream(Path.of(name)), read);
            try {
                Reader text = text(decompressed(bytes));
                return format == Format.CSV ? new CsvRows(text, separator) : new NdjsonRows(text);
            } catch (IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(0, e);
        }
    }

    /** The first two bytes decide, so that compressed rows can also come through a pipe. */
    private static InputStream decompressed(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
        buffered.mark(2);
        boolean compressed = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return compressed ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private Reader text(InputStream bytes) throws IOException {
        PushbackReader text = new PushbackReader(new InputStreamReader(
                bytes,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    /** The failure at this line (0: before the first), in the user's terms. */
    static ImportFailure unreadable(long line, Exception e) {
        String what;
        if (e instanceof NoSuchFileException) {
            what = "there is no file " + e.getMessage();
        } else if (e instanceof CharacterCodingException) {
            return new ImportFailure("after line " + Math.max(0, line - 1)
                    + ": the text is not in the expected charset; name the right one with --charset");
        } else if (e instanceof EOFException && !String.valueOf(e.getMessage()).contains("token")) {
            what = "the compressed file is cut short";
        } else {
            String message = String.valueOf(e.getMessage()).replaceFirst("^(IOException|CSVException)[^:]*: ?", "");
            what = message.contains("EOF reached before encapsulated token finished")
                    ? "a quote is opened and never closed"
                    : message.contains("between encapsulated token and delimiter")
                            ? "text follows a closing quote; a quote within quotes is written twice"
                            : message;
        }
        return new ImportFailure(line > 0 ? "line " + line + ": " + what : what);
    }

    private static final class CountingStream extends FilterInputStream {
        private final LongConsumer read;
        private long count;

        CountingStream(InputStream in, LongConsumer read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            counted(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int bytes = super.read(buffer, offset, length);
            counted(Math.max(0, bytes));
            return bytes;
        }

        private void counted(int bytes) {
            count += bytes;
            read.accept(count);
        }
    }
}
