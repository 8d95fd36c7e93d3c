package dev.vitrine.visit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The segments of one shopper, as the shop sends them. */
@Schema(description = "The segments of one shopper, instead of those that were sent before")
public record SentSegments(
        @Schema(required = true, minLength = 1, maxLength = Check.KEY_MAX, description = "As events name the shopper.")
                String shopper,
        @Schema(
                        required = true,
                        maxItems = SEGMENTS_MAX,
                        description = "Each of at most 64 characters; an empty list takes the shopper out of all.")
                List<String> segments) {
    static final int SEGMENTS_MAX = 50;
    private static final int NAME_MAX = 64;

    static SentSegments read(JsonNode node, String at) {
        if (!node.isObject()) {
            throw new ProblemException(at, "must be an object");
        }
        SentSegments sent = Json.read(node, SentSegments.class, at);
        Check.key(at + ".shopper", sent.shopper);
        return new SentSegments(
                sent.shopper, List.copyOf(names(at + ".segments", Check.required(at + ".segments", sent.segments))));
    }

    SentSegments storedUnder(ShopperKeys keys) {
        return new SentSegments(keys.stored(shopper), segments);
    }

    /** @throws ProblemException naming the segment that is wrong */
    public static Set<String> names(String field, List<String> segments) {
        Set<String> names = new TreeSet<>();
        List<String> checked = Check.list(field, segments, SEGMENTS_MAX);
        for (int i = 0; i < checked.size(); i++) {
            names.add(
                    Check.title(field + "[" + i + "]", checked.get(i), NAME_MAX).strip());
        }
        return names;
    }
}
