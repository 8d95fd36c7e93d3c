package dev.vitrine.rulebook.publish;

import dev.vitrine.problem.ProblemException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether what serves shoppers needs two people: the setting {@code vitrine.rulebook.four-eyes}. */
@Singleton
public final class FourEyes {
    public static final String SETTING = "vitrine.rulebook.four-eyes";

    private static final int FORBIDDEN = 403;

    private final Provider<Boolean> asked;

    public FourEyes(@ConfigProperty(name = SETTING, defaultValue = "false") Provider<Boolean> asked) {
        this.asked = asked;
    }

    public boolean asked() {
        return asked.get();
    }

    /** Refuses what serves shoppers without having been looked at by somebody else. */
    public void refuse(String field, String what) {
        if (asked()) {
            throw new ProblemException(
                    FORBIDDEN,
                    field,
                    what + " here only after somebody else has approved them (" + SETTING
                            + "): make a draft of them with POST /rulebook/drafts");
        }
    }
}
