package dev.vitrine.rulebook.draft;

import dev.vitrine.rulebook.source.Edit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A draft as it is stored. All names are those of keys. */
record StoredDraft(
        long id,
        State state,
        int version,
        Content content,
        List<String> authors,
        Instant createdAt,
        Instant editedAt,
        String editedBy,
        Approval approval,
        Instant endedAt,
        Integer edition) {
    enum State {
        OPEN,
        PUBLISHED
    }

    /** What an edit changes. */
    record Content(String name, String note, int base, List<Edit> edits) {
        List<String> paths() {
            return edits.stream().map(Edit::path).toList();
        }
    }

    /** Of the version as it is: null where there is none. */
    record Approval(String by, Instant at) {}

    static StoredDraft begun(Content content, String author, Instant at) {
        return new StoredDraft(0, State.OPEN, 1, content, List.of(author), at, at, author, null, null, null);
    }

    /** The next version, which nobody has approved. */
    StoredDraft edited(Content by, String author, Instant at) {
        List<String> all = new ArrayList<>(authors);
        if (!all.contains(author)) {
            all.add(author);
        }
        return new StoredDraft(
                id, state, version + 1, by, List.copyOf(all), createdAt, at, author, null, endedAt, edition);
    }

    StoredDraft approved(Approval by) {
        return new StoredDraft(
                id, state, version, content, authors, createdAt, editedAt, editedBy, by, endedAt, edition);
    }

    StoredDraft published(int as, Instant at) {
        return new StoredDraft(
                id, State.PUBLISHED, version, content, authors, createdAt, editedAt, editedBy, approval, at, as);
    }

    boolean wasEditedBy(String name) {
        return authors.contains(name);
    }

    String named() {
        return "draft " + id + " '" + content.name() + "'";
    }
}
