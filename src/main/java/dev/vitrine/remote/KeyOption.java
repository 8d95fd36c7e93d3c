package dev.vitrine.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The key to a running service, from a file or from the environment. There is no option for the key itself: other users of the
 * machine can read arguments, and shells keep them.
 */
public final class KeyOption {
    private static final String VARIABLE = "VITRINE_KEY";

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "a file with the key to the service; VITRINE_KEY gives the key itself")
    private Path file;

    /**
     * The key, "" where none is given.
     *
     * @throws IOException whose message says what is wrong, without what was found in place of a key
     */
    public String read() throws IOException {
        return file == null ? read(System.getenv(VARIABLE)) : read(file);
    }

    private static String read(String given) throws IOException {
        return checked(given == null ? "" : given.strip(), VARIABLE);
    }

    private static String read(Path file) throws IOException {
        String key;
        try {
            key = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("--key-file " + file + " cannot be read", e);
        }
        if (key.isEmpty()) {
            throw new IOException("--key-file " + file + " is empty");
        }
        return checked(key, "--key-file");
    }

    /** A header cannot hold more than that. */
    private static String checked(String key, String source) throws IOException {
        if (!key.matches("[!-~]*")) {
            throw new IOException(source + " does not hold a key");
        }
        return key;
    }
}
