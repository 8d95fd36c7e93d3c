package dev.vitrine.packaged;

import java.util.Set;

/** Something that is done to the service while its shoppers go on. */
interface Attack {
    /** What a report calls it. */
    String title();

    /** Goes on until the time is over, leaves nothing behind, and notes how each request was answered. */
    void run(Deadline until, Answers answers) throws Exception;

    /** The checks of {@code GET /q/health} that must fail meanwhile. */
    default Set<String> mustReport() {
        return Set.of();
    }

    /** Answers that would mean that the attack got through. A failure of the service itself always does. */
    default Set<String> forbidden() {
        return Set.of("500");
    }
}
