package dev.vitrine.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call that takes JSON, with bodies that are none. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BrokenBodiesTest {
    /** Calls that take JSON and do not say so. */
    private static final List<String> WITHOUT_A_TYPE = List.of(
            "POST /rulebook/changes",
            "POST /rulebook/complete",
            "POST /rulebook/hover",
            "POST /rulebook/staged/share",
            "POST /rulebook/editions/99999/restore",
            "POST /rulebook/drafts/99999/publish");

    @Inject
    ConsumedTypes consumed;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{ | is never closed with }",
                "{\"a\": 1,} | ",
                "{'a': 1} | double quotes",
                "{a: 1} | in double quotes",
                "{\"a\": 007} | ",
                "{\"a\": 1,5} | ",
                "a=1&b=2 | so it is no JSON",
                "rule \"x\" | so it is no JSON",
                "[] | must be an object, not a list",
                "7 | must be an object, not a number",
                "{} {} | ",
                "^^ | "
            })
    void eachCallSaysWhatIsWrongInItsOwnWords(String body, String words) {
        List<String> calls = new ArrayList<>(consumed.jsonCalls());
        assertThat(calls).hasSizeGreaterThan(15);
        calls.addAll(WITHOUT_A_TYPE);
        for (String call : calls) {
            String[] parts = call.split(" ");
            Response answer = given().header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                    .contentType("application/json")
                    .body((body == null ? "" : body).getBytes(StandardCharsets.UTF_8))
                    .request(parts[0], parts[1].replaceAll("\\{[^}]*}", "99999"));
            assertThat(answer.statusCode()).as(call).isIn(List.of(400, 404, 422));
            assertThat(answer.contentType()).as(call).startsWith(Problem.MEDIA_TYPE);
            String detail = answer.path("detail");
            ParserWords.assertNotIn(detail);
            if (words != null && answer.statusCode() == 400) {
                assertThat(detail).as(call).contains(words);
            }
        }
    }
}
