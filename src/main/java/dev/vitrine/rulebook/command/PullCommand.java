package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code pull}: what was changed elsewhere comes into the files. */
@Command(
        name = "pull",
        description = {
            "Writes the live edition into a folder of rules, over what its files say.",
            "Exit codes: 0 the folder says what is live, 1 it cannot be read, 2 wrong arguments, 3 the service cannot be"
                    + " reached, 5 the service refuses the call or a file cannot be written."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = ExitCode.REFUSED)
public final class PullCommand extends RuleFolderCommand {
    @Mixin
    private ServiceOptions service;

    @Option(
            names = "--delete",
            description = "delete rule files that the live edition does not have; else they are kept")
    private boolean delete;

    @Option(names = "--dry-run", description = "show what would be written, and write nothing")
    private boolean dryRun;

    @Override
    int run() throws InvalidRulesException {
        if (!dryRun && !Files.exists(rules)) {
            makeFolder();
        }
        Map<String, String> here = texts(folder());
        LiveRules live = LiveRules.of(service.service(err()));
        Map<String, String> there = texts(live.files());
        TreeSet<String> paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.put("edition", live.edition());
        ArrayNode written = result.putArray("written");
        ArrayNode deleted = result.putArray("deleted");
        ArrayNode kept = result.putArray("kept");
        for (String path : paths) {
            String now = here.get(path);
            String then = there.get(path);
            if (then == null && !delete) {
                say("kept     " + path + ", which edition " + live.edition() + " does not have");
                kept.add(path);
            } else if (!Objects.equals(now, then)) {
                write(path, then, now);
                say((then == null ? "deleted  " : "written  ") + path);
                (then == null ? deleted : written).add(path);
            }
        }
        say(rules + (dryRun ? " would say" : " says") + " what edition " + live.edition() + " says: "
                + Count.of(written.size(), "file") + " written, " + Count.of(deleted.size(), "file") + " deleted, "
                + Count.of(kept.size(), "file") + " kept");
        if (json) {
            print(result);
        }
        return ExitCode.OK;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(rules);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, rules + " cannot be made: " + e.getMessage());
        }
    }

    private void write(String path, String text, String seen) {
        if (dryRun) {
            return;
        }
        try {
            if (!new RuleFolder(rules).write(path, text, seen)) {
                throw new CommandFailure(ExitCode.REFUSED, rules.resolve(path) + " changed meanwhile; pull again");
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, rules.resolve(path) + " cannot be written: " + e.getMessage());
        }
    }

    private static Map<String, String> texts(List<RuleFile> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach(file -> texts.put(file.path(), file.text()));
        return texts;
    }
}
