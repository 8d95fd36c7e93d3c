package dev.vitrine.access;

import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The audit log: every change and every refused attempt. An entry of a change is written in the transaction of the change;
 * others wait in memory for the database.
 */
@Singleton
public final class Audit {
    private static final Logger LOG = Logger.getLogger(Audit.class);
    /** Enough for a folder that is saved with a fault every second for an hour. */
    private static final int WAITING_MAX = 3_600;

    private static final int DETAIL_MAX = 2_000;
    private static final int STATE_MAX = 20_000;
    private static final String RULEBOOK = "rulebook";

    /** Who changes settings and makes the first keys. */
    public static final String SERVICE = "vitrine";
    /** Who saves files in the rules folder. */
    public static final String FOLDER = "folder";
    /** Who takes back a staged edition that does worse. */
    public static final String STAGING = "staging";

    /** Names that no caller may have, because the log says them of the service itself and of callers without a name. */
    static final Set<String> OWN_NAMES = Set.of(SERVICE, FOLDER, STAGING, "nobody");

    private final AuditRepository repository;
    private final Transactions transactions;
    private final DatabaseState database;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    Audit(AuditRepository repository, Transactions transactions, DatabaseState database) {
        this.repository = repository;
        this.transactions = transactions;
        this.database = database;
    }

    public enum Action {
        PUBLISHED,
        REFUSED,
        RESTORED,
        /** A change was published although it makes lists worse; the detail is the reason given. */
        HARM_ACCEPTED,
        UNDONE,
        CONFLICT,
        CONFLICT_ENDED,
        STAGED,
        SHARE_CHANGED,
        PROMOTED,
        WITHDRAWN,
        DRAFT_CREATED,
        DRAFT_EDITED,
        DRAFT_APPROVED,
        DRAFT_APPROVAL_WITHDRAWN,
        DRAFT_PUBLISHED,
        DRAFT_DELETED,
        SCHEDULED,
        SCHEDULE_CANCELLED,
        SCHEDULE_ENDED,
        SCHEDULE_FAILED,
        KEY_CREATED,
        KEY_REVOKED,
        CAMPAIGN_CREATED,
        CAMPAIGN_CHANGED,
        CAMPAIGN_ACTIVATED,
        CAMPAIGN_ENDED,
        CAMPAIGN_DELETED,
        PRODUCTS_CHANGED,
        SEGMENTS_CHANGED,
        TRAINING_STARTED,
        BACKTEST_STARTED,
        BACKTEST_STOPPED,
        SHADOW_STARTED,
        SHADOW_ENDED,
        SHOPPER_READ,
        SHOPPER_ERASED,
        SETTINGS_CHANGED,
        CALL_REFUSED;

        static Optional<Action> of(String name) {
            return Arrays.stream(values())
                    .filter(action -> action.name().equals(name))
                    .findFirst();
        }
    }

    /**
     * An entry. The origin is an address, {@code folder} or {@code start}; the thing is a kind such as {@code rulebook}, with
     * a key where there are several of it; before and after are JSON, or null. Texts are cut to {@value #DETAIL_MAX} and
     * {@value #STATE_MAX} characters.
     */
    public record Entry(
            Instant at,
            String who,
            String origin,
            Action action,
            Integer edition,
            String detail,
            String thing,
            String before,
            String after) {
        public Entry {
            detail = storable(detail, DETAIL_MAX);
            thing = storable(thing, DETAIL_MAX);
            before = storable(before, STATE_MAX);
            after = storable(after, STATE_MAX);
        }

        /** An entry of the rule book, whose editions tell before and after. */
        public Entry(Instant at, String who, String origin, Action action, Integer edition, String detail) {
            this(at, who, origin, action, edition, detail, RULEBOOK, null, null);
        }

        /** An entry of what a caller does; {@link #about} says to what. */
        public static Entry by(Caller caller, Instant at, Action action, String detail) {
            return new Entry(at, caller.name(), caller.address(), action, null, detail);
        }

        public Entry about(String kind, String key) {
            return new Entry(
                    at, who, origin, action, edition, detail, key.isEmpty() ? kind : kind + " " + key, before, after);
        }

        /** The states are written as JSON, or what differs of them where they are too long; null for none. */
        public Entry changed(Object from, Object to) {
            ChangedStates states = ChangedStates.of(from, to, STATE_MAX);
            return new Entry(at, who, origin, action, edition, detail, thing, states.before(), states.after());
        }

        private static String storable(String text, int max) {
            if (text == null) {
                return null;
            }
            String cut = text.length() > max ? text.substring(0, max - 1) + "…" : text;
            // a text that quotes a broken file may hold characters that PostgreSQL rejects, and would block all later
            // entries
            return new String(cut.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }

    /** What to search for; null for any. A thing finds its kind as a whole, too: {@code campaign} finds all campaigns. */
    public record Search(Instant from, Instant to, String who, String thing, Action action) {
        public static final Search ALL = new Search(null, null, null, null, null);
    }

    /** A stored entry. One that a newer version wrote may have an action that is not known here: then the entry has none. */
    public record Line(long id, String action, Entry entry) {}

    /** An entry with the key under which it is written, once, however often that is tried. */
    private record Waiting(UUID key, Entry entry) {}

    /** Writes an entry, now or when the database is back. */
    public void add(Entry entry) {
        addSoon(entry);
        save();
    }

    /** Writes an entry within a second, so that an event loop can add one. */
    void addSoon(Entry entry) {
        synchronized (waiting) {
            waiting.add(new Waiting(UUID.randomUUID(), entry));
            if (waiting.size() > WAITING_MAX) {
                LOG.warnf(
                        "The audit log cannot be written; lost: %s",
                        waiting.remove().entry());
            }
        }
    }

    /** Writes an entry in the current transaction, so that it is there exactly if the change is. */
    public void addInTransaction(Entry entry) {
        repository.add(UUID.randomUUID(), entry);
    }

    @Scheduled(every = "1s", identity = "audit", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void save() {
        synchronized (waiting) {
            if (waiting.isEmpty() || !database.up()) {
                return;
            }
            try {
                transactions.callRepeatable(() -> {
                    waiting.forEach(one -> repository.add(one.key(), one.entry()));
                    return null;
                });
                waiting.clear();
            } catch (DatabaseUnavailableException e) {
                LOG.debugf("%d entries of the audit log wait for the database", waiting.size());
            }
        }
    }

    public List<Line> before(long id, int limit) {
        return before(id, limit, Search.ALL, List.of());
    }

    /** The newest entries before that one that are searched for, of these kinds of things or, without any, of all. */
    List<Line> before(long id, int limit, Search search, List<String> kinds) {
        List<Line> lines = transactions.call(() -> repository.before(id, limit, search, kinds).stream()
                .map(AuditEntity::line)
                .toList());
        lines.stream()
                .filter(line -> line.entry().action() == null && unknown.add(line.action()))
                .forEach(line ->
                        LOG.warnf("Entries of the audit log have the action '%s' of another version", line.action()));
        return lines;
    }
}
