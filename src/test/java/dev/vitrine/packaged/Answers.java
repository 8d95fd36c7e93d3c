package dev.vitrine.packaged;

import dev.vitrine.packaged.HttpConnection.Answer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How requests were answered: how many with each status, and how many not at all. */
final class Answers {
    private final SortedMap<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void add(Answer answer) {
        add(String.valueOf(answer.status()), 1);
    }

    void add(IOException instead) {
        add(instead instanceof SocketTimeoutException ? "no answer" : "closed", 1);
    }

    void add(Answers others) {
        others.counts.forEach((answer, count) -> add(answer, count.sum()));
    }

    private void add(String answer, long count) {
        counts.computeIfAbsent(answer, first -> new LongAdder()).add(count);
    }

    long count(String answer) {
        LongAdder count = counts.get(answer);
        return count == null ? 0 : count.sum();
    }

    @Override
    public String toString() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum() + " requests"
                + counts.entrySet().stream()
                        .map(each -> each.getKey() + " × " + each.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
