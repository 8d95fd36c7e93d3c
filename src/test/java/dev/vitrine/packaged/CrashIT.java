package dev.vitrine.packaged;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link CrashRounds}. */
class CrashIT {
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedOutlivesEachKillOnceAndForAll() throws Exception {
        new CrashRounds(folder, 1).run(ROUNDS);
    }
}
