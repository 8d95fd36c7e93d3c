package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code check}. */
@Command(
        name = "check",
        description = {
            "Checks what publishing a folder of rules would change; changes nothing.",
            "Exit codes: 0 no faults, 1 faults, 2 wrong arguments, 3 the service cannot be reached, 4 somebody else"
                    + " changed the same files, 5 the service refuses the call."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.REFUSED)
public final class CheckCommand extends RuleFolderCommand {
    @Mixin
    private ServiceOptions service;

    @Mixin
    private ChangeOptions change;

    @Option(
            names = "--offline",
            description = "check the whole folder without a service: rules and examples, but not the words of the shop,"
                    + " nor recent visits")
    private boolean offline;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "${env:VITRINE_DECISION_ZONE:-UTC}",
            description = "with --offline: where the shop's days begin (VITRINE_DECISION_ZONE, else UTC)")
    private ZoneId zone;

    @Option(names = "--strict", description = "warnings are faults too")
    private boolean strict;

    @Override
    int run() throws InvalidRulesException {
        List<RuleFile> folder = folder();
        return offline ? alone(folder) : withService(folder);
    }

    private int alone(List<RuleFile> folder) {
        List<RuleProblem> found =
                RuleCheck.ofFilesAlone(Clock.systemUTC(), zone).of(folder).problems();
        problems().print(found);
        say(ProblemPrinter.counted(found) + " in " + Count.of(folder.size(), "file") + " of " + rules
                + ", checked without a service");
        if (json) {
            print(problems().json(found));
        }
        return exitCode(found);
    }

    private int withService(List<RuleFile> folder) throws InvalidRulesException {
        RemoteRulebook running = service.service(err());
        LiveRules live = LiveRules.of(running);
        FolderChange differences = change.change(live, folder);
        ChangePrinter printer = new ChangePrinter(this, differences);
        if (!differences.conflicts().isEmpty()) {
            return printer.conflicts();
        }
        JsonNode answer = running.post("/rulebook/check", Map.of("files", differences.edits()))
                .body();
        List<RuleProblem> found = ProblemPrinter.of(answer.path("problems"));
        problems().print(found);
        ReachPrinter.lines(answer).forEach(this::say);
        say(ProblemPrinter.counted(found) + "; " + printer.summary());
        printer.notes();
        if (json) {
            ObjectNode result = problems().json(found);
            printer.addTo(result);
            ReachPrinter.addTo(result, answer);
            print(result);
        }
        return exitCode(found);
    }

    private int exitCode(List<RuleProblem> found) {
        boolean bad = strict ? !found.isEmpty() : ProblemPrinter.faults(found) > 0;
        return bad ? ExitCode.FAULTS : ExitCode.OK;
    }
}
