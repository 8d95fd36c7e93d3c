package dev.vitrine.candidates.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vitrine.candidates.service.RemoteAnswer.Scored;
import dev.vitrine.candidates.service.RemoteAnswer.Unusable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final AnswerReader ORDER = reader("/items", "/id", "/score", false);

    private static AnswerReader reader(String list, String sku, String score, boolean chances) {
        return new AnswerReader(
                JsonPointer.compile(list), JsonPointer.compile(sku), JsonPointer.compile(score), chances, 3);
    }

    private static RemoteAnswer read(AnswerReader reader, String answer) {
        return reader.read(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theBestComesFirst() {
        assertThat(read(ORDER, "{\"items\": [{\"id\": \"a\", \"score\": -1}, {\"id\": 17, \"score\": 2.5}]}"))
                .isEqualTo(new RemoteAnswer(List.of(new Scored("17", 2.5), new Scored("a", -1)), List.of()));
    }

    @Test
    void withoutScoresTheOrderCounts() {
        assertThat(read(ORDER, "[\"b\", \"a\", 3]").candidates())
                .extracting(Scored::sku)
                .containsExactly("b", "a", "3");
        assertThat(read(ORDER, "{\"items\": [{\"id\": \"b\"}, {\"id\": \"a\"}]}")
                        .candidates())
                .extracting(Scored::sku)
                .containsExactly("b", "a");
    }

    @Test
    void pairsAreRead() {
        assertThat(read(reader("", "/0", "/1", true), "[[\"a\", 0.1], [\"b\", 0.2]]")
                        .candidates())
                .containsExactly(new Scored("b", 0.2), new Scored("a", 0.1));
    }

    @Test
    void whatIsNoUseIsNamedAndTheOthersCount() {
        RemoteAnswer answer = read(
                ORDER,
                """
                [{"id": "a", "score": 1}, {"id": "a", "score": 9}, {"id": "b"}, {"id": "c", "score": 1e300},
                 {"score": 3}, {"id": "", "score": 1}, {"id": {}, "score": 1}, null, {"id": "d", "score": "1"}]""");
        assertThat(answer.candidates()).containsExactly(new Scored("a", 1));
        assertThat(answer.unusable())
                .extracting(Unusable::sku, unusable -> unusable.cause().split(" in ")[0])
                .containsExactly(
                        tuple("a", "is"),
                        tuple("b", "has no usable score"),
                        tuple("c", "has no usable score"),
                        tuple("#5", "has no sku"),
                        tuple("#6", "has no usable sku"),
                        tuple("#7", "has no sku"),
                        tuple("#8", "has no sku"),
                        tuple("d", "has no usable score"));
    }

    @Test
    void chancesAreFromZeroToOne() {
        RemoteAnswer answer = read(
                reader("", "/id", "/score", true),
                "[{\"id\": \"a\", \"score\": 1.01}, {\"id\": \"b\", \"score\": 1}, {\"id\": \"c\"}]");
        assertThat(answer.candidates()).containsExactly(new Scored("b", 1));
        assertThat(answer.unusable()).extracting(Unusable::sku).containsExactly("a", "c");
    }

    @Test
    void noMoreThanWereAskedForAreTakenAndTheBestOfAll() {
        String many = IntStream.range(0, 100)
                .mapToObj(i -> "{\"id\": \"s" + i + "\", \"score\": " + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(read(ORDER, many).candidates()).extracting(Scored::sku).containsExactly("s99", "s98", "s97");
        assertThat(read(ORDER, many.replace("\"id\"", "\"it\"")).unusable()).hasSize(20);
    }

    @Test
    void whatHasNoListIsNoAnswer() {
        for (String answer : new String[] {"", "{}", "{\"items\": {}}", "7", "null"}) {
            assertThatThrownBy(() -> read(ORDER, answer))
                    .isInstanceOf(ModelServiceException.class)
                    .hasMessage("the model service's answer has no list at '/items'");
        }
        for (String answer : new String[] {"<html>", "[", "[] []", "[".repeat(100_000)}) {
            assertThatThrownBy(() -> read(ORDER, answer))
                    .isInstanceOf(ModelServiceException.class)
                    .hasMessage("the model service's answer is not JSON");
        }
    }
}
