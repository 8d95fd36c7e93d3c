package dev.vitrine.decision.record;

import dev.vitrine.storage.CopyRow;

/**
 * A decision that waits to be recorded: its row of the table, as {@link CopyRow} has it. It holds nothing of the facts
 * alive, which are ten times as large.
 */
record DecisionRow(String id, byte[] bytes) {
    static DecisionRow of(byte[] bytes) {
        return new DecisionRow(new CopyRow.Reader(bytes).text(), bytes);
    }
}
