package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The numbers that Serenade's own example has. */
class SerenadeGoldenTest {
    @Test
    void foretellsAsSerenadeDoes() throws IOException {
        Sessions train = SessionLog.read(SharedData.file("serenade-example/train.txt.gz"));
        Sessions test = SessionLog.read(SharedData.file("serenade-example/test.txt.gz"));
        VmisKnn model = VmisKnn.train(train, new VmisKnn.Settings(500, 50, 2, 1));

        Evaluation evaluation = Evaluation.of(model, test, 20, () -> {});

        assertThat(evaluation.predictions()).isEqualTo(931);
        assertThat(String.format(Locale.ROOT, "%.4f", evaluation.hitRate())).isEqualTo("0.6402");
        assertThat(evaluation.meanReciprocalRank()).isCloseTo(0.3277, within(0.002));
    }
}
