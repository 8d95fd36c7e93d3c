package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RulePath;
import java.util.ArrayList;
import java.util.List;

/** The live edition, as the service tells it. */
record LiveRules(int edition, String author, List<RuleFile> files) {
    static LiveRules of(RemoteRulebook service) {
        JsonNode answer = service.get("/rulebook").body();
        List<RuleFile> files = new ArrayList<>();
        for (JsonNode file : answer.path("files")) {
            String path = file.path("path").asText();
            // it becomes the name of a file on this machine
            if (RulePath.objection(path).isPresent()) {
                throw new CommandFailure(
                        ExitCode.REFUSED, "the service names a file that a rules folder cannot have: '" + path + "'");
            }
            files.add(new RuleFile(path, file.path("text").asText()));
        }
        return new LiveRules(
                answer.path("edition").asInt(), answer.path("author").asText(), List.copyOf(files));
    }
}
