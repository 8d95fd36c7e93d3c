package dev.vitrine.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A real PostgreSQL as a child process, used when no other database is configured. */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
    /** Kept, because a logger that nobody refers to loses its level. */
    private static final Logger LIBRARY = Logger.getLogger("io.zonky");

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final long STOP_SECONDS_MAX = 20;

    private static final long LOOK_SECONDS = 1;

    /** The one of this process; null where the service runs on another database. */
    private static volatile EmbeddedDatabase running;

    private final Path data;
    private final EmbeddedAccess access;
    private final int port;
    private final FutureTask<EmbeddedPostgres> start = new FutureTask<>(this::startServer);
    private final Thread guard = new Thread(this::guard, "embedded-database-guard");
    private EmbeddedPostgres postgres;
    private String trouble;
    private volatile boolean closed;

    private EmbeddedDatabase(Path data, EmbeddedAccess access, int port) {
        this.data = data;
        this.access = access;
        this.port = port;
        // a process that goes down without closing us takes its database along, and nobody is to start it again
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closed = true));
    }

    /** Starts it in the background. The folder stays taken until this is closed. */
    public static EmbeddedDatabase begin(DataFolder folder) throws IOException {
        // until the service has read its log settings, or where it cannot, each line of the server would be on the
        // error output
        LIBRARY.setLevel(Level.WARNING);
        Path data = folder.resolve("postgres");
        EmbeddedDatabase database = new EmbeddedDatabase(data, EmbeddedAccess.of(folder, data), freePort());
        Thread thread = new Thread(database.start, "embedded-database-start");
        thread.setDaemon(true);
        thread.start();
        running = database;
        return database;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private EmbeddedPostgres startServer() throws IOException {
        stopLeftBehind(data);
        EmbeddedPostgres server = server();
        synchronized (this) {
            postgres = server;
        }
        guard.setDaemon(true);
        guard.start();
        return server;
    }

    /** @throws IllegalStateException when it does not start, with the reason in words; a slow one may start later */
    static void awaitStart(Duration most) {
        EmbeddedDatabase database = running;
        if (database != null) {
            database.await(most);
        }
    }

    private void await(Duration most) {
        try {
            start.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "The embedded database is slow to start");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The embedded database in " + data + " does not start: "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private EmbeddedPostgres server() throws IOException {
        return access.start(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(START_MAX)
                // the library switches both off for tests; this is somebody's shop, and what is acknowledged must stay
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                // a socket in the folder for temporary files would be everybody's
                .setServerConfig("unix_socket_directories", "")
                .setPort(port));
    }

    /** Starts the server again, in the same place, when something has killed it. */
    private void guard() {
        try {
            while (!closed) {
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                if (leftBehind(data) == null) {
                    // gone because all of us are going, perhaps
                    TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                    restart();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        if (trouble == null) {
            trouble = "";
            LOG.log(System.Logger.Level.ERROR, "The embedded database has died; starting it again");
        }
        try {
            // there is nothing left to stop, but the library holds the folder's lock until it is told so
            postgres.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "What was left of the embedded database did not close", e);
        }
        try {
            postgres = server();
            trouble = null;
        } catch (IOException | RuntimeException | Error e) {
            // tried every second, told once: a full disk is not the place for a long log
            if (!trouble.equals(e.toString())) {
                trouble = e.toString();
                LOG.log(System.Logger.Level.ERROR, "The embedded database does not start; trying on: " + e);
            }
        }
    }

    private static ProcessHandle leftBehind(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,9}")) {
                return null;
            }
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    // the number may have gone to another process since
                    .filter(server ->
                            server.info().commandLine().orElse("postgres").contains("postgres"))
                    .filter(ProcessHandle::isAlive)
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** A killed service cannot stop its database; we hold the folder's lock now, so nobody needs that server any more. */
    private static void stopLeftBehind(Path data) throws IOException {
        ProcessHandle server = leftBehind(data);
        if (server == null) {
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
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    public String user() {
        return EmbeddedAccess.USER;
    }

    public String password() {
        return access.password();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (running == this) {
            running = null;
        }
        try {
            // what is still starting can only be stopped when it has started
            start.get();
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "There is no server to stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    private synchronized void stop() throws IOException {
        guard.interrupt();
        if (postgres != null) {
            postgres.close();
        }
    }
}
