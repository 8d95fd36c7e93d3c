package dev.vitrine.decision.record;

import dev.vitrine.decision.context.ReplayInput;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Recorded decisions, newest first, a page at a time: thousands of them at once would not fit into memory. */
public final class RecordedDecisions {
    /** Our choice: a page of them takes some 10 MB. */
    private static final int PAGE = 200;

    private final DecisionRepository store;
    private final String placement;
    private final int size;
    private int left;
    private int unreadable;
    private OffsetDateTime at = OffsetDateTime.MAX;
    private String id = "";

    public RecordedDecisions(DecisionRepository store, String placement, int size) {
        this.store = store;
        this.placement = placement;
        this.size = size;
        this.left = size;
    }

    /** How many there are to come in all, those that cannot be read included. */
    public int size() {
        return size;
    }

    /** How many were passed over so far because they cannot be read. */
    public int unreadable() {
        return unreadable;
    }

    /** Whether some are left. */
    public boolean more() {
        return left > 0;
    }

    /** The next ones. */
    public List<ReplayInput> next() throws SQLException {
        List<DecisionRepository.Row> rows = store.before(at, id, placement, Math.min(PAGE, left));
        if (rows.isEmpty()) {
            left = 0;
            return List.of();
        }
        left -= rows.size();
        DecisionRepository.Row last = rows.get(rows.size() - 1);
        at = last.at().atOffset(ZoneOffset.UTC);
        id = last.id();
        List<ReplayInput> questions = rows.stream()
                .map(DecisionRepository.Row::question)
                .flatMap(Optional::stream)
                .toList();
        unreadable += rows.size() - questions.size();
        return questions;
    }
}
