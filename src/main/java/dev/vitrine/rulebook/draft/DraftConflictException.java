package dev.vitrine.rulebook.draft;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.source.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Somebody else edited the draft since the version that an editor began with. */
final class DraftConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient StoredDraft now;
    private final transient List<Edit> sent;

    DraftConflictException(StoredDraft now, int version, List<Edit> sent) {
        super(
                "'" + now.editedBy() + "' edited " + now.named() + " since version " + version + "; it is at version "
                        + now.version() + " now, and nothing was changed",
                null,
                false,
                false);
        this.now = now;
        this.sent = sent;
    }

    int version() {
        return now.version();
    }

    /** A file that differs; a text is absent where the file is deleted, or not in the draft. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(String path, String yours, String theirs) {}

    List<Difference> differences() {
        Map<String, String> yours = texts(sent);
        Map<String, String> theirs = texts(now.content().edits());
        TreeSet<String> paths = new TreeSet<>(yours.keySet());
        paths.addAll(theirs.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            boolean both = yours.containsKey(path) && theirs.containsKey(path);
            if (!both || !Objects.equals(yours.get(path), theirs.get(path))) {
                differences.add(new Difference(path, yours.get(path), theirs.get(path)));
            }
        }
        return differences;
    }

    private static Map<String, String> texts(List<Edit> edits) {
        Map<String, String> texts = new LinkedHashMap<>();
        edits.forEach(edit -> texts.put(edit.path(), edit.text()));
        return texts;
    }
}
