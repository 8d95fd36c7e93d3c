package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code preview}. */
@Command(
        name = "preview",
        description = {
            "Shows one visit's list before and after publishing a folder of rules, and which rule moved what.",
            "Exit codes: 0 shown, 1 faults, 2 wrong arguments, 3 the service cannot be reached, 4 somebody else changed"
                    + " the same files, 5 the service refuses the call."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.REFUSED)
public final class PreviewCommand extends RuleFolderCommand {
    @Mixin
    private ServiceOptions service;

    @Mixin
    private ChangeOptions change;

    @ArgGroup(multiplicity = "1")
    private Visit visit;

    /** The visit to try. */
    static final class Visit {
        @Option(
                names = "--request",
                paramLabel = "FILE",
                required = true,
                description = "a request for a decision, as a storefront sends it, without a shopper")
        Path request;

        @Option(names = "--decision", paramLabel = "ID", required = true, description = "a decision that was made")
        String decision;
    }

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "make both lists as of this time, such as 2026-12-05T20:00 in the shop's zone, or with an offset"
                            + " (now); what is scheduled until then counts for both")
    private String at;

    @Option(
            names = "--campaign",
            paramLabel = "FILE",
            description =
                    "a campaign that is only tried, as POST /campaigns takes it, or {\"id\": \"…\"} of a planned one;"
                            + " without dates it runs at that time (may be repeated)")
    private List<Path> campaigns = List.of();

    @Override
    int run() throws InvalidRulesException {
        List<RuleFile> folder = folder();
        RemoteRulebook running = service.service(err());
        FolderChange differences = change.change(LiveRules.of(running), folder);
        ChangePrinter printer = new ChangePrinter(this, differences);
        if (!differences.conflicts().isEmpty()) {
            return printer.conflicts();
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("files", differences.edits());
        if (visit.decision != null) {
            asked.put("decisionId", visit.decision);
        } else {
            asked.put("request", json("--request", visit.request));
        }
        if (at != null) {
            asked.put("at", at);
        }
        if (!campaigns.isEmpty()) {
            asked.put(
                    "campaigns",
                    campaigns.stream().map(file -> json("--campaign", file)).toList());
        }
        RemoteRulebook.Answer answer = running.post("/rulebook/preview", asked);
        List<RuleProblem> found = ProblemPrinter.of(
                answer.refusesRules()
                        ? answer.body().path("problems")
                        : answer.body().path("draft").path("problems"));
        if (answer.refusesRules()) {
            problems().print(found);
            say("No preview: " + ProblemPrinter.counted(found));
            if (json) {
                print(problems().json(found));
            }
            return ExitCode.FAULTS;
        }
        PreviewTable table = new PreviewTable(answer.body(), ansi());
        if (json) {
            print(table.json());
            return ExitCode.OK;
        }
        table.lines().forEach(out()::println);
        say("");
        problems().print(found);
        say(printer.summary());
        printer.notes();
        return ExitCode.OK;
    }

    private static JsonNode json(String option, Path file) {
        try {
            return Json.MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " " + file + " " + Json.problem(e, null).getMessage());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + file + " cannot be read");
        }
    }
}
