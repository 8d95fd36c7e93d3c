package dev.vitrine.rulebook.command;

import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What of the folder is the change. */
final class ChangeOptions {
    @Option(
            names = "--before",
            paramLabel = "FOLDER",
            description = "the folder as it was when the change began, such as that of the commit before: only what"
                    + " changed since is sent, and what somebody else changed meanwhile is a conflict")
    Path before;

    @Option(
            names = "--delete",
            description = "delete files of the live edition that the folder no longer has; else they are kept")
    boolean delete;

    FolderChange change(LiveRules live, List<RuleFile> folder) throws InvalidRulesException {
        return FolderChange.between(
                live, folder, before == null ? null : RuleFolderCommand.read("--before", before), delete);
    }
}
