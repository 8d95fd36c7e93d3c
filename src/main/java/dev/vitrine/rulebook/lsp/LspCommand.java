package dev.vitrine.rulebook.lsp;

import dev.vitrine.remote.KeyOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code lsp}: speaks with an editor over the standard input and output, and needs no service. */
@Command(
        name = "lsp",
        description = "Helps an editor to write rules: a language server over the standard input and output.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LspCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "a running service: its tags, categories, campaigns and so on are proposed, and it checks the files")
    private URI url;

    @Mixin
    private KeyOption key = new KeyOption();

    @Option(
            names = "--zone",
            description =
                    "the shop's time zone, for the dates and hours of examples without a service (${DEFAULT-VALUE})")
    private ZoneId zone = ZoneId.of("UTC");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        if (url != null
                && (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?"))) {
            throw new ParameterException(
                    spec.commandLine(), "--url " + url + " is not an address such as http://localhost:8080");
        }
        InputStream in = System.in;
        PrintStream out = System.out;
        // the protocol has the standard output to itself, whatever else is printed
        System.setOut(System.err);
        RunningShop service = url == null ? null : new RunningShop(url, key());
        try (RuleLanguageServer server = new RuleLanguageServer(service, zone)) {
            serve(server, in, out);
            return server.endedInOrder() ? 0 : 1;
        }
    }

    private String key() {
        try {
            return key.read();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static void serve(RuleLanguageServer server, InputStream in, OutputStream out)
            throws InterruptedException, ExecutionException {
        Launcher<LanguageClient> launcher = EditorConnection.of(server, in, out);
        server.connect(launcher.getRemoteProxy());
        server.endWith(launcher.startListening());
        server.awaitEnd();
    }
}
