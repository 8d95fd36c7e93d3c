package dev.vitrine.rulebook.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Measures what somebody who types waits for: at each place of five shipped rules. It prints, and no clock can fail it. */
class AssistTimesTest {
    private static final Logger LOG = Logger.getLogger(AssistTimesTest.class);
    private static final int ROUNDS = 3;

    @Test
    void eachPlaceOfFiveRulesIsAnswered() throws Exception {
        String text = fiveRules();
        Completions completions = new Completions(new TestShop(), TestShop.files(Map.of()));
        Hovers hovers = new Hovers(new TestShop(), TestShop.files(Map.of()));
        int proposals = measured("complete", text, (line, column) -> completions
                .at("a.drl", text, line, column)
                .size());
        int words = measured(
                "hover",
                text,
                (line, column) -> hovers.at("a.drl", text, line, column).isPresent() ? 1 : 0);
        assertThat(proposals).isPositive();
        assertThat(words).isPositive();
    }

    private static String fiveRules() throws Exception {
        StringBuilder five = new StringBuilder();
        int rules = 0;
        for (String path : new String[] {"intent/just-bought.drl", "shelf/housekeeping.drl", "timing/hesitation.drl"}) {
            for (String rule : Files.readString(Path.of("rules", path)).split("(?m)(?<=^end\\n)")) {
                if (rules < 5 && rule.contains("rule \"")) {
                    five.append(rule);
                    rules++;
                }
            }
        }
        assertThat(rules).isEqualTo(5);
        return five.toString();
    }

    /** The last round counts; those before warm up. */
    private static int measured(String call, String text, IntBinaryOperator at) {
        int found = 0;
        long[] nanos = {};
        for (int round = 0; round < ROUNDS; round++) {
            found = 0;
            nanos = new long[text.length()];
            int line = 1;
            int column = 1;
            for (int i = 0; i < text.length(); i++) {
                long begin = System.nanoTime();
                found += at.applyAsInt(line, column);
                nanos[i] = System.nanoTime() - begin;
                boolean end = text.charAt(i) == '\n';
                line += end ? 1 : 0;
                column = end ? 1 : column + 1;
            }
        }
        Arrays.sort(nanos);
        LOG.infof(
                "%s in five rules (%d characters): median %.2f ms, 99th percentile %.2f ms, most %.2f ms",
                call,
                text.length(),
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
        return found;
    }
}
