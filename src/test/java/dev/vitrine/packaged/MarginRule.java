package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A shipped rule file that tests publish with another number in it. */
final class MarginRule {
    static final String RULES = "margin/core.drl";
    private static final String EXAMPLES = "margin/core.examples.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private MarginRule() {}

    /** The body of a call that publishes or stages it; {@code files} is its only field. */
    static ObjectNode withShare(String share) {
        ObjectNode body = JSON.createObjectNode();
        for (String path : new String[] {RULES, EXAMPLES}) {
            body.withArrayProperty("files").addObject().put("path", path).put("text", text(path, share));
        }
        return body;
    }

    /** What its text has exactly where it was published with this share. */
    static String mark(String share) {
        return "guarantee( " + share + ",";
    }

    private static String text(String path, String share) {
        try {
            return Files.readString(PackagedVitrine.RULES.resolve(path)).replace("0.3", share);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
