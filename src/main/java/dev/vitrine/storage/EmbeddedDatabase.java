package dev.vitrine.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL as a child process, its data in a folder of ours: what the service runs on when no other database is
 * named. One service uses a folder at a time; a server that a killed service left behind is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final long STOP_SECONDS_MAX = 20;

    private final FileChannel lockFile;
    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(FileChannel lockFile, EmbeddedPostgres postgres) {
        this.lockFile = lockFile;
        this.postgres = postgres;
    }

    /** @throws IOException when the folder cannot be used, with the reason in words */
    public static EmbeddedDatabase start(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path data = folder.toAbsolutePath().normalize().resolve("postgres");
        FileChannel lockFile = locked(folder);
        try {
            stopLeftBehind(data);
            return new EmbeddedDatabase(
                    lockFile,
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setPGStartupWait(START_MAX)
                            // the library switches it off for tests; this is somebody's shop
                            .setServerConfig("fsync", "on")
                            .setServerConfig("listen_addresses", "localhost")
                            .start());
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw new IOException("The embedded database in " + data + " does not start: " + e.getMessage(), e);
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process: as good as held by another
        }
        if (lock == null) {
            file.close();
            throw new IOException("The folder " + folder.toAbsolutePath().normalize()
                    + " is in use by another Vitrine. Stop that one, or set VITRINE_DATA to another folder.");
        }
        return file;
    }

    /** A killed service cannot stop its database; we hold the folder's lock now, so nobody needs that server any more. */
    private static void stopLeftBehind(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        ProcessHandle server = lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,9}")
                ? null
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElse(null);
        // the number may have gone to another process since
        if (server == null || !server.info().commandLine().orElse("postgres").contains("postgres")) {
            return;
        }
        server.destroy();
        try {
            server.onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("a PostgreSQL left behind (process " + server.pid() + ") does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        lockFile.close();
    }
}
