package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The results of Serenade's own example. */
class SerenadeGoldenTest {
    @Test
    void predictsAsWellAsSerenade() throws IOException {
        Sessions train = SessionLog.read(SharedData.file("serenade-example/train.txt.gz"));
        Sessions test = SessionLog.read(SharedData.file("serenade-example/test.txt.gz"));
        VmisKnn model = VmisKnn.train(train, new VmisKnn.Settings(500, 50, 2, 1));

        Evaluation evaluation = Evaluation.of(model, test, 20, () -> {});

        assertThat(evaluation.predictions()).isEqualTo(931);
        assertThat(String.format(Locale.ROOT, "%.4f", evaluation.hitRate())).isEqualTo("0.6402");
        assertThat(evaluation.meanReciprocalRank()).isCloseTo(0.3277, within(0.002));
    }

    /**
     * The parent algorithm V-SKNN (Ludewig and Jannach 2018) weighs and samples a little differently, so the lists of its
     * reference implementation are similar, not equal.
     */
    @Test
    void agreesMostlyWithTheReferenceOfItsParentAlgorithm() throws IOException {
        Path reference = SharedData.file("yoochoose-100k/reference-vsknn.csv.gz");
        Map<String, List<String>> visits = new HashMap<>();
        for (String line : lines(SharedData.file("yoochoose-100k/test.txt.gz"))) {
            String[] cells = line.split("\t");
            visits.computeIfAbsent(cells[0], unseen -> new ArrayList<>()).add(cells[1]);
        }
        VmisKnn model = VmisKnn.train(
                SessionLog.read(SharedData.file("yoochoose-100k/train.txt.gz")), new VmisKnn.Settings(500, 100, 9, 1));
        double shared = 0;
        int lists = 0;
        for (String line : lines(reference)) {
            String[] cells = line.split(";");
            List<String> visit = visits.get(cells[0]).subList(0, Integer.parseInt(cells[1]) + 1);
            List<String> theirs = new ArrayList<>();
            String[] scores = cells[3].split(",");
            for (int i = 0; i < 20 && Double.parseDouble(scores[i]) > 0; i++) {
                theirs.add(cells[2].split(",")[i]);
            }
            Set<String> both = new HashSet<>(theirs);
            both.retainAll(model.recommend(visit, theirs.size(), false).stream()
                    .map(Scored::sku)
                    .toList());
            shared += theirs.isEmpty() ? 1 : (double) both.size() / theirs.size();
            lists++;
        }
        assertThat(lists).isEqualTo(387);
        assertThat(shared / lists).isGreaterThan(0.75);
    }

    private static List<String> lines(Path packed) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(packed)), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        }
    }
}
