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

/** The folder of what must survive this process. One service uses it at a time. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * Takes the folder for this process, until it ends or the channel is closed.
     *
     * @throws IOException when another process uses the folder, or it cannot be created; the message says what to do
     */
    public static FileChannel take(Path folder) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel file;
        try {
            Files.createDirectories(folder);
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
        return file;
    }
}
