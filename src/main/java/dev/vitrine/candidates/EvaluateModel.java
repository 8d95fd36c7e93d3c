package dev.vitrine.candidates;

import dev.vitrine.problem.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that measures the built-in model on a click log. */
@Command(
        name = "evaluate-model",
        mixinStandardHelpOptions = true,
        description = {
            "Trains VMIS-kNN on one click log and predicts another.",
            "A log has the columns SessionId, ItemId and Time (seconds since 1970), separated by tabs or commas."
        })
public final class EvaluateModel implements Callable<Integer> {
    /** Predictions made before the time is measured, so that the measured code is compiled. */
    private static final int WARM_UP = 20_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--train", required = true, paramLabel = "FILE", description = "The log to learn from.")
    private Path train;

    @Option(names = "--test", required = true, paramLabel = "FILE", description = "The log to predict.")
    private Path test;

    @Option(names = "--m", defaultValue = "500", description = "Most recent sessions considered (${DEFAULT-VALUE}).")
    private int m;

    @Option(names = "--k", defaultValue = "50", description = "Nearest of these that vote (${DEFAULT-VALUE}).")
    private int k;

    @Option(names = "--last-items", defaultValue = "2", description = "Last items that count, 1-9 (${DEFAULT-VALUE}).")
    private int lastItems;

    @Option(names = "--idf-weight", defaultValue = "1", description = "How much rarity counts (${DEFAULT-VALUE}).")
    private double idfWeight;

    @Option(names = "--cut-off", defaultValue = "20", description = "Length of a list (${DEFAULT-VALUE}).")
    private int cutOff;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            evaluate(out);
            return 0;
        } catch (ProblemException bad) {
            return refused(bad.field() + " " + bad.getMessage());
        } catch (IllegalArgumentException bad) {
            return refused(bad.getMessage());
        } catch (NoSuchFileException missing) {
            return refused(missing.getMessage() + " does not exist");
        } finally {
            out.flush();
        }
    }

    private int refused(String why) {
        spec.commandLine().getErr().println(why);
        return spec.exitCodeOnInvalidInput();
    }

    private void evaluate(PrintWriter out) throws IOException {
        VmisKnn.Settings settings = new VmisKnn.Settings(m, k, lastItems, idfWeight);
        if (cutOff < 1) {
            throw new IllegalArgumentException("--cut-off is " + cutOff + "; must be at least 1");
        }
        Sessions training = SessionLog.read(train);
        Sessions predicted = SessionLog.read(test);
        long before = System.nanoTime();
        VmisKnn model = VmisKnn.train(training, settings);
        long trainedMillis = (System.nanoTime() - before) / 1_000_000;
        int predictions = Evaluation.predictions(predicted);
        int warmUps = predictions == 0 ? 0 : Math.max(1, WARM_UP / predictions);
        Evaluation evaluation;
        try (ProgressBar progress = new ProgressBarBuilder()
                .setTaskName("Predicting")
                .setInitialMax((warmUps + 1L) * predictions)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
            for (int i = 0; i < warmUps; i++) {
                Evaluation.of(model, predicted, cutOff, progress::step);
            }
            evaluation = Evaluation.of(model, predicted, cutOff, progress::step);
        }
        print(
                out,
                "trained on     %,d clicks, %,d sessions, %,d items in %,d ms",
                training.clicks(),
                training.count(),
                training.items().length,
                trainedMillis);
        print(out, "settings       m %d, k %d, last items %d, idf weight %s", m, k, lastItems, idfWeight);
        print(out, "predictions    %,d", evaluation.predictions());
        print(out, "HR@%-11d %.4f", cutOff, evaluation.hitRate());
        print(out, "MRR@%-10d %.4f", cutOff, evaluation.meanReciprocalRank());
        print(out, "median         %.1f µs a prediction", evaluation.medianNanos() / 1000.0);
        print(out, "99 %%           %.1f µs", evaluation.slowNanos() / 1000.0);
    }

    private static void print(PrintWriter out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
