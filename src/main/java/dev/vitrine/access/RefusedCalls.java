package dev.vitrine.access;

import dev.vitrine.access.Permissions.Permission;
import dev.vitrine.problem.Printable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Refused attempts for the audit log: to change something, and to read what the caller may not. Of each caller and thing the
 * first of a minute is written at once, and how many followed at its end: a flood of attempts must not flood the log.
 */
@Singleton
final class RefusedCalls {
    /** The kind of thing of those who were not to read. */
    static final String READING = "reading";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    /** Entries a minute of one caller, and of all who have no valid key together, whatever they ask for. */
    private static final int OF_CALLER_MAX = 60;

    private static final int KEY_LENGTH_MAX = 200;
    private static final String SHOPPER = "shopper";

    private final Audit audit;
    private final Clock clock;
    private final Map<Attempt, AtomicInteger> more = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> written = new ConcurrentHashMap<>();

    private record Attempt(String who, String address, String kind, String key, String detail) {}

    RefusedCalls(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param path as it was asked for */
    void add(Permission call, String path, Identity caller, int status, String why) {
        boolean changes = call.changed() != null;
        boolean atTheDoor = status == UNAUTHORIZED || status == FORBIDDEN;
        if (!atTheDoor && !changes || call.isForEverybody()) {
            return;
        }
        String kind = changes ? call.changed() : READING;
        Attempt attempt = new Attempt(
                caller.name(),
                caller.address(),
                kind,
                // the audit log says that there was a shopper, and not whom
                changes && !kind.equals(SHOPPER) ? variable(call, path) : "",
                call + ": " + status + (why == null ? "" : ", " + why));
        AtomicInteger followed = more.get(attempt);
        if (followed != null) {
            followed.incrementAndGet();
        } else if (writtenOf(caller).incrementAndGet() <= OF_CALLER_MAX
                && more.putIfAbsent(attempt, new AtomicInteger()) == null) {
            write(attempt, "");
        }
    }

    private AtomicInteger writtenOf(Identity caller) {
        return written.computeIfAbsent(caller.name(), name -> new AtomicInteger());
    }

    @Scheduled(every = "1m", identity = "refused-calls", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void endMinute() {
        written.clear();
        for (Attempt attempt : more.keySet()) {
            int count = more.remove(attempt).get();
            if (count > 0) {
                write(attempt, "; " + count + " more times within a minute");
            }
        }
    }

    private void write(Attempt attempt, String followed) {
        audit.addSoon(new Audit.Entry(
                        clock.instant(),
                        attempt.who(),
                        attempt.address(),
                        Audit.Action.CALL_REFUSED,
                        null,
                        attempt.detail() + followed)
                .about(attempt.kind(), attempt.key()));
    }

    /** What stands in the place of the call's step in braces; "" where it has none. */
    private static String variable(Permission call, String path) {
        String[] asked = path.substring(1).split("/", -1);
        for (int i = 0; i < Math.min(asked.length, call.steps().length); i++) {
            if (call.steps()[i].startsWith("{")) {
                try {
                    return shortened(URLDecoder.decode(asked[i].replace("+", "%2B"), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    return shortened(asked[i]);
                }
            }
        }
        return "";
    }

    /** Of anything that can be asked for: the database would not take all of it. */
    private static String shortened(String asked) {
        String key = Printable.of(asked);
        return key.length() <= KEY_LENGTH_MAX ? key : key.substring(0, KEY_LENGTH_MAX) + "…";
    }
}
