package dev.vitrine.problem;

import io.quarkus.logging.LoggingFilter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Makes whatever is logged {@linkplain Printable printable}: a name or a path in a request must not look like a line of its own, or
 * colour the terminal of who reads it. All handlers have this filter, so that no call that logs has to think of it.
 */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {
    @Override
    public boolean isLoggable(LogRecord record) {
        ExtLogRecord entry = ExtLogRecord.wrap(record);
        String message = entry.getFormattedMessage();
        if (message != null && !Printable.of(message).equals(message)) {
            entry.setMessage(Printable.of(message), ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        if (!isPrintable(entry.getThrown(), identities())) {
            entry.setThrown(new Shown(entry.getThrown(), new IdentityHashMap<>()));
        }
        return true;
    }

    private static Set<Throwable> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isPrintable(Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isPrintable(suppressed, seen)) {
                return false;
            }
        }
        String text = thrown.toString();
        return Printable.of(text).equals(text) && isPrintable(thrown.getCause(), seen);
    }

    /** An exception with its stack trace and its causes, whose texts are printable. */
    private static final class Shown extends Throwable {
        private static final long serialVersionUID = 1;

        private final String text;

        Shown(Throwable thrown, Map<Throwable, Shown> seen) {
            this.text = Printable.of(thrown.toString());
            seen.put(thrown, this);
            setStackTrace(thrown.getStackTrace());
            if (thrown.getCause() != null) {
                initCause(of(thrown.getCause(), seen));
            }
            for (Throwable suppressed : thrown.getSuppressed()) {
                addSuppressed(of(suppressed, seen));
            }
        }

        private static Shown of(Throwable thrown, Map<Throwable, Shown> seen) {
            Shown known = seen.get(thrown);
            return known == null ? new Shown(thrown, seen) : known;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
