package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Printable;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.RuleProblem.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Shows problems with the place in which editors and terminals open them. */
final class ProblemPrinter {
    private final PrintWriter out;
    private final Ansi ansi;
    private final Path folder;
    private final boolean annotations;

    /** @param annotations whether GitHub Actions reads the output */
    ProblemPrinter(PrintWriter out, Ansi ansi, Path folder, boolean annotations) {
        this.out = out;
        this.ansi = ansi;
        this.folder = folder;
        this.annotations = annotations;
    }

    /** The problems of an answer; fields that a newer service adds are left alone. */
    static List<RuleProblem> of(JsonNode problems) {
        List<RuleProblem> read = new ArrayList<>();
        for (JsonNode problem : problems) {
            read.add(new RuleProblem(
                    problem.path("severity").asText().equals("fault") ? Severity.FAULT : Severity.WARNING,
                    problem.path("file").asText(),
                    problem.path("line").asInt(),
                    problem.path("column").asInt(),
                    problem.path("rule").asText(),
                    problem.path("message").asText(),
                    problem.path("cure").asText(),
                    List.of()));
        }
        return read;
    }

    void print(List<RuleProblem> problems) {
        for (RuleProblem problem : problems) {
            if (annotations) {
                out.println(annotation(problem));
            } else {
                printForPeople(problem);
            }
        }
    }

    private void printForPeople(RuleProblem problem) {
        String place = file(problem);
        if (problem.line() > 0) {
            place += ":" + problem.line() + (problem.column() > 0 ? ":" + problem.column() : "");
        }
        String rule = problem.rule().isEmpty() ? "" : "\"" + problem.rule() + "\": ";
        out.println(Printable.of(place) + " " + severity(problem) + "  " + Printable.of(rule + problem.message()));
        if (!problem.cure().isEmpty()) {
            out.println("    " + Printable.of(problem.cure()));
        }
    }

    private String severity(RuleProblem problem) {
        return problem.severity() == Severity.FAULT
                ? ansi.string("@|bold,red fault|@")
                : ansi.string("@|yellow warning|@");
    }

    /** As the workspace names it; what concerns the whole book is in no file. */
    private String file(RuleProblem problem) {
        if (problem.file().isEmpty()) {
            return folder.toString();
        }
        // what is wrong with the folder itself is told with its whole path
        return problem.file().equals(folder.toAbsolutePath().normalize().toString())
                ? folder.toString()
                : folder.resolve(problem.file()).normalize().toString().replace('\\', '/');
    }

    private String annotation(RuleProblem problem) {
        StringBuilder line = new StringBuilder(problem.severity() == Severity.FAULT ? "::error " : "::warning ");
        line.append("file=").append(property(file(problem)));
        if (problem.line() > 0) {
            line.append(",line=").append(problem.line());
            if (problem.column() > 0) {
                line.append(",col=").append(problem.column());
            }
        }
        if (!problem.rule().isEmpty()) {
            line.append(",title=").append(property(problem.rule()));
        }
        return line.append("::")
                .append(data(problem.message() + (problem.cure().isEmpty() ? "" : " " + problem.cure())))
                .toString();
    }

    /** Without this, text of a rule could end the command and begin another one. */
    private static String data(String text) {
        return Printable.of(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"));
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    ObjectNode json(List<RuleProblem> problems) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.put("faults", faults(problems));
        result.put("warnings", problems.size() - faults(problems));
        ArrayNode list = result.putArray("problems");
        problems.forEach(problem -> list.add(Json.MAPPER.<JsonNode>valueToTree(problem)));
        return result;
    }

    static int faults(List<RuleProblem> problems) {
        return (int) problems.stream()
                .filter(problem -> problem.severity() == Severity.FAULT)
                .count();
    }

    /** Such as "1 fault and 2 warnings". */
    static String counted(List<RuleProblem> problems) {
        int faults = faults(problems);
        int warnings = problems.size() - faults;
        return Count.of(faults, "fault") + " and " + Count.of(warnings, "warning");
    }
}
