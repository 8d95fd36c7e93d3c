package dev.vitrine.imports;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on the standard error that counts the bytes of the file. */
final class Progress implements AutoCloseable, LongConsumer {
    private static final int KIBIBYTE = 1024;
    private static final int WIDTH = 80;
    /** A file that is read in a moment needs no bar. */
    private static final long SHORT_BYTES = 1 << 20;

    private final ProgressBar bar;

    /** @param bytes size of the file, -1 if unknown */
    Progress(String task, long bytes, boolean quiet) {
        bar = quiet || bytes >= 0 && bytes < SHORT_BYTES
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(bytes)
                        .setUnit(" KiB", KIBIBYTE)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(500)
                        .setMaxRenderedLength(WIDTH)
                        .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(
                                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)))
                        .build();
    }

    @Override
    public void accept(long bytesRead) {
        if (bar != null) {
            bar.stepTo(bytesRead);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
