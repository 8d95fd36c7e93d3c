package dev.vitrine.visit;

import dev.vitrine.privacy.Erasure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Lines of the spool that are no events, or that the database does not take. They are kept in a file beside the spool until
 * somebody has looked at them and deletes it; the first is logged, and the others are counted.
 */
final class RejectedEvents {
    private static final Logger LOG = Logger.getLogger(RejectedEvents.class);
    /** Some 60,000 events. What comes after that is counted only. */
    private static final long BYTES_MAX = 16L << 20;
    /** Characters of a line that a person needs to recognise it. */
    private static final int SHOWN_MAX = 200;

    private final Path file;
    private long count;
    private String first = "";

    RejectedEvents(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                count = lines.count();
                first = "of an earlier start";
            } catch (IOException e) {
                LOG.errorf(e, "Cannot read %s", file);
            }
        }
    }

    synchronized void add(String line, String why) {
        forgetIfDeleted();
        String shown = line.substring(0, Math.min(line.length(), SHOWN_MAX));
        try {
            if (!Files.exists(file) || Files.size(file) < BYTES_MAX) {
                Files.writeString(
                        file,
                        line + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.SYNC);
            }
        } catch (IOException e) {
            LOG.errorf("Cannot keep an event in %s (%s): %s", file, e, shown);
        }
        count++;
        if (count == 1) {
            first = why + ": " + shown;
            LOG.errorf("A line of the events on disk is put aside into %s; %s", file, first);
        }
    }

    /** The lines that name a shopper, or that were sent in one of the shopper's visits. */
    synchronized List<String> of(String shopper, Set<String> visits) {
        try (Stream<String> lines = lines()) {
            return lines.map(RejectedEvents::text)
                    .filter(line -> RejectedLine.of(line).isOf(shopper, visits))
                    .toList();
        }
    }

    /** Removes the lines of a shopper that the erasure covers. */
    synchronized void erase(Erasure erasure) {
        List<String> kept;
        long all;
        try (Stream<String> lines = lines()) {
            List<String> found = lines.toList();
            all = found.size();
            kept = found.stream()
                    .filter(line -> !RejectedLine.of(text(line)).isCoveredBy(erasure))
                    .toList();
        }
        if (kept.size() == all) {
            return;
        }
        try {
            replace(kept);
            count -= all - kept.size();
            // it may have been one of those
            first = "of a shopper who is not named";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            Files.delete(file);
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines, StandardCharsets.ISO_8859_1);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Byte by byte, so that what is damaged is written back as it was. */
    private Stream<String> lines() {
        try {
            return Files.exists(file) ? Files.lines(file, StandardCharsets.ISO_8859_1) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** How many there are, until the file is deleted. */
    synchronized long count() {
        forgetIfDeleted();
        return count;
    }

    synchronized String first() {
        return first;
    }

    Path file() {
        return file;
    }

    private void forgetIfDeleted() {
        if (count > 0 && !Files.exists(file)) {
            count = 0;
        }
    }
}
