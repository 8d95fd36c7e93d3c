package dev.vitrine.decision.record;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;

/**
 * Decisions that wait on disk. Each batch is a file, which gets its name when it is complete: a crash or a full disk leaves
 * no half of one. The name has the first and the last id and the number of decisions, so the names in memory are the index.
 * Ids begin with the time, so the first name is the oldest.
 */
final class DecisionSpool {
    private static final Logger LOG = Logger.getLogger(DecisionSpool.class);
    private static final Pattern NAME = Pattern.compile("([\\w-]+)\\.\\.([\\w-]+)\\.(\\d+)");
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;
    private final long maxBytes;
    private final LostDecisions lost;
    private final NavigableMap<String, BatchFile> files = new ConcurrentSkipListMap<>();
    private long bytes;
    private int count;
    /** Tried again and again, but told once. */
    private BatchFile unreadable;

    private record BatchFile(Path path, String first, String last, int count, long bytes) {
        String name() {
            return path.getFileName().toString();
        }

        boolean mayHold(String id) {
            return first.compareTo(id) <= 0 && id.compareTo(last) <= 0;
        }
    }

    DecisionSpool(Path folder, long maxBytes, LostDecisions lost) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.lost = lost;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> left = Files.list(folder)) {
                left.forEach(this::addLeft);
            } catch (IOException e) {
                LOG.errorf(e, "Cannot list %s; decisions that wait there are not recorded", folder);
            }
        }
    }

    private void addLeft(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (path.toString().endsWith(UNFINISHED)) {
            delete(path);
        } else if (name.matches()) {
            add(new BatchFile(
                    path,
                    name.group(1),
                    name.group(2),
                    Integer.parseInt(name.group(3)),
                    path.toFile().length()));
        }
    }

    private synchronized void add(BatchFile file) {
        if (files.put(file.name(), file) == null) {
            bytes += file.bytes();
            count += file.count();
        }
    }

    private synchronized void remove(BatchFile file) {
        delete(file.path());
        if (files.remove(file.name()) != null) {
            bytes -= file.bytes();
            count -= file.count();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warnf("Cannot delete %s: %s", path, e);
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int count() {
        return count;
    }

    /** Keeps all of these, or throws and keeps none. */
    void append(List<DecisionRow> rows) throws IOException {
        long room = rows.stream().mapToLong(row -> row.bytes().length).sum();
        if (bytes() + room > maxBytes) {
            throw new IOException("the spool is full: " + bytes() + " of " + maxBytes + " bytes");
        }
        List<String> ids = rows.stream().map(DecisionRow::id).sorted().toList();
        String first = ids.get(0);
        String last = ids.get(ids.size() - 1);
        Path file = folder.resolve(first + ".." + last + "." + ids.size());
        add(new BatchFile(file, first, last, ids.size(), write(rows, file)));
    }

    private long write(List<DecisionRow> rows, Path file) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
        try {
            long size;
            try (FileChannel channel =
                            FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    DataOutputStream out =
                            new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
                for (DecisionRow row : rows) {
                    out.writeUTF(row.id());
                    out.writeInt(row.bytes().length);
                    out.writeLong(checksum(row.bytes()));
                    out.write(row.bytes());
                }
                out.flush();
                channel.force(false);
                size = channel.size();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return size;
        } catch (IOException e) {
            // a full disk needs the room
            delete(unfinished);
            throw e;
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }

    /** Hands the oldest batch to the sink, and then deletes it; false where there is none, or it cannot be read now. */
    boolean drainOldest(Consumer<List<DecisionRow>> sink) {
        Map.Entry<String, BatchFile> oldest = files.firstEntry();
        if (oldest == null) {
            return false;
        }
        BatchFile file = oldest.getValue();
        try {
            List<DecisionRow> rows = read(file);
            if (!rows.isEmpty()) {
                sink.accept(rows);
            }
            remove(file);
            if (rows.size() < file.count()) {
                lost.add(file.count() - rows.size(), file.path() + " is damaged");
            }
            return true;
        } catch (IOException e) {
            if (!file.equals(unreadable)) {
                LOG.errorf("Decisions wait on disk, because %s cannot be read: %s", file.path(), e);
                unreadable = file;
            }
            return false;
        }
    }

    Optional<DecisionRow> find(String id) {
        for (BatchFile file : files.values()) {
            if (file.mayHold(id)) {
                try {
                    Optional<DecisionRow> found = read(file).stream()
                            .filter(row -> row.id().equals(id))
                            .findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                } catch (NoSuchFileException e) {
                    LOG.debugf("%s was recorded meanwhile", file.path());
                } catch (IOException e) {
                    LOG.warnf("Cannot read %s: %s", file.path(), e);
                }
            }
        }
        return Optional.empty();
    }

    /** Those decisions of it that the disk has not damaged. */
    private static List<DecisionRow> read(BatchFile file) throws IOException {
        List<DecisionRow> rows = new ArrayList<>(file.count());
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file.path())))) {
            while (rows.size() < file.count()) {
                String id = in.readUTF();
                int length = in.readInt();
                long checksum = in.readLong();
                byte[] bytes = in.readNBytes(Math.max(0, length));
                // zeros, which a crash may leave, are their own checksum
                if (bytes.length == 0 || bytes.length != length || checksum(bytes) != checksum) {
                    throw new EOFException("decision " + id + " is damaged");
                }
                rows.add(new DecisionRow(id, bytes));
            }
        } catch (EOFException | UTFDataFormatException e) {
            LOG.debugf(e, "%s is damaged", file.path());
        }
        return rows;
    }
}
