package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code publish}. */
@Command(
        name = "publish",
        description = {
            "Publishes what differs between a folder of rules and the live edition, as the next edition.",
            "Exit codes: 0 live (or nothing to publish), 1 faults, 2 wrong arguments, 3 the service cannot be reached,"
                    + " 4 somebody else changed the same files, 5 the service refuses the call."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.REFUSED)
public final class PublishCommand extends RuleFolderCommand {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    @Mixin
    private ServiceOptions service;

    @Mixin
    private ChangeOptions change;

    @Option(names = "--note", paramLabel = "TEXT", description = "why, in at most 500 characters")
    private String note;

    @Option(
            names = "--accept",
            paramLabel = "TEXT",
            description = "why lists may become worse, in at most 500 characters; without it, a change that leaves more"
                    + " than a twentieth of recent lists empty, short or degraded is refused")
    private String accept;

    @Option(
            names = "--base",
            paramLabel = "EDITION",
            description =
                    "the edition that the change began with; a file that somebody else changed since is a conflict"
                            + " (the live edition)")
    private Integer base;

    @Option(names = "--dry-run", description = "check it, and publish nothing")
    private boolean dryRun;

    @Override
    int run() throws InvalidRulesException {
        List<RuleFile> folder = folder();
        RemoteRulebook running = service.service(err());
        LiveRules live = LiveRules.of(running);
        FolderChange differences = change.change(live, folder);
        ChangePrinter printer = new ChangePrinter(this, differences);
        if (!differences.conflicts().isEmpty()) {
            return printer.conflicts();
        }
        if (differences.edits().isEmpty()) {
            return done(printer, live.edition(), true, NOTHING, List.of(), "Nothing to publish: " + printer.summary());
        }
        return dryRun ? tried(running, differences, printer) : published(running, differences, printer);
    }

    private int tried(RemoteRulebook running, FolderChange differences, ChangePrinter printer) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("files", differences.edits());
        if (accept != null) {
            request.put("accept", accept);
        }
        JsonNode answer = running.post("/rulebook/check", request).body();
        List<RuleProblem> found = ProblemPrinter.of(answer.path("problems"));
        boolean faulty = ProblemPrinter.faults(found) > 0;
        done(
                printer,
                differences.live().edition(),
                true,
                answer,
                found,
                (faulty ? "This could not be published: " : "This could be published: ") + printer.summary() + "; "
                        + ProblemPrinter.counted(found));
        return faulty ? ExitCode.FAULTS : ExitCode.OK;
    }

    private int published(RemoteRulebook running, FolderChange differences, ChangePrinter printer) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("files", differences.edits());
        request.put("base", base == null ? differences.live().edition() : base);
        if (note != null) {
            request.put("note", note);
        }
        if (accept != null) {
            request.put("accept", accept);
        }
        RemoteRulebook.Answer answer = running.post("/rulebook/publish", request);
        if (answer.conflict()) {
            return new ChangePrinter(this, overtaken(differences, answer.body())).conflicts();
        }
        if (answer.refusesRules()) {
            List<RuleProblem> found = ProblemPrinter.of(answer.body().path("problems"));
            done(
                    printer,
                    differences.live().edition(),
                    true,
                    answer.body(),
                    found,
                    "Not published: " + ProblemPrinter.counted(found) + "; edition "
                            + differences.live().edition() + " continues to serve");
            return ExitCode.FAULTS;
        }
        JsonNode published = answer.body();
        int edition = published.path("edition").asInt();
        boolean unchanged = published.path("unchanged").asBoolean();
        List<RuleProblem> warnings = ProblemPrinter.of(published.path("warnings"));
        return done(
                printer,
                edition,
                unchanged,
                published,
                warnings,
                unchanged
                        ? "Edition " + edition + " says this already"
                        : "Edition " + edition + " is live: " + printer.summary() + "; "
                                + Count.of(warnings.size(), "warning"));
    }

    /** @param edition the one that is live now */
    private int done(
            ChangePrinter printer,
            int edition,
            boolean unchanged,
            JsonNode answer,
            List<RuleProblem> found,
            String line) {
        problems().print(found);
        ReachPrinter.lines(answer).forEach(this::say);
        say(line);
        printer.notes();
        if (json) {
            ObjectNode result = problems().json(found);
            printer.addTo(result);
            ReachPrinter.addTo(result, answer);
            result.put("edition", edition);
            result.put("unchanged", unchanged);
            print(result);
        }
        return ExitCode.OK;
    }

    /** The same change with what the service found to be somebody else's. */
    private static FolderChange overtaken(FolderChange differences, JsonNode answer) {
        List<FolderChange.Conflict> conflicts = new ArrayList<>();
        for (JsonNode theirs : answer.path("changes")) {
            String path = theirs.path("path").asText();
            String ours = differences.edits().stream()
                    .filter(edit -> edit.path().equals(path))
                    .findFirst()
                    .map(Edit::text)
                    .orElse(null);
            conflicts.add(new FolderChange.Conflict(
                    path, theirs.hasNonNull("live") ? theirs.path("live").asText() : null, ours));
        }
        return new FolderChange(differences.live(), List.of(), differences.kept(), differences.elsewhere(), conflicts);
    }
}
