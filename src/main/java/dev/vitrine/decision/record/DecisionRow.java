package dev.vitrine.decision.record;

import dev.vitrine.storage.CopyRow;

/**
 * A decision that waits to be recorded: its row of the table, as {@link CopyRow} has it. It holds nothing of the facts alive,
 * which are thirty times as large.
 */
record DecisionRow(String id, byte[] bytes) {}
