package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of one rule file, by its path below the rules folder; without a text, the file is deleted. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A file as it should be; files that are not named do not change")
public record Edit(
        @Schema(examples = "timing/hesitation.drl") String path,
        String text,
        @Schema(description = "true deletes the file; text must be absent then") Boolean deleted) {
    public boolean removes() {
        return Boolean.TRUE.equals(deleted);
    }

    public static List<RuleFile> over(Collection<RuleFile> files, Collection<Edit> edits) {
        Map<String, RuleFile> result = new TreeMap<>();
        files.forEach(file -> result.put(file.path(), file));
        for (Edit edit : edits) {
            if (edit.removes()) {
                result.remove(edit.path());
            } else {
                result.put(edit.path(), new RuleFile(edit.path(), edit.text()));
            }
        }
        return List.copyOf(result.values());
    }

    /** What turns some files into others. */
    public static List<Edit> between(Collection<RuleFile> files, Collection<RuleFile> later) {
        List<Edit> edits = new ArrayList<>();
        Map<String, String> after = new TreeMap<>();
        later.forEach(file -> after.put(file.path(), file.text()));
        for (RuleFile file : files) {
            if (!after.containsKey(file.path())) {
                edits.add(new Edit(file.path(), null, true));
            } else if (after.get(file.path()).equals(file.text())) {
                after.remove(file.path());
            }
        }
        after.forEach((path, text) -> edits.add(new Edit(path, text, null)));
        return edits;
    }

    /** @throws ProblemException with the field of a request that cannot be applied to a rules folder */
    public static List<Edit> checked(List<Edit> edits) {
        Check.list("files", edits, RuleFile.FILES_MAX);
        if (edits == null) {
            throw new ProblemException("files", "is required");
        }
        Set<String> paths = new HashSet<>();
        List<Edit> checked = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            String at = "files[" + i + "]";
            Edit edit = edits.get(i);
            RulePath.objection(Check.required(at + ".path", edit.path())).ifPresent(objection -> {
                throw new ProblemException(at + ".path", objection);
            });
            if (!paths.add(edit.path())) {
                throw new ProblemException(at + ".path", "repeats '" + edit.path() + "'; name each file once");
            }
            if (edit.removes() == (edit.text() != null)) {
                throw new ProblemException(
                        at + ".text", edit.removes() ? "must be absent when the file is deleted" : "is required");
            }
            // a byte order mark is not part of the text, as in files of the folder
            boolean marked = edit.text() != null && edit.text().startsWith("\uFEFF");
            checked.add(marked ? new Edit(edit.path(), edit.text().substring(1), edit.deleted()) : edit);
        }
        return checked;
    }
}
