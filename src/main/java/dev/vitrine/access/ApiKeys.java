package dev.vitrine.access;

import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.LookAlikes;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.TextKind;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Makes and revokes keys. */
@Singleton
final class ApiKeys {
    static final int NAME_MAX = 64;
    /** A key that outlives five years is one that nobody remembers. */
    static final Duration LIFE_MAX = Duration.ofDays(5 * 365);

    private static final int CONFLICT = 409;

    private final ApiKeyRepository repository;
    private final Keyring keyring;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    ApiKeys(ApiKeyRepository repository, Keyring keyring, Transactions transactions, Audit audit, Clock clock) {
        this.repository = repository;
        this.keyring = keyring;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** A new key and its text, which is nowhere else. */
    record Created(ApiKey key, Instant at, String text) {}

    private record KeyState(String role, Instant expiresAt) {}

    List<ApiKeyEntity> all() {
        return transactions.call(repository::all);
    }

    Created create(String name, Role role, OffsetDateTime expiresAt, Caller caller) {
        Check.title("name", name, NAME_MAX);
        requireAddress(name);
        Check.required("role", role);
        Instant now = clock.instant();
        Instant expires = null;
        if (expiresAt != null) {
            Check.after("expiresAt", expiresAt, now, "now");
            expires = Check.ahead("expiresAt", expiresAt, now, LIFE_MAX);
        }
        requireNoTwin(name);
        String text = ApiKey.random();
        ApiKey key = new ApiKey(name, role, ApiKey.hash(text), expires);
        transactions.run(() -> {
            if (keyring.isGiven(name) || !repository.add(key, caller.name(), now)) {
                throw new ProblemException(
                        CONFLICT,
                        "name",
                        "there is, or was, a key named '" + name + "'; the audit log tells keys apart by their names");
            }
            audit.addInTransaction(Audit.Entry.by(caller, now, Audit.Action.KEY_CREATED, name)
                    .about("key", name)
                    .changed(null, new KeyState(Json.wireName(key.role()), key.expiresAt())));
        });
        keyring.refresh();
        return new Created(key, now, text);
    }

    /** A key is revoked by its address, and clients resolve these two and split at a slash, even when they are escaped. */
    private static void requireAddress(String name) {
        if (name.equals(".") || name.equals("..")) {
            throw new ProblemException("name", "must not be '" + name + "', which cannot stand in the key's address");
        }
        int slash = name.indexOf('/');
        if (slash >= 0) {
            throw new ProblemException("name", TextKind.notAllowed(name, slash));
        }
    }

    /** The audit log tells people apart by these names, from each other and from the service. */
    private void requireNoTwin(String name) {
        if (Audit.OWN_NAMES.contains(name)) {
            throw new ProblemException(CONFLICT, "name", "is how the audit log names the service itself");
        }
        String end = name.substring(Math.max(0, name.length() - OpenIdConnect.MARK.length()));
        if (end.equals(OpenIdConnect.MARK)
                || LookAlikes.of(end, List.of(OpenIdConnect.MARK)).isPresent()) {
            throw new ProblemException("name", "must not end with '" + OpenIdConnect.MARK + "', as people's names do");
        }
        List<String> names = new ArrayList<>(Audit.OWN_NAMES);
        for (Role role : Role.values()) {
            names.add(Keyring.nameOf(role));
        }
        all().forEach(row -> names.add(row.name));
        LookAlikes.of(name, names).ifPresent(twin -> {
            throw new ProblemException(
                    CONFLICT, "name", "looks like '" + twin + "', the name of another key or of the service itself");
        });
    }

    /** Revokes a key, whatever its name: here at once, on other instances within a second. */
    void revoke(String name, Caller caller) {
        if (keyring.isGiven(name)) {
            throw new ProblemException(
                    CONFLICT, "name", "this key is given to the service as a setting; change or remove it there");
        }
        Instant now = clock.instant();
        transactions.run(() -> {
            ApiKeyEntity row = repository
                    .findByIdOptional(name)
                    .orElseThrow(() -> new ProblemException(404, "name", "there is no key named '" + name + "'"));
            if (row.revokedAt != null) {
                return;
            }
            requireAnotherOperator(row);
            row.revokedAt = now;
            audit.addInTransaction(Audit.Entry.by(caller, now, Audit.Action.KEY_REVOKED, name)
                    .about("key", name)
                    .changed(new KeyState(Json.wireName(row.role), row.expiresAt), null));
        });
        keyring.refresh();
    }

    /** Without an operator's key nobody could make one again. */
    private void requireAnotherOperator(ApiKeyEntity row) {
        if (!Role.OPERATOR.name().equals(row.role) || keyring.isGiven(Keyring.nameOf(Role.OPERATOR))) {
            return;
        }
        boolean another = repository.locked(Role.OPERATOR).stream()
                .anyMatch(key -> key.expiresAt == null && !key.name.equals(row.name));
        if (!another) {
            throw new ProblemException(
                    CONFLICT, "name", "this is the last operator's key that does not expire; create another one first");
        }
    }
}
