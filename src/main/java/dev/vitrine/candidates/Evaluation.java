package dev.vitrine.candidates;

import java.util.Arrays;
import java.util.List;

/**
 * How well a model predicts the next click, by the protocol of session-rec (Ludewig, Jannach, "Evaluation of session-based
 * recommendation algorithms", UMUAI 2018) and of Serenade: in each session, each item after the first is predicted from
 * those before it. {@code slowNanos} is the 99th percentile of the time of a prediction.
 */
record Evaluation(int predictions, double hitRate, double meanReciprocalRank, long medianNanos, long slowNanos) {
    static int predictions(Sessions test) {
        int predictions = 0;
        for (int session = 0; session < test.count(); session++) {
            predictions += Math.max(0, test.end(session) - test.start(session) - 1);
        }
        return predictions;
    }

    static Evaluation of(VmisKnn model, Sessions test, int cutOff, Runnable afterEach) {
        long[] nanos = new long[predictions(test)];
        int made = 0;
        int hits = 0;
        double reciprocals = 0;
        for (int session = 0; session < test.count(); session++) {
            int start = test.start(session);
            String[] keys = new String[test.end(session) - start];
            Arrays.setAll(keys, i -> test.items()[test.item(start + i)]);
            List<String> items = Arrays.asList(keys);
            for (int next = 1; next < keys.length; next++) {
                long before = System.nanoTime();
                List<Scored> predicted = model.recommend(items.subList(0, next), cutOff, true);
                nanos[made++] = System.nanoTime() - before;
                int place = place(predicted, keys[next]);
                if (place > 0) {
                    hits++;
                    reciprocals += 1.0 / place;
                }
                afterEach.run();
            }
        }
        Arrays.sort(nanos);
        return made == 0
                ? new Evaluation(0, 0, 0, 0, 0)
                : new Evaluation(
                        made, (double) hits / made, reciprocals / made, nanos[made / 2], nanos[(int) (made * 0.99)]);
    }

    private static int place(List<Scored> predicted, String key) {
        for (int i = 0; i < predicted.size(); i++) {
            if (predicted.get(i).sku().equals(key)) {
                return i + 1;
            }
        }
        return 0;
    }
}
