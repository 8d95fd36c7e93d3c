package dev.vitrine.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Permissions.Permission;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as generators and Swagger UI read it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OpenApiAccessTest {
    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = Json.MAPPER.readTree(given().get("/q/openapi?format=json").asString());
    }

    private static Stream<Permission> calls() {
        return Permissions.table().stream()
                .filter(permission -> !permission.path().startsWith("/q/"))
                // campaigns are not deleted; the call only says so, and is not shown
                .filter(permission -> !permission.toString().equals("DELETE /campaigns/{id}"));
    }

    private JsonNode operation(Permission permission) {
        JsonNode operation = document.path("paths")
                .path(permission.path())
                .path(permission.method().toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).as("%s", permission).isTrue();
        return operation;
    }

    @Test
    void theKeyIsABearerTokenAndTheOnlyScheme() {
        JsonNode schemes = document.at("/components/securitySchemes");
        assertThat(schemes.properties()).hasSize(1);
        assertThat(schemes.at("/key/type").asText()).isEqualTo("http");
        assertThat(schemes.at("/key/scheme").asText()).isEqualTo("bearer");
    }

    @Test
    void everyCallThatNeedsAKeySaysSo() {
        assertThat(calls()).isNotEmpty().allSatisfy(permission -> {
            JsonNode security = operation(permission).path("security");
            assertThat(security.size()).isEqualTo(permission.isForEverybody() ? 0 : 1);
            assertThat(security.findValue("key") != null).isEqualTo(!permission.isForEverybody());
        });
    }

    @Test
    void everyCallHasItsRefusals() {
        assertThat(calls()).allSatisfy(permission -> {
            JsonNode operation = operation(permission);
            List<String> refusals = new ArrayList<>(List.of("400", "401", "403", "429", "500", "503"));
            if (operation.has("requestBody")) {
                refusals.addAll(List.of("408", "413", "415"));
            }
            assertThat(statuses(operation)).as("%s", permission).containsAll(refusals);
        });
    }

    @Test
    void problemsAndSuccessesHaveTheirOwnShapes() {
        assertThat(calls()).allSatisfy(permission -> {
            assertThat(operation(permission).path("responses").fieldNames())
                    .toIterable()
                    .as("%s succeeds somehow", permission)
                    .anyMatch(status ->
                            status.startsWith("2") || permission.toString().contains("DELETE /campaigns"));
            for (Map.Entry<String, JsonNode> response :
                    operation(permission).path("responses").properties()) {
                JsonNode content = response.getValue().path("content");
                boolean problem = response.getKey().compareTo("400") >= 0;
                assertThat(content.has(Problem.MEDIA_TYPE))
                        .as("%s %s", permission, response.getKey())
                        .isEqualTo(problem);
                if (problem) {
                    assertThat(content.size()).isEqualTo(1);
                    assertThat(content.path(Problem.MEDIA_TYPE)
                                    .at("/schema/$ref")
                                    .asText())
                            .isIn(
                                    "#/components/schemas/Problem",
                                    "#/components/schemas/RefusedRules",
                                    "#/components/schemas/DraftConflict",
                                    "#/components/schemas/EventsRefused");
                } else if (!response.getKey().equals("204")) {
                    assertThat(content.path("application/json").has("schema"))
                            .as("%s %s", permission, response.getKey())
                            .isTrue();
                }
            }
        });
        assertThat(document.at("/components/schemas").has("Problem")).isTrue();
    }

    @Test
    void whatIsGivenOutOfAShopperHasShapes() {
        assertThat(shapeOf("events")).isEqualTo("#/components/schemas/Event");
        assertThat(shapeOf("decisions")).isEqualTo("#/components/schemas/ExplainedDecision");
    }

    private String shapeOf(String list) {
        String shape = document.at("/components/schemas/StoredShopper/properties/" + list + "/items/$ref")
                .asText();
        return document.at(shape.substring(1) + "/$ref").asText();
    }

    private static List<String> statuses(JsonNode operation) {
        List<String> statuses = new ArrayList<>();
        operation.path("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }
}
