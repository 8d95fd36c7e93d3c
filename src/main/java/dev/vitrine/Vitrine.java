package dev.vitrine;

import dev.vitrine.candidates.EvaluateModel;
import dev.vitrine.imports.ImportCommand;
import dev.vitrine.problem.Printable;
import dev.vitrine.rulebook.command.CheckCommand;
import dev.vitrine.rulebook.command.DiffCommand;
import dev.vitrine.rulebook.command.PreviewCommand;
import dev.vitrine.rulebook.command.PublishCommand;
import dev.vitrine.rulebook.command.PullCommand;
import dev.vitrine.rulebook.lsp.LspCommand;
import dev.vitrine.rulebook.publish.RuleHeadStart;
import dev.vitrine.storage.DataFolder;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.EmbeddedDatabase;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/** Starts the service; with arguments, runs one of its commands instead. */
@QuarkusMain
@Command(
        name = "vitrine",
        description = "Decides what a storefront puts in its window. Without a command, starts the service.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CheckCommand.class,
            DiffCommand.class,
            PreviewCommand.class,
            PublishCommand.class,
            PullCommand.class,
            LspCommand.class,
            ImportCommand.class,
            EvaluateModel.class
        })
public final class Vitrine implements Runnable {
    private static final String NOT_STARTED = "Vitrine did not start. ";

    private static EmbeddedDatabase embedded;

    /** Held while the process runs. */
    @SuppressWarnings("unused")
    private static DataFolder folder;

    @Option(
            names = "--stop-when-ready",
            description =
                    "Stops the service as soon as it is ready; exit code 1 if its database cannot be reached, and at once"
                            + " if its rules cannot be compiled. To try a configuration, or to record the classes for a"
                            + " faster start.")
    private boolean stopWhenReady;

    public static void main(String[] args) {
        // the rules' dates; Drools reads it once, when its classes are loaded
        System.setProperty("drools.dateformat", "yyyy-MM-dd");
        if (args.length > 0) {
            System.exit(written(new CommandLine(new Vitrine()).execute(args)));
        }
        start(null);
    }

    /** A command that could not say what it found has not ended well, such as on a disk that is full. */
    private static int written(int code) {
        if (code != 0 || !System.out.checkError()) {
            return code;
        }
        System.err.println("The output cannot be written; it is not complete");
        return 1;
    }

    @Override
    public void run() {
        start(stopWhenReady ? ReadyIsEnough.class : null);
    }

    /** Does not return. */
    private static void start(Class<? extends QuarkusApplication> whenReady) {
        try {
            Path data = Path.of(setting("VITRINE_DATA", "vitrine.data", "./data"));
            folder = DataFolder.take(data);
            Path rules = Path.of(setting("VITRINE_RULES", "vitrine.rules", "./rules"));
            RuleHeadStart.begin(data, rules);
            // beside the compiler, and before there is a database to stop
            List<String> faults = SettingsCheck.faults();
            if (!faults.isEmpty()) {
                System.err.println(Printable.of(NOT_STARTED + String.join("; ", faults)));
                System.exit(1);
            }
            if (whenReady != null) {
                // who only tries a configuration need not wait for a start that fails
                RuleHeadStart.faults().ifPresent(invalid -> {
                    System.err.println("The rules in " + rules + " cannot be used:\n" + invalid.getMessage());
                    System.exit(1);
                });
            }
            if (setting("VITRINE_DB_URL", "vitrine.db.url", "").isBlank()) {
                embedded = EmbeddedDatabase.begin(folder);
                System.setProperty("quarkus.datasource.jdbc.url", embedded.url());
                System.setProperty("quarkus.datasource.username", embedded.user());
                System.setProperty("quarkus.datasource.password", embedded.password());
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        // Without these the JVM would stop the database while the service still writes down what it has in memory.
        Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit());
        Signal.handle(new Signal("INT"), signal -> Quarkus.asyncExit());
        Quarkus.run(whenReady, Vitrine::stopped);
    }

    private static void stopped(int code, Throwable failure) {
        try {
            if (embedded != null) {
                embedded.close();
            }
        } catch (IOException e) {
            System.err.println("The embedded database did not stop: " + e.getMessage());
        }
        // last, so that nobody has to look for it
        if (failure != null) {
            reason(failure).lines().map(Printable::of).forEach(System.err::println);
        }
        System.exit(failure == null ? code : Math.max(1, code));
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return NOT_STARTED + root.getMessage();
    }

    private static String setting(String variable, String property, String standard) {
        String given = System.getProperty(property, System.getenv(variable));
        return given == null ? standard : given;
    }

    /** What runs once the service is ready, instead of waiting for its end. */
    public static final class ReadyIsEnough implements QuarkusApplication {
        @Override
        public int run(String... args) {
            boolean whole = CDI.current().select(DatabaseState.class).get().up();
            if (!whole) {
                System.err.println("Vitrine is ready, but without its database; the log says why.");
            }
            return whole ? 0 : 1;
        }
    }

    private Vitrine() {}
}
