package dev.vitrine.access;

import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.Transactions;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Writes into the audit log that this instance runs with other settings than at its last start. */
@Singleton
final class SettingsAudit {
    private static final Logger LOG = Logger.getLogger(SettingsAudit.class);
    private static final String PREFIX = "vitrine.";
    private static final String HIDDEN = "(not shown)";

    private final Audit audit;
    private final Transactions transactions;
    private final Config settings;
    private final Instance instance;
    private final Clock clock;
    private volatile boolean done;

    SettingsAudit(Audit audit, Transactions transactions, Config settings, Instance instance, Clock clock) {
        this.audit = audit;
        this.transactions = transactions;
        this.settings = settings;
        this.instance = instance;
        this.clock = clock;
    }

    /** The database may come after the start. */
    @Scheduled(every = "1s", identity = "settings-audit", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void compare() {
        if (done) {
            return;
        }
        String now = Json.text(current());
        String thing = "settings " + instance.name();
        try {
            transactions.run(() -> {
                List<Audit.Line> last =
                        audit.before(Long.MAX_VALUE, 1, new Audit.Search(null, null, null, thing, null), List.of());
                String before = last.isEmpty() ? null : last.get(0).entry().after();
                if (!now.equals(before)) {
                    audit.addInTransaction(new Audit.Entry(
                            clock.instant(),
                            "vitrine",
                            "start",
                            Audit.Action.SETTINGS_CHANGED,
                            null,
                            "a start with other settings",
                            thing,
                            before,
                            now));
                }
            });
            done = true;
        } catch (DatabaseUnavailableException e) {
            LOG.debug("The settings are compared once the database is there");
        }
    }

    private SortedMap<String, String> current() {
        SortedMap<String, String> current = new TreeMap<>();
        for (String name : settings.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.getOptionalValue(name, String.class)
                        .ifPresent(value -> current.put(name, isSecret(name) ? HIDDEN : value));
            }
        }
        return current;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("key") || lower.contains("password") || lower.contains("secret") || lower.endsWith("url");
    }
}
