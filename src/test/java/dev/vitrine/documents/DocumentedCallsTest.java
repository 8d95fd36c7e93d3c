package dev.vitrine.documents;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.problem.Json;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call that the documents show is one that the service takes, with the fields and parameters shown. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DocumentedCallsTest {
    private Contract contract;

    @BeforeEach
    void readTheContract() throws IOException {
        contract = new Contract(Json.MAPPER.readTree(given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString()));
    }

    @Test
    void everyCallThatIsShownExistsWithTheFieldsShown() {
        List<String> complaints = new ArrayList<>();
        int answers = 0;
        for (Page page : Page.all()) {
            ShownCalls shown = ShownCalls.of(page);
            complaints.addAll(contract.complaints(shown));
            answers += shown.answers.size();
        }
        assertThat(complaints).isEmpty();
        assertThat(answers).as("printed answers that were compared").isGreaterThan(5);
    }

    @Test
    void everyCallThatExistsIsShown() {
        Set<String> shown = new TreeSet<>();
        for (Page page : Page.all()) {
            ShownCalls.of(page).calls.forEach(call -> shown.add(contract.operation(call)));
        }
        assertThat(shown).containsAll(contract.operations());
    }

    @Test
    void everyAddressOfTheOperatorsAnswers() {
        for (Page page : Page.all()) {
            for (ShownCalls.Call call : ShownCalls.of(page).calls) {
                if (call.path().startsWith("/q/")) {
                    assertThat(given().get(call.path()).statusCode())
                            .as(call.place() + " " + call.path())
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void whatAPageGetsWrongIsFound() {
        assertThat(
                        complaints(
                                """
                        # Wrong
                        Ask `GET /decision/{id}`.
                        ```
                        curl -s localhost:8080/decisions -H 'Content-Type: application/json' -d '
                        {"placement": "cart", "visit": {"id": "v", "shoper": "s", "events": [{"type": "look", …}]}}'
                        ```
                        ```json
                        "module": {"typ": "bundle", ...}, "edition": "one"
                        ```
                        ```sh
                        jq -n '{files: [{path: "a.drl", test: $t}]}' > draft.json
                        curl localhost:8080/rulebook/check -d @draft.json | jq -r '.problems[] | "\\(.file) \\(.cures)"'
                        curl 'localhost:8080/insights/shares?place=cart'
                        ```
                        ## `GET /model`
                        | answer field | |
                        |---|---|
                        | `training.begun` | |
                        """))
                .satisfiesExactly(
                        wrong -> assertThat(wrong).contains("page.md:2 there is no GET /decision/{id}"),
                        wrong -> assertThat(wrong).contains("page.md:4 ", "request.visit: no field 'shoper'"),
                        wrong -> assertThat(wrong).contains("page.md:4 ", "events[].type: 'look' is none of [", "view"),
                        wrong -> assertThat(wrong).contains("page.md:12 ", "files[]: no field 'test'"),
                        wrong -> assertThat(wrong).contains("page.md:13 ", "has no parameter 'place'"),
                        wrong -> assertThat(wrong).contains("page.md:8 ", "answer.module: no field 'typ'"),
                        wrong -> assertThat(wrong).contains("page.md:8 ", "answer.edition: \"one\" is a string"),
                        wrong -> assertThat(wrong).contains("page.md:12 ", "no field 'problems[].cures'"),
                        wrong -> assertThat(wrong).contains("page.md:18 ", "no field 'training.begun'"));
    }

    @Test
    void whatAPageShowsInPartIsFine() {
        assertThat(
                        complaints(
                                """
                        # Right
                        ```sh
                        EDITION=$(curl -s localhost:8080/rulebook | jq .edition)   # the live one
                        jq -n --rawfile r core.drl '{files:[{path:"margin/core.drl",text:$r}]}' > change.json
                        jq --argjson b $EDITION '. + {base:$b, note:"…"}' change.json |
                          curl -s localhost:8080/rulebook/publish -H "Authorization: Bearer $KEY" -d @-
                        ```
                        ```json
                        {"edition": 2, "warnings": []}
                        ```
                        Restore it with `POST /rulebook/editions/{n}/restore`.
                        """))
                .isEmpty();
    }

    private List<String> complaints(String page) {
        return contract.complaints(ShownCalls.of(Page.of(Path.of("page.md"), page)));
    }
}
