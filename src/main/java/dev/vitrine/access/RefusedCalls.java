package dev.vitrine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.access.Permissions.Permission;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Attempts to change something that were refused, for the audit log: of each key and call the first of a minute. */
@Singleton
final class RefusedCalls {
    private static final int REMEMBERED = 10_000;

    private final Audit audit;
    private final Clock clock;
    private final Cache<String, Boolean> recent = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    RefusedCalls(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void add(Permission call, Identity caller, int status, String why) {
        if (call.changed() == null || caller.role() == null) {
            return;
        }
        String key = caller.name() + ' ' + status + ' ' + call;
        if (recent.asMap().putIfAbsent(key, true) == null) {
            audit.addSoon(new Audit.Entry(
                            clock.instant(),
                            caller.name(),
                            caller.address(),
                            Audit.Action.CALL_REFUSED,
                            null,
                            call + ": " + status + (why == null ? "" : ", " + why))
                    .about(call.changed(), ""));
        }
    }
}
