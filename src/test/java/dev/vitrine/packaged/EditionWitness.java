package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Publishes a rule with another number each time. */
final class EditionWitness extends Witness {
    private static final int PAGE = 100;

    /** Edition by the share that it gives, which is its note, too. */
    private final Map<String, Integer> published = new HashMap<>();

    private String last;
    private String inFlight;
    private int count;

    EditionWitness() {
        super("publications", 0);
    }

    @Override
    boolean hasInFlight() {
        return inFlight != null;
    }

    @Override
    void write(PackagedVitrine service) {
        count++;
        inFlight = "0.3" + count + "1";
        acknowledge(publish(service, inFlight));
    }

    private void acknowledge(JsonNode answer) {
        published.put(inFlight, answer.get("edition").asInt());
        last = inFlight;
        inFlight = null;
    }

    private static JsonNode publish(PackagedVitrine service, String share) {
        return service.tell(
                "/rulebook/publish",
                MarginRule.withShare(share).put("note", share).toString());
    }

    @Override
    void verify(PackagedVitrine service) {
        assertThat(live(service))
                .as("the live rules, after %s was published and %s was in flight", last, inFlight)
                .containsAnyOf(MarginRule.mark(last), MarginRule.mark(String.valueOf(inFlight)));
        verifyEditions(service);
        if (inFlight != null) {
            acknowledge(publish(service, inFlight));
            assertThat(live(service)).contains(MarginRule.mark(last));
            verifyEditions(service);
        }
        JsonNode rulebook = service.read("/rulebook");
        assertThat(rulebook.get("problems")).as("problems").isEmpty();
        assertThat(rulebook.get("conflicts")).as("conflicts").isEmpty();
    }

    private static String live(PackagedVitrine service) {
        for (JsonNode file : service.read("/rulebook").get("files")) {
            if (file.get("path").asText().equals(MarginRule.RULES)) {
                return file.get("text").asText();
            }
        }
        throw new AssertionError(MarginRule.RULES + " is not there");
    }

    private void verifyEditions(PackagedVitrine service) {
        List<Integer> numbers = new ArrayList<>();
        Map<String, Integer> byNote = new HashMap<>();
        for (JsonNode edition : editions(service)) {
            numbers.add(edition.get("edition").asInt());
            Integer twin = byNote.put(
                    edition.get("note").asText(), edition.get("edition").asInt());
            assertThat(twin).as("another edition of " + edition.get("note")).isNull();
        }
        Collections.sort(numbers);
        assertThat(numbers)
                .as("editions")
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(byNote).as("editions by share").containsAllEntriesOf(published);
    }

    private static List<JsonNode> editions(PackagedVitrine service) {
        List<JsonNode> editions = new ArrayList<>();
        for (int before = Integer.MAX_VALUE; before > 1; ) {
            JsonNode page = service.read("/rulebook/editions?limit=" + PAGE + "&before=" + before)
                    .get("editions");
            page.forEach(editions::add);
            before = page.isEmpty()
                    ? 1
                    : page.get(page.size() - 1).get("edition").asInt();
        }
        return editions;
    }
}
