package dev.vitrine.access;

import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/** The audit log. Entries wait in memory for the database; that of an edition is written in the edition's transaction. */
@Singleton
public final class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);
    /** Enough for a folder that is saved with a fault every second for an hour. */
    private static final int WAITING_MAX = 3_600;

    private static final int DETAIL_MAX = 2_000;

    private final AuditRepository repository;
    private final Transactions transactions;
    private final DatabaseState database;
    private final Deque<Entry> waiting = new ArrayDeque<>();

    Audit(AuditRepository repository, Transactions transactions, DatabaseState database) {
        this.repository = repository;
        this.transactions = transactions;
        this.database = database;
    }

    public enum Action {
        PUBLISHED,
        REFUSED,
        RESTORED,
        CONFLICT,
        CONFLICT_ENDED,
        STAGED,
        SHARE_CHANGED,
        PROMOTED,
        WITHDRAWN,
        SCHEDULED,
        SCHEDULE_CANCELLED,
        SCHEDULE_ENDED,
        SCHEDULE_FAILED,
        KEY_CREATED,
        KEY_REVOKED
    }

    /** An entry; the origin is an address, or {@code folder}. The detail is cut to {@value #DETAIL_MAX} characters. */
    public record Entry(Instant at, String who, String origin, Action action, Integer edition, String detail) {
        public Entry {
            String cut = detail.length() > DETAIL_MAX ? detail.substring(0, DETAIL_MAX - 1) + "…" : detail;
            // a detail that quotes a broken file may hold characters that PostgreSQL rejects, and would block all later
            // entries
            detail = new String(cut.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }

    public record Line(long id, Entry entry) {}

    /** Writes an entry, now or when the database is back. */
    public void add(Entry entry) {
        synchronized (waiting) {
            waiting.add(entry);
            if (waiting.size() > WAITING_MAX) {
                LOG.warnf("The audit log cannot be written; lost: %s", waiting.remove());
            }
        }
        save();
    }

    /** Writes an entry in the current transaction, so that it is there exactly if the change is. */
    public void addInTransaction(Entry entry) {
        repository.persist(AuditEntity.of(entry));
    }

    @Scheduled(every = "1s", identity = "audit", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void save() {
        synchronized (waiting) {
            if (waiting.isEmpty() || !database.up()) {
                return;
            }
            try {
                transactions.run(() -> waiting.forEach(this::addInTransaction));
                waiting.clear();
            } catch (DatabaseUnavailableException e) {
                LOG.debugf("%d entries of the audit log wait for the database", waiting.size());
            }
        }
    }

    public List<Line> before(long id, int limit) {
        return transactions.call(() ->
                repository.before(id, limit).stream().map(AuditEntity::line).toList());
    }
}
