package dev.vitrine.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedStatesTest {
    private static final int MOST = 2_000;

    private static JsonNode json(String text) throws Exception {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void whatFitsIsShownWhole() {
        assertThat(ChangedStates.of(Map.of("a", 1), List.of("b"), MOST))
                .isEqualTo(new ChangedStates("{\"a\":1}", "[\"b\"]"));
        assertThat(ChangedStates.of(null, Map.of(), MOST)).isEqualTo(new ChangedStates(null, "{}"));
    }

    @Test
    void unchangedFieldsGoFirst() {
        String same = "x".repeat(MOST);
        ChangedStates states =
                ChangedStates.of(Map.of("same", same, "sku", "one"), Map.of("same", same, "sku", "other"), MOST);
        assertThat(states).isEqualTo(new ChangedStates("{\"sku\":\"one\"}", "{\"sku\":\"other\"}"));
    }

    @Test
    void longValuesThatDifferOnlyAtTheirEndsDoNotLookEqual() throws Exception {
        String same = "\"\\\uD83D\uDE80".repeat(MOST);
        ChangedStates states = ChangedStates.of(
                Map.of("name", "one", "skus", List.of(same, "a")),
                Map.of("name", "two", "skus", List.of(same, "b")),
                MOST);
        assertThat(states.before()).hasSizeLessThanOrEqualTo(MOST).isNotEqualTo(states.after());
        assertThat(states.after()).hasSizeLessThanOrEqualTo(MOST);
        JsonNode before = json(states.before());
        assertThat(before.get("name").asText()).isEqualTo("one");
        assertThat(before.at("/skus/begins").asText()).startsWith("[\"\\\"");
        assertThat(before.at("/skus/sha256").asText())
                .hasSize(64)
                .isNotEqualTo(json(states.after()).at("/skus/sha256").asText());
    }

    @Test
    void manyFieldsAndTextsAreShortenedAsAWhole() {
        Map<String, Integer> from =
                new TreeMap<>(IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "field " + i, i -> i)));
        Map<String, Integer> to = new TreeMap<>(from);
        to.replaceAll((field, value) -> value + 1);
        for (ChangedStates states : List.of(
                ChangedStates.of(from, to, MOST),
                ChangedStates.of("x".repeat(MOST) + 1, "x".repeat(MOST) + 2, MOST),
                ChangedStates.of(List.of("x".repeat(MOST), 1), null, MOST))) {
            assertThat(states.before())
                    .hasSizeLessThanOrEqualTo(MOST)
                    .contains("\"sha256\":")
                    .isNotEqualTo(states.after());
        }
    }
}
