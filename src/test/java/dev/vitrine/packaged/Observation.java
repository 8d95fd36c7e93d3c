package dev.vitrine.packaged;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was seen of an attack.
 *
 * @param before names of the failing checks, as in {@code during} and {@code after}
 * @param wasReady whether a load balancer was always told that the service decides
 * @param lost decisions that were never recorded
 * @param failures what did not work afterwards
 */
record Observation(
        Attack attack,
        Answers answers,
        OpenLoop.Outcome storefront,
        Set<String> before,
        Set<String> during,
        Set<String> after,
        boolean wasReady,
        double lost,
        List<String> failures,
        double recoverySeconds,
        double heapAtFirst,
        double heap) {
    private static final double P99_MILLIS_MAX = 75;
    private static final double HEAP_GROWTH_MAX = 1.2;
    private static final double HEAP_MEGABYTES_MAX = 15;

    /** The promises that were broken, each with what was seen instead. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(failures);
        if (!storefront.failures().isEmpty()) {
            broken.add(storefront.failures().size() + " decisions were not answered, such as with "
                    + storefront.failures().get(0));
        }
        for (String answer : attack.forbidden()) {
            if (answers.count(answer) > 0) {
                broken.add(answers.count(answer) + " requests of the attack were answered with " + answer);
            }
        }
        if (heap > heapAtFirst * HEAP_GROWTH_MAX + HEAP_MEGABYTES_MAX) {
            broken.add("the live heap grew from %.0f to %.0f MB".formatted(heapAtFirst, heap));
        }
        addUntold(broken);
        return broken;
    }

    private void addUntold(List<String> broken) {
        if (!wasReady) {
            broken.add("/q/health/ready was not UP all the time");
        }
        if (!during.containsAll(attack.mustReport())) {
            broken.add("/q/health named " + during + " and not " + attack.mustReport());
        }
        if (during.contains("database") && !attack.mustReport().contains("database")) {
            broken.add("/q/health named the database, which was there");
        }
        if (lost > 0 && !during.contains("recording") && !after.contains("recording")) {
            broken.add("%.0f decisions were lost, and /q/health did not say so".formatted(lost));
        }
    }

    @Override
    public String toString() {
        return "%s: %s%n  storefront: %s; p99 %s %.0f ms%n  live heap %.0f MB; health %s, %s, and after %.1f s %s"
                .formatted(
                        attack.title(),
                        answers,
                        storefront,
                        storefront.p99Millis() <= P99_MILLIS_MAX ? "within" : "ABOVE",
                        P99_MILLIS_MAX,
                        heap,
                        shown(before),
                        shown(during),
                        recoverySeconds,
                        shown(after));
    }

    static String shown(Set<String> down) {
        return down.isEmpty() ? "UP" : "DOWN " + new TreeSet<>(down);
    }
}
