package dev.vitrine.storage;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Whether the database can be reached and has the schema of this version. Callers ask before they use it, so that only the
 * first one after an outage began waits. A probe notices its end, and migrates where the start could not.
 */
@Singleton
@Startup(DatabaseState.FIRST)
public final class DatabaseState {
    /** Before everything that reads from the database. */
    static final int FIRST = -1000;

    private static final Logger LOG = Logger.getLogger(DatabaseState.class);
    private static final long POLL_MILLIS = 50;
    /**
     * A database may answer everything but commits, as when its stand-by is away. Statements may take long, and a commit has
     * only its end to write. One that happens after all is found by {@link CommitOutcome}.
     */
    private static final Duration COMMIT_MAX = Duration.ofSeconds(5);

    /** Transactions that begin at the stop are short; a long one, such as an import, is rolled back. */
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private record State(boolean up, Instant since) {}

    private final AgroalDataSource pool;
    private final ProbeConnection connection;
    private final BusyConnections busy = new BusyConnections();
    private final Runnable migration;
    private final Duration startWait;
    private final Clock clock;
    private final AtomicReference<State> state;
    private volatile boolean migrated;
    private volatile boolean closed;

    @Inject
    DatabaseState(
            AgroalDataSource pool,
            Flyway flyway,
            Clock clock,
            @ConfigProperty(name = "vitrine.db.start-wait", defaultValue = "10s") Duration startWait) {
        this(pool, flyway::migrate, clock, startWait);
    }

    public DatabaseState(DataSource pool, Clock clock) {
        this((AgroalDataSource) pool, () -> {}, clock, Duration.ZERO);
        migrated = true;
        state.set(new State(true, clock.instant()));
    }

    private DatabaseState(AgroalDataSource pool, Runnable migration, Clock clock, Duration startWait) {
        this.pool = pool;
        this.connection = new ProbeConnection(pool);
        this.migration = migration;
        this.clock = clock;
        this.startWait = startWait;
        this.state = new AtomicReference<>(new State(false, clock.instant()));
    }

    /** Waits a while for a database that starts at the same time; the service goes on without one. */
    @PostConstruct
    void start() {
        EmbeddedDatabase.awaitStart(startWait);
        long end = System.nanoTime() + startWait.toNanos();
        Optional<String> failure = tryOnce();
        while (failure.isPresent() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            failure = tryOnce();
        }
        if (failure.isPresent()) {
            LOG.warnf(
                    "The database cannot be reached: %s. The service starts without it: it decides on what requests bring, and"
                            + " reads the rest when the database is there",
                    failure.get());
        } else {
            state.set(new State(true, clock.instant()));
        }
    }

    public boolean up() {
        return !closed && state.get().up();
    }

    /** Since when it has been up, or down. */
    public Instant since() {
        return state.get().since();
    }

    /** Reports a failed call; returns whether the database is out of reach, and is thus marked as down. */
    public boolean failed(Throwable failure) {
        boolean unavailable = SqlFailure.unavailable(failure);
        if (unavailable) {
            becomes(false, FailureLog.reason(failure));
        }
        return unavailable;
    }

    /** For whoever uses a connection of the pool: they are cut when the database falls silent. */
    BusyConnections busy() {
        return busy;
    }

    AgroalDataSource pool() {
        return pool;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    public void probe() {
        Optional<String> failure = tryOnce();
        becomes(failure.isEmpty(), failure.orElse(null));
        if (failure.isPresent()) {
            busy.cut();
        } else {
            busy.cutCommits(COMMIT_MAX);
        }
    }

    /** Nothing that is timed begins while the service stops. */
    void pause(@Observes @Priority(Integer.MIN_VALUE) ShutdownEvent stopping, Scheduler scheduler) {
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }

    /** After all who still write at the stop: whoever is late is refused, as what they would use is being closed. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent stopping) {
        closed = true;
        long end = System.nanoTime() + STOP_WAIT.toNanos();
        while (!busy.none() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    @PreDestroy
    synchronized void close() {
        connection.close();
    }

    private synchronized Optional<String> tryOnce() {
        Optional<String> failure = connection.failure();
        return failure.isPresent() || migrated ? failure : migrate();
    }

    private Optional<String> migrate() {
        try {
            migration.run();
            migrated = true;
            return Optional.empty();
        } catch (RuntimeException e) {
            if (!SqlFailure.unavailable(e)) {
                throw e;
            }
            return Optional.of(FailureLog.reason(e));
        }
    }

    private void becomes(boolean up, String why) {
        State before = state.getAndUpdate(now -> now.up() == up ? now : new State(up, clock.instant()));
        if (before.up() == up) {
            return;
        }
        if (up) {
            // what was open before the outage may be broken, and would fail one caller after another
            pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
            LOG.info("The database is back");
        } else {
            LOG.warnf("The database cannot be reached: %s", why);
        }
    }
}
