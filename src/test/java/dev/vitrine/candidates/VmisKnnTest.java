package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VmisKnnTest {
    private static final VmisKnn.Settings PLAIN = new VmisKnn.Settings(500, 50, 2, 0);

    @Test
    void whatSimilarSessionsSawIsRecommended() {
        VmisKnn model = train(PLAIN, "a b c", "a b", "x y");

        // both sessions share all of the visit, whose newest item both have: 2 votes of 0.9 for b, 1 for c
        assertThat(model.recommend(List.of("a"), 10, true))
                .extracting(Scored::sku)
                .containsExactly("b", "c");
        assertThat(model.recommend(List.of("a"), 10, true).get(0).score()).isCloseTo(1.8, within(1e-6));
    }

    @Test
    void theCurrentItemIsLeftOutOnRequest() {
        VmisKnn model = train(PLAIN, "a b", "a c");
        assertThat(skus(model, true, "a")).containsExactly("b", "c");
        assertThat(skus(model, false, "a")).containsExactly("a", "b", "c");
    }

    @Test
    void onlyTheLastItemsCount() {
        VmisKnn model = train(PLAIN, "old o", "mid m", "now n");
        assertThat(skus(model, true, "old", "mid", "now")).contains("m", "n").doesNotContain("o");
    }

    @Test
    void theNewestItemCountsMost() {
        VmisKnn model = train(PLAIN, "a x", "b y");
        assertThat(skus(model, true, "a", "b")).startsWith("y");
        assertThat(skus(model, true, "b", "a")).startsWith("x");
    }

    @Test
    void onlyTheMostRecentSessionsAreConsidered() {
        VmisKnn model = train(new VmisKnn.Settings(2, 50, 2, 0), "a old", "a newer", "a newest");
        assertThat(skus(model, true, "a")).containsExactlyInAnyOrder("newer", "newest");
    }

    @Test
    void aRareItemCountsMoreWithIdf() {
        String[] log = {"a common", "a rare", "common q", "common r", "common s"};
        assertThat(skus(train(PLAIN, log), true, "a")).containsExactly("rare", "common");
        VmisKnn weighted = train(new VmisKnn.Settings(500, 50, 2, 1), log);
        List<Scored> best = weighted.recommend(List.of("a"), 10, true);
        assertThat(best).extracting(Scored::sku).containsExactly("rare", "common");
        assertThat(best.get(0).score()).isCloseTo(0.9 * Math.log(10), within(1e-5));
    }

    @Test
    void anUnknownOrEmptyVisitGetsAnEmptyList() {
        VmisKnn model = train(PLAIN, "a b");
        assertThat(model.recommend(List.of(), 10, true)).isEmpty();
        assertThat(model.recommend(List.of("never seen"), 10, true)).isEmpty();
        assertThat(train(PLAIN).recommend(List.of("a"), 10, true)).isEmpty();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new VmisKnn.Settings(500, 50, 10, 1)).hasMessageContaining("1 to 9");
        assertThatThrownBy(() -> new VmisKnn.Settings(0, 50, 2, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new VmisKnn.Settings(500, 50, 2, Double.NaN)).hasMessageContaining("NaN");
    }

    /** Compares the merge of lists with a plain implementation of the definition. */
    @Test
    void agreesWithTheDefinitionOnRandomLogs() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            VmisKnn.Settings settings = new VmisKnn.Settings(
                    1 + random.nextInt(12), 1 + random.nextInt(8), 1 + random.nextInt(4), random.nextInt(2));
            List<List<String>> log = new ArrayList<>();
            for (int s = 0; s < 30; s++) {
                log.add(visit(random));
            }
            VmisKnn model = train(
                    settings, log.stream().map(items -> String.join(" ", items)).toArray(String[]::new));
            List<String> visit = visit(random);
            Map<String, Double> expected = defined(log, visit, settings);
            List<Scored> got = model.recommend(visit, 100, false);
            assertThat(got).hasSameSizeAs(expected.keySet());
            got.forEach(scored -> assertThat(scored.score()).isCloseTo(expected.get(scored.sku()), within(1e-5)));
        }
    }

    private static List<String> visit(Random random) {
        List<String> items = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            items.add("i" + random.nextInt(12));
        }
        return items;
    }

    private static Map<String, Double> defined(List<List<String>> log, List<String> visit, VmisKnn.Settings settings) {
        List<String> last =
                new ArrayList<>(visit.subList(Math.max(0, visit.size() - settings.lastItems()), visit.size()));
        int length = last.size();
        Collections.reverse(last);
        Set<String> unique = new LinkedHashSet<>(last);
        List<Integer> recent = new ArrayList<>();
        for (int s = log.size() - 1; s >= 0 && recent.size() < settings.m(); s--) {
            if (!Collections.disjoint(log.get(s), unique)) {
                recent.add(s);
            }
        }
        Map<Integer, Double> similarity = new HashMap<>();
        for (int s : recent) {
            double sum = 0;
            for (String item : unique) {
                sum += log.get(s).contains(item) ? (double) (length - last.indexOf(item)) / unique.size() : 0;
            }
            similarity.put(s, sum);
        }
        // a stable sort: equally similar ones stay as they are, the most recent first
        recent.sort((a, b) -> Double.compare(similarity.get(b), similarity.get(a)));
        double clicks =
                log.stream().mapToInt(session -> Set.copyOf(session).size()).sum();
        Map<String, Double> scores = new HashMap<>();
        for (int s : recent.subList(0, Math.min(recent.size(), settings.k()))) {
            int match = 0;
            while (!log.get(s).contains(last.get(match))) {
                match++;
            }
            for (String item : new HashSet<>(log.get(s))) {
                double idf = settings.idfWeight()
                        * Math.log(clicks
                                / log.stream().filter(x -> x.contains(item)).count());
                scores.merge(item, similarity.get(s) * (0.9 - 0.1 * match) * (idf > 0 ? idf : 1), Double::sum);
            }
        }
        return scores;
    }

    private static List<String> skus(VmisKnn model, boolean withoutCurrent, String... visit) {
        return model.recommend(List.of(visit), 20, withoutCurrent).stream()
                .map(Scored::sku)
                .toList();
    }

    /** Sessions from the oldest to the newest. */
    private static VmisKnn train(VmisKnn.Settings settings, String... sessions) {
        Sessions.Gathering gathering = new Sessions.Gathering();
        for (int s = 0; s < sessions.length; s++) {
            for (String item : sessions[s].split(" ")) {
                gathering.add(s, item, s * 1000L);
            }
        }
        return VmisKnn.train(gathering.sessions(), settings);
    }
}
