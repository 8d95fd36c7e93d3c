package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleChange;
import java.util.List;
import java.util.Locale;

/** Says how a folder differs from the live edition. */
final class ChangePrinter {
    private final RuleFolderCommand command;
    private final FolderChange change;

    ChangePrinter(RuleFolderCommand command, FolderChange change) {
        this.command = command;
        this.change = change;
    }

    private String edition() {
        return "edition " + change.live().edition();
    }

    String summary() {
        int deleted = (int)
                change.edits().stream().filter(edit -> edit.text() == null).count();
        int written = change.edits().size() - deleted;
        if (change.edits().isEmpty()) {
            return command.rules + " changes nothing of " + edition();
        }
        return command.rules + " changes " + Count.of(written, "file")
                + (deleted == 0 ? "" : " and deletes " + Count.of(deleted, "file")) + " of " + edition();
    }

    /** What differs and is left as it is. */
    void notes() {
        if (!change.kept().isEmpty()) {
            command.say("Live, but not in " + command.rules + " (--delete deletes them): "
                    + String.join(", ", change.kept()));
        }
        if (!change.elsewhere().isEmpty()) {
            command.say("Live in another form, and not part of this change (pull brings it here): "
                    + String.join(", ", change.elsewhere()));
        }
    }

    void rules() {
        for (RuleChange rule : RuleChange.between(change.live().files(), change.result())) {
            command.say(String.format(
                    "%-8s rule \"%s\" (%s)", rule.change().name().toLowerCase(Locale.ROOT), rule.rule(), rule.file()));
        }
    }

    void texts() {
        for (Edit edit : change.edits()) {
            text(edit.path(), liveText(edit.path()), edit.text());
        }
    }

    private String liveText(String path) {
        return change.live().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .map(file -> file.text())
                .orElse(null);
    }

    private void text(String path, String live, String folder) {
        new TextDiff(command.ansi())
                .lines(path, edition(), live, command.rules.toString(), folder)
                .forEach(command.out()::println);
    }

    int conflicts() {
        command.err().println("Somebody else changed the same files; nothing was published:");
        for (FolderChange.Conflict conflict : change.conflicts()) {
            command.err().println("  " + conflict.path());
        }
        if (command.json) {
            ObjectNode result = Json.MAPPER.createObjectNode();
            addTo(result);
            command.print(result);
        } else {
            change.conflicts().forEach(conflict -> text(conflict.path(), conflict.live(), conflict.folder()));
        }
        command.err()
                .println("Write into " + command.rules
                        + " what both want ('pull' brings the live texts), and publish again.");
        return ExitCode.CONFLICT;
    }

    void addTo(ObjectNode result) {
        result.put("edition", change.live().edition());
        ArrayNode changed = result.putArray("changed");
        ArrayNode deleted = result.putArray("deleted");
        change.edits().forEach(edit -> (edit.text() == null ? deleted : changed).add(edit.path()));
        add(result, "kept", change.kept());
        add(result, "elsewhere", change.elsewhere());
        ArrayNode conflicts = result.putArray("conflicts");
        for (FolderChange.Conflict conflict : change.conflicts()) {
            conflicts
                    .addObject()
                    .put("path", conflict.path())
                    .put("live", conflict.live())
                    .put("folder", conflict.folder());
        }
    }

    private static void add(ObjectNode result, String field, List<String> paths) {
        ArrayNode array = result.putArray(field);
        paths.forEach(array::add);
    }
}
