package dev.vitrine.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.Transactions;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Writes into the audit log which settings of this instance differ from its last start. The first entry has all of them; those at
 * the last start follow from it and the changes since.
 */
@Singleton
final class SettingsAudit {
    private static final Logger LOG = Logger.getLogger(SettingsAudit.class);
    private static final String PREFIX = "vitrine.";
    private static final String HIDDEN = "(not shown)";
    private static final int PAGE = 100;
    /** A shorter secret could be guessed from its fingerprint, and is refused where it is used. */
    private static final int FINGERPRINT_OF_MIN = 32;

    private static final int FINGERPRINT_DIGITS = 8;

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
        SortedMap<String, String> now = current();
        String thing = "settings " + instance.name();
        try {
            Optional<Map<String, String>> last = transactions.call(() -> {
                Optional<Map<String, String>> before = atLastStart(thing);
                entry(before, now).ifPresent(entry -> audit.addInTransaction(entry.about(thing, "")));
                return before;
            });
            last.ifPresent(before -> warnOfOtherSecrets(before, now));
            done = true;
        } catch (DatabaseUnavailableException e) {
            LOG.debug("The settings are compared once the database is there");
        }
    }

    private Optional<Audit.Entry> entry(Optional<Map<String, String>> before, SortedMap<String, String> now) {
        if (before.isEmpty()) {
            return Optional.of(entry("the first start of this instance in the log: all its settings")
                    .changed(null, now));
        }
        SortedMap<String, String> from = differing(before.get(), now);
        SortedMap<String, String> to = differing(now, before.get());
        SortedMap<String, String> both = new TreeMap<>(from);
        both.putAll(to);
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of(entry("other than at the last start: " + String.join(", ", both.keySet()))
                        .changed(from, to));
    }

    private Audit.Entry entry(String detail) {
        return new Audit.Entry(clock.instant(), Audit.SERVICE, "start", Audit.Action.SETTINGS_CHANGED, null, detail);
    }

    private static SortedMap<String, String> differing(Map<String, String> of, Map<String, String> from) {
        SortedMap<String, String> differing = new TreeMap<>(of);
        differing.entrySet().removeIf(one -> one.getValue().equals(from.get(one.getKey())));
        return differing;
    }

    /** Empty if the log does not tell them: it has no first start of this instance, or has deleted that as too old. */
    private Optional<Map<String, String>> atLastStart(String thing) {
        Map<String, Optional<String>> newest = new HashMap<>();
        Audit.Search search = new Audit.Search(null, null, null, thing, Audit.Action.SETTINGS_CHANGED);
        long end = Long.MAX_VALUE;
        while (true) {
            List<Audit.Line> lines = audit.before(end, PAGE, search, List.of());
            for (Audit.Line line : lines) {
                end = line.id();
                if (!line.entry().thing().equals(thing)) {
                    continue;
                }
                try {
                    values(line.entry().after()).forEach((name, value) -> newest.putIfAbsent(name, Optional.of(value)));
                    if (line.entry().before() == null) {
                        return Optional.of(present(newest));
                    }
                    values(line.entry().before()).forEach((name, value) -> newest.putIfAbsent(name, Optional.empty()));
                } catch (JsonProcessingException e) {
                    // an earlier version cut long lists
                    return Optional.empty();
                }
            }
            if (lines.size() < PAGE) {
                return Optional.empty();
            }
        }
    }

    private static Map<String, String> values(String state) throws JsonProcessingException {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : Json.MAPPER.readTree(state).properties()) {
            values.put(field.getKey(), field.getValue().asText());
        }
        return values;
    }

    private static Map<String, String> present(Map<String, Optional<String>> newest) {
        Map<String, String> present = new HashMap<>();
        newest.forEach((name, value) -> value.ifPresent(one -> present.put(name, one)));
        return present;
    }

    private static void warnOfOtherSecrets(Map<String, String> before, Map<String, String> now) {
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(now);
        for (String name : all.keySet()) {
            // what an earlier version did not show may be the same
            if (isHashKey(name)
                    && !HIDDEN.equals(before.get(name))
                    && !Objects.equals(before.get(name), now.get(name))) {
                LOG.warnf(
                        "%s is not what it was at the last start: shoppers stored before are not found under the new"
                                + " secret",
                        name);
            }
        }
    }

    private SortedMap<String, String> current() {
        SortedMap<String, String> current = new TreeMap<>();
        for (String name : settings.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.getOptionalValue(name, String.class).ifPresent(value -> current.put(name, shown(name, value)));
            }
        }
        return current;
    }

    private static String shown(String name, String value) {
        String secret = value.strip();
        if (isHashKey(name) && secret.length() >= FINGERPRINT_OF_MIN) {
            return "fingerprint "
                    + DigestUtils.sha256Hex("vitrine setting " + secret).substring(0, FINGERPRINT_DIGITS);
        }
        return isSecret(name) ? HIDDEN : value;
    }

    /** A secret under which something is stored, so that another one must be noticed. */
    private static boolean isHashKey(String name) {
        return name.endsWith("hash-key");
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("key")
                || lower.contains("header")
                || lower.contains("password")
                || lower.contains("secret")
                || lower.endsWith("url");
    }
}
