package dev.vitrine.rulebook.command;

import dev.vitrine.remote.KeyOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which service, and the key to it. */
final class ServiceOptions {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:VITRINE_URL:-http://localhost:8080}",
            description = "the running service (VITRINE_URL, else http://localhost:8080)")
    URI url;

    @Mixin
    private KeyOption key = new KeyOption();

    RemoteRulebook service(PrintWriter err) {
        if (url.getUserInfo() != null) {
            // it may be a password, which must not be printed
            throw new CommandFailure(ExitCode.USAGE, "--url must not hold a user; the key says who calls");
        }
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--url " + url + " is not an address such as http://localhost:8080");
        }
        String given = key();
        if (!given.isEmpty() && url.getScheme().equals("http") && !THIS_MACHINE.contains(url.getHost())) {
            err.println("The key goes to " + url.getHost() + " without encryption; use https.");
        }
        return new RemoteRulebook(url, given);
    }

    private String key() {
        try {
            return key.read();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
    }
}
