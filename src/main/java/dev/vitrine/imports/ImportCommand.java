package dev.vitrine.imports;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code import} sends the rows of a file to a running service. Exit codes: 0 done, 2 some refused, 1 failed. */
@Command(
        name = "import",
        description = "Sends a catalog, an event log or segments of shoppers from a file to a running service.",
        subcommands = {ImportCommand.Products.class, ImportCommand.Events.class, ImportCommand.Segments.class},
        synopsisSubcommandLabel = "(products | events | segments)",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ImportRun.FAILED,
        exitCodeOnExecutionException = ImportRun.FAILED)
public final class ImportCommand implements Runnable {
    private final Delivery.Pause pause;

    @Spec
    private CommandSpec spec;

    public ImportCommand() {
        this(length -> Thread.sleep(length.toMillis()));
    }

    /** @param pause how to wait between attempts */
    ImportCommand(Delivery.Pause pause) {
        this.pause = pause;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to import: products, events or segments");
    }

    /** The command {@code import products}. */
    @Command(
            name = "products",
            description = "Sends products from a file to a running service. Products with a known sku are overwritten.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeOnInvalidInput = ImportRun.FAILED,
            exitCodeOnExecutionException = ImportRun.FAILED)
    static final class Products implements Callable<Integer> {
        @Mixin
        private ImportOptions options;

        @Option(
                names = "--distinct",
                paramLabel = "FIELD",
                description = "send one row for each value of the field, such as sku; an event log names a product many"
                        + " times")
        private String distinct;

        @Option(
                names = "--keep",
                paramLabel = "WHICH",
                description = "with --distinct: the first or the last row of each value (${DEFAULT-VALUE}, which reads"
                        + " the file twice)")
        private String keep = "last";

        @Option(
                names = "--made-up-cost",
                paramLabel = "SHARE",
                description = "if the file has no cost, make one up: this share of the price, 0 to 1")
        private Double madeUpCost;

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private ImportCommand parent;

        @Override
        public Integer call() {
            if (madeUpCost != null && !(madeUpCost >= 0 && madeUpCost <= 1)) {
                throw new ParameterException(spec.commandLine(), "--made-up-cost must be from 0 to 1");
            }
            if (distinct != null && !Target.PRODUCTS.has(distinct)) {
                throw new ParameterException(spec.commandLine(), "--distinct " + distinct + " is not a known field");
            }
            if (!keep.equals("first") && !keep.equals("last")) {
                throw new ParameterException(spec.commandLine(), "--keep must be first or last");
            }
            if (madeUpCost != null) {
                spec.commandLine()
                        .getErr()
                        .println("Costs are MADE UP: " + madeUpCost + " of the price. Margins are not real.");
            }
            options.madeUpCost = madeUpCost;
            return new ImportRun(
                            Target.PRODUCTS,
                            options,
                            distinct == null ? null : new Distinct(distinct, keep.equals("last")),
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            parent.pause)
                    .run();
        }
    }

    /** The command {@code import segments}. */
    @Command(
            name = "segments",
            description = "Sends segments of shoppers from a file to a running service. A shopper's row replaces all"
                    + " segments that were sent before; several are separated by |.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeOnInvalidInput = ImportRun.FAILED,
            exitCodeOnExecutionException = ImportRun.FAILED)
    static final class Segments implements Callable<Integer> {
        @Mixin
        private ImportOptions options;

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private ImportCommand parent;

        @Override
        public Integer call() {
            return new ImportRun(
                            Target.SEGMENTS,
                            options,
                            null,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            parent.pause)
                    .run();
        }
    }

    /** The command {@code import events}. */
    @Command(
            name = "events",
            description = "Sends a log of past events from a file to a running service. Known events stay as they are.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeOnInvalidInput = ImportRun.FAILED,
            exitCodeOnExecutionException = ImportRun.FAILED)
    static final class Events implements Callable<Integer> {
        @Mixin
        private ImportOptions options;

        @Option(
                names = "--id-from",
                paramLabel = "FIELD",
                split = ",",
                description = "if the log has no id, make one from these fields; line stands for the line in the file")
        private List<String> idFrom = List.of();

        @Spec
        private CommandSpec spec;

        @ParentCommand
        private ImportCommand parent;

        @Override
        public Integer call() {
            options.idFrom = idFrom;
            return new ImportRun(
                            Target.EVENTS,
                            options,
                            null,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            parent.pause)
                    .run();
        }
    }
}
