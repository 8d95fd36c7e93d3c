package dev.vitrine.visit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
