package dev.vitrine.storage;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Stored rows that cannot be read, such as those that another version or a hand has written. They are skipped and left as
 * they are, so that they cost no other row; each is logged once, and health shows them until they can be read.
 */
@Singleton
public final class UnreadableRows {
    private static final Logger LOG = Logger.getLogger(UnreadableRows.class);
    /** More of one table are counted only. */
    private static final int KEPT_MAX = 1_000;

    private final Map<String, Rows> tables = new TreeMap<>();

    private static final class Rows {
        private final Map<String, String> reasons = new LinkedHashMap<>();
        private long more;
    }

    public synchronized void add(String table, Object key, Throwable why) {
        Rows rows = tables.computeIfAbsent(table, name -> new Rows());
        String row = String.valueOf(key);
        if (rows.reasons.containsKey(row)) {
            return;
        }
        if (rows.reasons.size() == KEPT_MAX) {
            rows.more++;
            return;
        }
        rows.reasons.put(row, FailureLog.reason(why));
        LOG.errorf(
                "The row '%s' of the table %s cannot be read and is skipped: %s", row, table, FailureLog.reason(why));
    }

    /** Reports that rows of the table were read. */
    public synchronized void remove(String table, Iterable<?> keys) {
        Rows rows = tables.get(table);
        if (rows != null) {
            keys.forEach(key -> rows.reasons.remove(String.valueOf(key)));
            if (rows.reasons.isEmpty()) {
                tables.remove(table);
            }
        }
    }

    /** For each table with such rows, how many there are, and which was found first. */
    synchronized Map<String, String> summary() {
        Map<String, String> summary = new TreeMap<>();
        tables.forEach((table, rows) -> {
            Map.Entry<String, String> first = rows.reasons.entrySet().iterator().next();
            summary.put(
                    table, rows.reasons.size() + rows.more + ", first '" + first.getKey() + "': " + first.getValue());
        });
        return summary;
    }
}
