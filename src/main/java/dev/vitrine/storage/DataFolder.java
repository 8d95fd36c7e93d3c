package dev.vitrine.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jboss.logging.Logger;

/** The folder of what must survive this process. One service uses it at a time, until it is closed or the process ends. */
public final class DataFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DataFolder.class);

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder for this process.
     *
     * @throws IOException when another process uses the folder, or it cannot be created; the message says what to do
     */
    public static DataFolder take(Path folder) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel file;
        try {
            Files.createDirectories(folder);
            closeToOthers(folder);
            file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            String why = e instanceof AccessDeniedException ? "access is denied" : e.getReason();
            throw new IOException(
                    "The folder " + path + " cannot be used" + (why == null ? "" : ": " + why)
                            + ". Set VITRINE_DATA to a folder that can be written.",
                    e);
        }
        FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process: as good as held by another
        }
        if (lock == null) {
            file.close();
            throw new IOException("The folder " + path
                    + " is in use by another Vitrine. Stop that one, or set VITRINE_DATA to another folder.");
        }
        return new DataFolder(path, file);
    }

    /** What waits there is of shoppers. A folder of another user, such as a mounted one, stays as it is. */
    private static void closeToOthers(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debugf("The permissions of %s stay as they are: %s", folder, e);
        }
    }

    /** Absolute. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
