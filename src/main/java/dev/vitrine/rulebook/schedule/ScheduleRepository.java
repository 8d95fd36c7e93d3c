package dev.vitrine.rulebook.schedule;

import dev.vitrine.access.Audit;
import dev.vitrine.rulebook.Transaction;
import dev.vitrine.rulebook.rollout.RolloutRepository;
import dev.vitrine.rulebook.source.Edit;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps changes that are planned for a time. */
@Singleton
final class ScheduleRepository {
    private static final String COLUMNS =
            "select id, state, edits, base, author, note, origin, starts_at, ends_at, before, edition, outcome"
                    + " from scheduled ";
    private static final String OPEN = "state in ('PLANNED', 'RUNNING')";
    /** Whoever holds it keeps the time for all instances; any number that nobody else locks. */
    private static final long KEEPS_TIME = 0x7669_7472_696eL;

    private final AgroalDataSource database;
    private final Audit audit;

    ScheduleRepository(AgroalDataSource database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /** What is planned or running, in the order of their beginnings. */
    List<ScheduledChange> open() throws SQLException {
        return query(COLUMNS + "where " + OPEN + " order by starts_at, id");
    }

    /** The newest. */
    List<ScheduledChange> list(int limit) throws SQLException {
        return query(COLUMNS + "order by starts_at desc, id desc limit ?", limit);
    }

    Optional<ScheduledChange> find(long id) throws SQLException {
        return query(COLUMNS + "where id = ?", id).stream().findFirst();
    }

    private List<ScheduledChange> query(String statement, long... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setLong(i + 1, parameters[i]);
            }
            return read(query);
        }
    }

    private static List<ScheduledChange> read(PreparedStatement query) throws SQLException {
        List<ScheduledChange> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Timestamp until = row.getTimestamp(9);
                String before = row.getString(10);
                found.add(new ScheduledChange(
                        row.getLong(1),
                        ScheduledChange.State.valueOf(row.getString(2)),
                        List.of(RolloutRepository.read(row.getString(3), Edit[].class)),
                        (Integer) row.getObject(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getTimestamp(8).toInstant(),
                        until == null ? null : until.toInstant(),
                        before == null ? List.of() : List.of(RolloutRepository.read(before, Edit[].class)),
                        (Integer) row.getObject(11),
                        row.getString(12)));
            }
        }
        return found;
    }

    /** @return its number */
    long add(ScheduledChange planned, Audit.Entry entry) throws SQLException {
        return Transaction.of(database, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into scheduled (state, edits, base, author, note, origin, starts_at, ends_at)"
                            + " values (?, ?::jsonb, ?, ?, ?, ?, ?, ?) returning id")) {
                insert.setString(1, planned.state().name());
                insert.setString(2, RolloutRepository.json(planned.edits()));
                insert.setObject(3, planned.base(), Types.INTEGER);
                insert.setString(4, planned.author());
                insert.setString(5, planned.note());
                insert.setString(6, planned.origin());
                insert.setObject(7, planned.from().atOffset(ZoneOffset.UTC));
                insert.setObject(
                        8, planned.until() == null ? null : planned.until().atOffset(ZoneOffset.UTC));
                audit.add(connection, entry);
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** @return false when it is not planned (any more) */
    boolean cancel(long id, String why, Audit.Entry entry) throws SQLException {
        return Transaction.of(database, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update scheduled set state = 'CANCELLED', outcome = ? where id = ? and state = 'PLANNED'")) {
                update.setString(1, why);
                update.setLong(2, id);
                boolean cancelled = update.executeUpdate() == 1;
                if (cancelled) {
                    audit.add(connection, entry);
                }
                return cancelled;
            }
        });
    }

    /** Has a running one end at that time. */
    void endAt(long id, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update scheduled set ends_at = ? where id = ? and state = 'RUNNING'")) {
            update.setObject(1, at.atOffset(ZoneOffset.UTC));
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    /**
     * What came of one whose time has come.
     *
     * @param heirs others that are running, and have more to bring back now
     */
    record Turn(ScheduledChange done, List<ScheduledChange> heirs) {}

    /** Does what is due. */
    interface Turns {
        /** @param running all that are live now */
        Turn of(ScheduledChange due, List<ScheduledChange> running);
    }

    /**
     * Has what is due next done, and keeps what came of it. Of several instances on one database, one does it; when that
     * one breaks off, it is due as before.
     *
     * @return whether there was something, and it was done here
     */
    boolean next(Instant now, Turns turns) throws SQLException {
        return Transaction.of(database, connection -> {
            if (!keepsTime(connection)) {
                return false;
            }
            List<ScheduledChange> due;
            try (PreparedStatement query = connection.prepareStatement(COLUMNS
                    + "where (state = 'PLANNED' and starts_at <= ?) or (state = 'RUNNING' and ends_at <= ?)"
                    // of one moment: first what ends, as it would if one lay within the other; so the longer begins
                    // first, too
                    + " order by case state when 'PLANNED' then starts_at else ends_at end, state = 'PLANNED',"
                    + " case state when 'PLANNED' then null else starts_at end desc, ends_at desc nulls first,"
                    + " case state when 'PLANNED' then id else -id end limit 1 for update")) {
                query.setObject(1, now.atOffset(ZoneOffset.UTC));
                query.setObject(2, now.atOffset(ZoneOffset.UTC));
                due = read(query);
            }
            if (due.isEmpty()) {
                return false;
            }
            List<ScheduledChange> running;
            try (PreparedStatement query =
                    connection.prepareStatement(COLUMNS + "where state = 'RUNNING' for update")) {
                running = read(query);
            }
            Turn turn = turns.of(due.get(0), running);
            update(connection, turn.done());
            for (ScheduledChange heir : turn.heirs()) {
                update(connection, heir);
            }
            return true;
        });
    }

    private static void update(Connection connection, ScheduledChange planned) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update scheduled set state = ?, before = ?::jsonb, edition = ?, outcome = ? where id = ?")) {
            update.setString(1, planned.state().name());
            update.setString(2, RolloutRepository.json(planned.before()));
            update.setObject(3, planned.edition(), Types.INTEGER);
            update.setString(4, planned.outcome());
            update.setLong(5, planned.id());
            update.executeUpdate();
        }
    }

    private static boolean keepsTime(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, KEEPS_TIME);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
