package dev.vitrine.access;

import dev.vitrine.storage.DatabaseState;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Every change of the rule book, and every attempt: who, when, from where, what. What cannot be written down because the
 * database is away waits in memory; what goes with an edition is written in the edition's own transaction.
 */
@Singleton
public final class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);
    /** Our choice: a folder that is saved badly every second for an hour. */
    private static final int WAITING_MAX = 3_600;

    private static final int DETAIL_MAX = 2_000;
    private static final String INSERT =
            "insert into audit (at, who, origin, action, edition, detail) values (?, ?, ?, ?, ?, ?)";

    private final AgroalDataSource database;
    private final DatabaseState state;
    private final Deque<Entry> waiting = new ArrayDeque<>();

    Audit(AgroalDataSource database, DatabaseState state) {
        this.database = database;
        this.state = state;
    }

    /** What was done. */
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
        KEY_CREATED
    }

    /**
     * One line of the log.
     *
     * @param who the author, or the name of the key
     * @param origin the address that the call came from, or {@code folder}
     * @param edition the edition that it is about, null where there is none
     * @param detail the note, or what was wrong; cut to {@value #DETAIL_MAX} characters
     */
    public record Entry(Instant at, String who, String origin, Action action, Integer edition, String detail) {
        public Entry {
            String cut = detail.length() > DETAIL_MAX ? detail.substring(0, DETAIL_MAX - 1) + "…" : detail;
            // what quotes a broken file may hold what cannot be stored, and would hold up all that comes after
            detail = new String(cut.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }

    /** A line as it is read back, with the number that pages go by. */
    public record Line(long id, Entry entry) {}

    /** Writes a line down, now or when the database is back. */
    public void add(Entry entry) {
        synchronized (waiting) {
            waiting.add(entry);
            if (waiting.size() > WAITING_MAX) {
                LOG.warnf("The audit log cannot be written; lost: %s", waiting.remove());
            }
        }
        save();
    }

    /** Writes a line down in the transaction of what it tells of. */
    public void add(Connection transaction, Entry entry) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            set(insert, entry);
            insert.executeUpdate();
        }
    }

    @Scheduled(every = "1s", identity = "audit", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void save() {
        synchronized (waiting) {
            if (waiting.isEmpty() || !state.up()) {
                return;
            }
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                while (!waiting.isEmpty()) {
                    set(insert, waiting.peek());
                    insert.executeUpdate();
                    waiting.remove();
                }
            } catch (SQLException e) {
                state.failed(e);
            }
        }
    }

    private static void set(PreparedStatement insert, Entry entry) throws SQLException {
        insert.setObject(1, entry.at().atOffset(ZoneOffset.UTC));
        insert.setString(2, entry.who());
        insert.setString(3, entry.origin());
        insert.setString(4, entry.action().name());
        if (entry.edition() == null) {
            insert.setNull(5, Types.INTEGER);
        } else {
            insert.setInt(5, entry.edition());
        }
        insert.setString(6, entry.detail());
    }

    /** The newest lines before that one. */
    public List<Line> before(long id, int limit) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select id, at, who, origin, action, edition, detail from audit where id < ?"
                                + " order by id desc limit ?")) {
            query.setLong(1, id);
            query.setInt(2, limit);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    lines.add(new Line(
                            row.getLong(1),
                            new Entry(
                                    row.getTimestamp(2).toInstant(),
                                    row.getString(3),
                                    row.getString(4),
                                    Action.valueOf(row.getString(5)),
                                    (Integer) row.getObject(6),
                                    row.getString(7))));
                }
            }
        }
        return lines;
    }
}
