package dev.vitrine.storage;

import org.jboss.logging.Logger;

/** Logs once that something fails and once that it works again, however often it is tried meanwhile. */
public final class FailureLog {
    private final Logger log;
    private final String what;
    private boolean failing;

    /** @param what cannot be read meanwhile, such as "Changes of products by other instances" */
    public FailureLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    public static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName());
    }

    public void over() {
        if (failing) {
            log.infof("%s are seen again", what);
        }
        failing = false;
    }

    public void goesOn(Throwable failure) {
        if (!failing) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            log.warnf("%s are not seen for now: %s", what, cause.getMessage());
        }
        failing = true;
    }
}
