package dev.vitrine.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that accepts connections and answers nothing, as on a machine that hangs; until this is closed. */
public final class SilentPostgres implements AutoCloseable {
    private final List<ProcessHandle> server;

    public SilentPostgres(Sql sql) {
        this(ProcessHandle.of(sql.number("select pg_backend_pid()"))
                .flatMap(ProcessHandle::parent)
                .orElseThrow());
    }

    public SilentPostgres(ProcessHandle postmaster) {
        server = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        signal("STOP");
    }

    private void signal(String name) {
        for (ProcessHandle process : server) {
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        signal("CONT");
    }
}
