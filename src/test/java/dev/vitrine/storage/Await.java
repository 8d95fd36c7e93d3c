package dev.vitrine.storage;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what the service does in the background. */
public final class Await {
    /** Much longer than anything takes on a machine that builds other things besides. */
    private static final Duration MOST = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(20);

    private Await() {}

    /** Returns as soon as it is so, and fails when it does not come. */
    public static void until(Callable<Boolean> isSo) {
        Awaitility.await()
                .atMost(MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(isSo);
    }
}
