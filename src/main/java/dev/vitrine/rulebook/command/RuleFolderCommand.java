package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Printable;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RulePath;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands for a folder of rules have in common: the folder, how they print, and how they end. */
abstract class RuleFolderCommand implements Callable<Integer> {
    private static final String UNWRITTEN = "The output cannot be written; it is not complete";

    @Option(names = "--rules", paramLabel = "FOLDER", description = "the folder of the rules (${DEFAULT-VALUE})")
    Path rules = Path.of("rules");

    @Option(names = "--json", description = "print one JSON object, for programs")
    boolean json;

    @Option(
            names = "--github",
            negatable = true,
            fallbackValue = "true",
            defaultValue = "${env:GITHUB_ACTIONS:-false}",
            description = "print problems as annotations of GitHub Actions (where GITHUB_ACTIONS is true)")
    boolean github;

    @Spec
    private CommandSpec spec;

    /** Returns the exit code; a {@link CommandFailure} or {@link InvalidRulesException} is printed and ends the command. */
    abstract int run() throws InvalidRulesException;

    @Override
    public final Integer call() {
        int code = ended();
        if (out().checkError() && code == ExitCode.OK) {
            code = ExitCode.REFUSED;
            err().println(UNWRITTEN);
            err().flush();
        }
        return code;
    }

    private int ended() {
        try {
            return run();
        } catch (InvalidRulesException unreadable) {
            problems().print(unreadable.problems());
            if (json) {
                print(problems().json(unreadable.problems()));
            }
            return ExitCode.FAULTS;
        } catch (CommandFailure failure) {
            err().println(Printable.of(failure.getMessage()));
            return failure.exitCode();
        } finally {
            out().flush();
            err().flush();
        }
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    Ansi ansi() {
        return spec.commandLine().getColorScheme().ansi();
    }

    /** Where people read; nothing of it is printed where a program reads the output. */
    void say(String line) {
        if (!json) {
            out().println(Printable.of(line));
        }
    }

    void print(JsonNode result) {
        out().println(Json.text(result));
    }

    ProblemPrinter problems() {
        return new ProblemPrinter(json ? err() : out(), ansi(), rules, github && !json);
    }

    List<RuleFile> folder() throws InvalidRulesException {
        List<RuleFile> files = read("--rules", rules);
        List<String> paths = files.stream().map(RuleFile::path).toList();
        // from the root of a repository, each file would become a second one beside the one that is meant
        if (!paths.isEmpty()
                && paths.stream()
                        .allMatch(path -> RulePath.outside(path, List.of()).isPresent())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--rules " + rules + " is the folder around the folder of rules: say --rules "
                            + rules.resolve("rules"));
        }
        return files;
    }

    static List<RuleFile> read(String option, Path folder) throws InvalidRulesException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(ExitCode.USAGE, option + ": there is no folder " + folder);
        }
        return new RuleFolder(folder).read();
    }
}
