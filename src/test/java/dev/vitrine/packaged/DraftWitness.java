package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps drafts, says something of each and has somebody else approve it; each call that makes something has a key of its own.
 * After a look at them it deletes them, as few may be open at once.
 */
final class DraftWitness extends Witness {
    private static final long PAUSE_MILLIS = 20;
    private static final String REVIEWER = "reviewer-of-drafts";

    /** What is known of a draft; {@code id} is null until it is acknowledged. */
    private static final class Kept {
        private String id;
        private boolean commented;
        private boolean approved;
    }

    private final Map<String, Kept> drafts = new LinkedHashMap<>();
    private final List<String> deleted = new ArrayList<>();
    private String reviewer;
    private String inFlight;
    private int count;

    DraftWitness() {
        super("drafts", PAUSE_MILLIS);
    }

    @Override
    boolean hasInFlight() {
        return inFlight != null;
    }

    @Override
    void write(PackagedVitrine service) {
        if (reviewer == null) {
            reviewer = service.tell("/keys", "{\"name\": \"" + REVIEWER + "\", \"role\": \"merchandiser\"}")
                    .get("key")
                    .asText();
        }
        count++;
        inFlight = "Crash draft " + count;
        drafts.put(inFlight, new Kept());
        finish(service, inFlight);
        inFlight = null;
    }

    /** Does what was not acknowledged yet. */
    private void finish(PackagedVitrine service, String name) {
        Kept draft = drafts.get(name);
        if (draft.id == null) {
            draft.id = create(service, name).get("id").asText();
        }
        if (!draft.commented) {
            comment(service, name, draft.id);
            draft.commented = true;
        }
        if (!draft.approved) {
            PackagedVitrine.json(
                    service.post(reviewer, "/rulebook/drafts/" + draft.id + "/approve", "{\"version\": 1}"));
            draft.approved = true;
        }
    }

    private static JsonNode create(PackagedVitrine service, String name) {
        String body = "{\"name\": \"" + name + "\", \"files\": [{\"path\": \"shelf/crash.drl\", \"text\": \"// " + name
                + "\"}]}";
        return once(service, "/rulebook/drafts", body, name);
    }

    private static JsonNode comment(PackagedVitrine service, String name, String id) {
        return once(service, "/rulebook/drafts/" + id + "/comments", "{\"text\": \"Why " + name + "?\"}", name);
    }

    private static JsonNode once(PackagedVitrine service, String path, String body, String name) {
        return PackagedVitrine.json(service.call(
                "POST", PackagedVitrine.OPERATOR_KEY, path, body, "Idempotency-Key", name.replace(' ', '-')));
    }

    @Override
    void verify(PackagedVitrine service) {
        for (String id : deleted) {
            assertThat(service.get("/rulebook/drafts/" + id).statusCode())
                    .as("draft " + id)
                    .isEqualTo(404);
        }
        deleted.clear();
        drafts.forEach((name, draft) -> {
            if (draft.id != null) {
                verify(service, name, draft);
            }
        });
        if (inFlight != null) {
            finish(service, inFlight);
            inFlight = null;
        }
        drafts.forEach((name, draft) -> {
            assertThat(create(service, name).get("id").asText())
                    .as("the repeated " + name)
                    .isEqualTo(draft.id);
            comment(service, name, draft.id);
            verify(service, name, draft);
        });
        assertThat(service.read("/rulebook/drafts").get("drafts").findValuesAsText("name"))
                .as("open drafts")
                .containsExactlyInAnyOrderElementsOf(drafts.keySet());
        drafts.values().forEach(draft -> {
            assertThat(service.call("DELETE", PackagedVitrine.OPERATOR_KEY, "/rulebook/drafts/" + draft.id, "")
                            .statusCode())
                    .isEqualTo(204);
            deleted.add(draft.id);
        });
        drafts.clear();
    }

    private static void verify(PackagedVitrine service, String name, Kept draft) {
        JsonNode found = service.read("/rulebook/drafts/" + draft.id);
        assertThat(found.get("name").asText()).isEqualTo(name);
        assertThat(found.get("files").findValuesAsText("text")).containsExactly("// " + name);
        List<String> comments = found.get("comments").findValuesAsText("text");
        String comment = "Why " + name + "?";
        if (draft.commented) {
            assertThat(comments).as("comments of " + name).containsExactly(comment);
        } else {
            assertThat(comments).as("comments of " + name).isSubsetOf(comment).hasSizeLessThanOrEqualTo(1);
        }
        if (draft.approved) {
            assertThat(found.path("approval").path("by").asText())
                    .as("approval of " + name)
                    .isEqualTo(REVIEWER);
        }
    }
}
