package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code diff}. */
@Command(
        name = "diff",
        description = {
            "Shows what publishing a folder of rules would change: rule by rule, then the texts.",
            "Exit codes: 0 shown, 1 there are differences (with --exit-code) or the folder cannot be read, 2 wrong"
                    + " arguments, 3 the service cannot be reached, 4 somebody else changed the same files, 5 the service"
                    + " refuses the call."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.REFUSED)
public final class DiffCommand extends RuleFolderCommand {
    @Mixin
    private ServiceOptions service;

    @Mixin
    private ChangeOptions change;

    @Option(names = "--exit-code", description = "end with 1 where there are differences, as git diff does")
    private boolean exitCode;

    @Override
    int run() throws InvalidRulesException {
        List<RuleFile> folder = folder();
        FolderChange differences = change.change(LiveRules.of(service.service(err())), folder);
        ChangePrinter printer = new ChangePrinter(this, differences);
        if (json) {
            ObjectNode result = Json.MAPPER.createObjectNode();
            printer.addTo(result);
            result.set(
                    "rules",
                    Json.MAPPER.valueToTree(
                            RuleChange.between(differences.live().files(), differences.result())));
            print(result);
        } else if (differences.conflicts().isEmpty()) {
            printer.rules();
            printer.texts();
            say(printer.summary());
            printer.notes();
        }
        if (!differences.conflicts().isEmpty()) {
            return json ? ExitCode.CONFLICT : printer.conflicts();
        }
        boolean different = !differences.edits().isEmpty()
                || !differences.kept().isEmpty()
                || !differences.elsewhere().isEmpty();
        return exitCode && different ? ExitCode.FAULTS : ExitCode.OK;
    }
}
