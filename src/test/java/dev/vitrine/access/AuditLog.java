package dev.vitrine.access;

import dev.vitrine.storage.DatabaseState;
import io.agroal.api.AgroalDataSource;

/** Opens an audit log for tests elsewhere that build what they test by hand. */
public final class AuditLog {
    private AuditLog() {}

    public static Audit on(AgroalDataSource database, DatabaseState state) {
        return new Audit(database, state);
    }
}
