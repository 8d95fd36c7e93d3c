package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CheckLimitTest {
    /** For reading the request and writing the answer. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    @Test
    void aCheckIsAnsweredBeforeItsConnectionIsClosed() throws IOException {
        Properties shipped = new Properties();
        try (Reader settings = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            shipped.load(settings);
        }
        Duration idle = DurationConverter.parseDuration(shipped.getProperty("quarkus.http.idle-timeout"));
        Duration longest = CheckExecutor.TURN_WAIT_MAX
                .plus(DurationConverter.parseDuration(RuleCheck.CHECK_MAX))
                .plus(CheckExecutor.CANCELLED_WAIT);
        assertThat(longest.plus(SPARE)).isLessThan(idle);
    }
}
