package dev.vitrine.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a class logs while something is done, line by line. */
public final class HeardLog extends Handler {
    private final List<String> lines = new ArrayList<>();

    private HeardLog() {}

    public static List<String> of(Class<?> speaker, Runnable work) {
        HeardLog heard = new HeardLog();
        Logger log = Logger.getLogger(speaker.getName());
        log.addHandler(heard);
        try {
            work.run();
        } finally {
            log.removeHandler(heard);
        }
        return heard.lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line instanceof ExtLogRecord ext ? ext.getFormattedMessage() : line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
