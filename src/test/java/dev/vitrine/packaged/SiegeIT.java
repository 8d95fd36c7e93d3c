package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.packaged.BesiegedShop.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link Siege}: nothing that depends on how busy the machine is. */
class SiegeIT {
    private static final Scale SMALL = new Scale(
            20, 20, Duration.ofSeconds(2), Duration.ofSeconds(6), 30, 50, 200, Map.of("_JAVA_OPTIONS", "-Xmx384m"));

    @TempDir
    Path folder;

    @Test
    void shoppersAreServedUnderEveryAttackAndNothingNeedsARestart() throws Exception {
        try (BesiegedShop shop = new BesiegedShop(folder, SMALL)) {
            assertThat(new Siege(shop).run(new Attacks(shop).byKind())).isEmpty();
        }
    }
}
