package dev.vitrine.rulebook.draft;

import java.time.Instant;

/** What somebody says of a draft, or of a line of one of its files; {@code version} is the draft's at that moment. */
record DraftComment(long id, Instant at, String who, String text, String file, Integer line, int version) {}
