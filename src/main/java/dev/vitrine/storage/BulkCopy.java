package dev.vitrine.storage;

import java.sql.SQLException;
import org.hibernate.Session;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Loads many rows at once by PostgreSQL's COPY: row by row onto the wire, without a statement that holds them all. */
public final class BulkCopy {
    private static final byte[] HEADER = {
        'P',
        'G',
        'C',
        'O',
        'P',
        'Y',
        '\n',
        (byte) 0xff,
        '\r',
        '\n',
        0, // the signature
        0,
        0,
        0,
        0, // no flags
        0,
        0,
        0,
        0 // no extension
    };

    private static final byte[] END = {(byte) 0xff, (byte) 0xff};

    private BulkCopy() {}

    /**
     * Inserts all rows in the transaction of the session, or none.
     *
     * @param target the table with its columns in brackets
     * @param rows as {@link CopyRow} writes them
     */
    public static void into(Session session, String target, Iterable<byte[]> rows) {
        session.doWork(connection -> {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin (format binary)");
            try {
                send(copy, rows);
            } catch (SQLException | RuntimeException e) {
                cancel(copy, e);
                throw e;
            }
        });
    }

    private static void send(CopyIn copy, Iterable<byte[]> rows) throws SQLException {
        copy.writeToCopy(HEADER, 0, HEADER.length);
        for (byte[] row : rows) {
            copy.writeToCopy(row, 0, row.length);
        }
        copy.writeToCopy(END, 0, END.length);
        copy.endCopy();
    }

    /** The connection goes back to the pool, where an unfinished COPY would break what it is used for next. */
    private static void cancel(CopyIn copy, Exception cause) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
