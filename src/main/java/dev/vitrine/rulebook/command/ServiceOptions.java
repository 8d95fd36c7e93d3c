package dev.vitrine.rulebook.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which service, and the key to it. There is no option for the key itself: arguments can be read by others. */
final class ServiceOptions {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:VITRINE_URL:-http://localhost:8080}",
            description = "the running service (VITRINE_URL, else http://localhost:8080)")
    URI url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "a file with the key of a merchandiser; VITRINE_KEY gives the key itself")
    Path keyFile;

    RemoteRulebook service(PrintWriter err) {
        if (url.getUserInfo() != null) {
            // it may be a password, which must not be printed
            throw new CommandFailure(ExitCode.USAGE, "--url must not hold a user; the key says who calls");
        }
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--url " + url + " is not an address such as http://localhost:8080");
        }
        String key = key();
        if (!key.isEmpty() && url.getScheme().equals("http") && !THIS_MACHINE.contains(url.getHost())) {
            err.println("The key goes to " + url.getHost() + " without encryption; use https.");
        }
        return new RemoteRulebook(url, key);
    }

    private String key() {
        String key;
        if (keyFile == null) {
            String given = System.getenv("VITRINE_KEY");
            key = given == null ? "" : given.strip();
        } else {
            try {
                key = Files.readString(keyFile).strip();
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.USAGE, "--key-file " + keyFile + " cannot be read");
            }
        }
        // a header cannot hold more than that, and what it holds must not be printed
        if (!key.matches("[!-~]*")) {
            throw new CommandFailure(
                    ExitCode.USAGE, (keyFile == null ? "VITRINE_KEY" : "--key-file") + " does not hold a key");
        }
        return key;
    }
}
