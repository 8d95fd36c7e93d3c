package dev.vitrine.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Lines that wait on disk for the database, in numbered segments. One segment is appended to; the others are drained and
 * deleted, oldest first. A new process never appends to an old segment, so only the last line of a segment can be torn.
 */
public final class Spool {
    /** Consumes lines; they stay in the spool when this throws. */
    public interface Sink {
        void take(List<String> lines) throws SQLException;
    }

    private static final Logger LOG = Logger.getLogger(Spool.class);
    /** Small enough that little is read twice when the database goes away in the middle of a segment. */
    private static final long SEGMENT_BYTES = 8L << 20;

    private static final int BATCH = 1000;
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private final long maxBytes;
    private FileChannel channel;
    private Path segment;
    private long bytes;
    private long next;

    public Spool(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        for (Path left : segments()) {
            mend(left);
            bytes += left.toFile().length();
            next = number(left) + 1;
        }
    }

    /** Bytes on disk. */
    public synchronized long bytes() {
        return bytes;
    }

    public long maxBytes() {
        return maxBytes;
    }

    /** Writes all lines to disk, or none, and waits until they are durable. */
    public synchronized void append(List<String> lines) throws IOException {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes + text.length > maxBytes) {
            throw new IOException("the spool is full: " + bytes + " of " + maxBytes + " bytes");
        }
        if (channel == null || channel.position() > SEGMENT_BYTES) {
            begin();
        }
        long start = channel.position();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
            bytes += text.length;
        } catch (IOException e) {
            takeBack(start);
            throw e;
        }
    }

    /** Hands all lines that wait to the sink, oldest first, and forgets the segments that it has taken. */
    public void drain(Sink sink) throws SQLException {
        for (Path full : finished()) {
            try {
                read(full, sink);
                long size = Files.size(full);
                Files.delete(full);
                synchronized (this) {
                    bytes -= size;
                }
            } catch (IOException e) {
                LOG.errorf(e, "Cannot drain %s", full);
                return;
            }
        }
    }

    /** Shows all lines that wait and keeps them. */
    public void read(Sink sink) throws SQLException, IOException {
        for (Path waiting : segments()) {
            read(waiting, sink);
        }
    }

    private static void read(Path file, Sink sink) throws SQLException, IOException {
        // an InputStreamReader replaces bytes that are not UTF-8 where Files.newBufferedReader would give the file up
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            List<String> batch = new ArrayList<>(BATCH);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                batch.add(line);
                if (batch.size() == BATCH) {
                    sink.take(List.copyOf(batch));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                sink.take(List.copyOf(batch));
            }
        }
    }

    private synchronized List<Path> finished() {
        close();
        return segments();
    }

    private void begin() throws IOException {
        close();
        Files.createDirectories(folder);
        segment = folder.resolve(String.format("%012d%s", next++, SUFFIX));
        channel = FileChannel.open(segment, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // the file's name must survive a crash too
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warnf("Cannot close %s: %s", segment, e.getMessage());
            }
            channel = null;
        }
    }

    /** Unacknowledged lines must not be stored later, and a full disk needs the room. */
    private void takeBack(long start) {
        try {
            channel.truncate(start);
        } catch (IOException e) {
            LOG.warnf("Cannot take back lines from %s: %s", segment, e.getMessage());
            close();
        }
    }

    private List<Path> segments() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches("\\d{12}\\" + SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.errorf(e, "Cannot list %s", folder);
            return List.of();
        }
    }

    private static long number(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Cuts off an incomplete last line: the process died while writing it, so it was never acknowledged. */
    private static void mend(Path segment) {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = file.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0 && file.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
                end--;
            }
            if (end < file.size()) {
                LOG.warnf("Skipped a torn last line of %d bytes in %s", file.size() - end, segment);
                file.truncate(end);
            }
        } catch (IOException e) {
            LOG.errorf(e, "Cannot mend %s", segment);
        }
    }
}
