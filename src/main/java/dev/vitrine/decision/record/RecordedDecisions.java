package dev.vitrine.decision.record;

import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.storage.DatabaseUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recorded decisions, newest first, a page at a time: thousands of them at once would not fit into memory. */
public final class RecordedDecisions {
    /** A page takes some 10 MB. */
    private static final int PAGE = 200;

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private final Pages pages;
    private final DecisionJson json;
    private final int size;
    private int left;
    private int unreadable;
    private Instant at = END_OF_TIME;
    private String id = "";

    RecordedDecisions(int size, Pages pages, DecisionJson json) {
        this.size = size;
        this.left = size;
        this.pages = pages;
        this.json = json;
    }

    /** Reads the newest decisions before one. */
    interface Pages {
        List<StoredDecision> before(Instant at, String id, int limit);
    }

    /** How many there are in all, including those that cannot be read. */
    public int size() {
        return size;
    }

    /** How many were skipped so far because they cannot be read. */
    public int unreadable() {
        return unreadable;
    }

    public boolean hasMore() {
        return left > 0;
    }

    /** @throws DatabaseUnavailableException when the page cannot be read; the next call tries again */
    public List<ReplayInput> next() {
        List<StoredDecision> page = pages.before(at, id, Math.min(PAGE, left));
        if (page.isEmpty()) {
            left = 0;
            return List.of();
        }
        left -= page.size();
        StoredDecision last = page.get(page.size() - 1);
        at = last.at();
        id = last.id();
        List<ReplayInput> inputs =
                page.stream().map(json::replayInput).flatMap(Optional::stream).toList();
        unreadable += page.size() - inputs.size();
        return inputs;
    }
}
