package dev.vitrine.storage;

import io.agroal.api.AgroalDataSource;
import java.util.List;

/** A PostgreSQL that commits and does not answer, as when its stand-by is away; until this is closed. */
public final class UnansweredCommits implements AutoCloseable {
    private static final String WAITING = "select pid from pg_stat_activity where wait_event = 'SyncRep'";

    private final AgroalDataSource pool;
    private final Sql sql;

    public UnansweredCommits(AgroalDataSource pool, Sql sql) {
        this.pool = pool;
        this.sql = sql;
        sql.run("alter role postgres set synchronous_commit = on");
        sql.run("alter system set synchronous_standby_names = 'nobody'");
        // the connections of before do not wait for anybody
        reload();
    }

    private void reload() {
        sql.run("select pg_reload_conf()");
        pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
    }

    /** Waits until somebody commits. */
    public void await() {
        Await.until(() -> !sql.column(WAITING).isEmpty());
    }

    /** Ends the connections of all who wait for their commit. */
    public void disconnect() {
        List<String> waiting = sql.column(WAITING);
        waiting.forEach(pid -> sql.run("select pg_terminate_backend(" + pid + ")"));
    }

    @Override
    public void close() {
        sql.run("alter system reset synchronous_standby_names");
        sql.run("set synchronous_commit = off; alter role postgres reset synchronous_commit");
        reload();
    }
}
