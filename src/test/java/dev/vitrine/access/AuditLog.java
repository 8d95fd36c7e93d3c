package dev.vitrine.access;

import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;

/** Opens an audit log for tests elsewhere that build what they test by hand. */
@Singleton
public class AuditLog {
    private final AuditRepository repository;

    AuditLog(AuditRepository repository) {
        this.repository = repository;
    }

    public Audit of(DatabaseState state) {
        return new Audit(repository, new Transactions(state), state);
    }
}
