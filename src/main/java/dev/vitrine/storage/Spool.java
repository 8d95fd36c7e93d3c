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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Lines that wait on disk for the database, in segments that are drained and deleted, the oldest first. Nothing is appended
 * to a segment of an earlier process, so only its last line can be incomplete after a crash.
 */
public final class Spool {
    private static final Logger LOG = Logger.getLogger(Spool.class);
    /** A segment is read again when the database goes away in the middle of it, so it is small. */
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
            cutTornLine(left);
            bytes += left.toFile().length();
            next = number(left) + 1;
        }
    }

    public synchronized long bytes() {
        return bytes;
    }

    public long maxBytes() {
        return maxBytes;
    }

    /** Writes the lines to the disk itself, all of them or none. */
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
            removeFrom(start);
            throw e;
        }
    }

    /** Hands all lines that wait to the sink, oldest first. A segment of which the sink refuses a line stays. */
    public void drain(Consumer<List<String>> sink) {
        for (Path full : finished()) {
            try {
                read(full, sink);
                long size = Files.size(full);
                Files.delete(full);
                synchronized (this) {
                    bytes -= size;
                }
            } catch (IOException e) {
                // the others can be drained all the same
                LOG.errorf(e, "Cannot drain %s", full);
            }
        }
    }

    /** Hands all lines that wait to the sink, and keeps them. */
    public void read(Consumer<List<String>> sink) throws IOException {
        for (Path waiting : segments()) {
            read(waiting, sink);
        }
    }

    private static void read(Path file, Consumer<List<String>> sink) throws IOException {
        // an InputStreamReader replaces bytes that are not UTF-8 where Files.newBufferedReader would give the file up
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            List<String> batch = new ArrayList<>(BATCH);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                batch.add(line);
                if (batch.size() == BATCH) {
                    sink.accept(List.copyOf(batch));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                sink.accept(List.copyOf(batch));
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

    /** Lines that were not acknowledged must not be stored later, and a full disk needs their room. */
    private void removeFrom(long start) {
        try {
            channel.truncate(start);
        } catch (IOException e) {
            LOG.warnf("Cannot remove unfinished lines from %s: %s", segment, e.getMessage());
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

    /** Cuts off a last line without its end: the process died while it wrote the line, and never acknowledged it. */
    private static void cutTornLine(Path segment) {
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
            LOG.errorf(e, "Cannot repair %s", segment);
        }
    }
}
