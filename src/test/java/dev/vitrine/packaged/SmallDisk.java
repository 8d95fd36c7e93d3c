package dev.vitrine.packaged;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A folder on a file system of its own that can be filled. Without the right to mount one, files of the service are kept from
 * growing instead, which looks the same to it.
 */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "64m";
    private static final int STOP_SECONDS_MAX = 10;

    private final Path folder;
    private final boolean mounted;

    SmallDisk(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.mounted = isDone("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    }

    /** A full disk, until it is closed. */
    interface Full extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Whether it can be filled for this process, and how. */
    String means() {
        return mounted ? "a file system of " + SIZE + "B" : "no file of the service grows (prlimit)";
    }

    Full fill(long pid) throws IOException {
        if (!mounted) {
            limitFiles(pid, "0");
            return () -> limitFiles(pid, "unlimited");
        }
        Path ballast = folder.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return () -> Files.delete(ballast);
        }
    }

    private static void limitFiles(long pid, String soft) throws IOException {
        if (!isDone("prlimit", "--pid", String.valueOf(pid), "--fsize=" + soft + ":")) {
            throw new IOException("neither a file system can be mounted, nor can prlimit limit files");
        }
    }

    private static boolean isDone(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted && !isDone("umount", folder.toString())) {
            throw new IOException(folder + " cannot be unmounted");
        }
    }
}
