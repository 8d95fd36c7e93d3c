package dev.vitrine.rulebook.publish;

import static io.restassured.RestAssured.given;

import dev.vitrine.storage.TestDatabase;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Takes the files of a test out of the rule book, where they are in it. */
public final class RemovedRules {
    private RemovedRules() {}

    public static void remove(String... paths) {
        List<String> live =
                given().get("/rulebook").then().statusCode(200).extract().path("files.path");
        List<Map<String, Object>> deleted = Stream.of(paths)
                .filter(live::contains)
                .map(path -> Map.<String, Object>of("path", path, "deleted", true))
                .toList();
        if (!deleted.isEmpty()) {
            given().contentType(ContentType.JSON)
                    .header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                    .body(Map.of("files", deleted, "accept", "the test is over"))
                    .post("/rulebook/publish")
                    .then()
                    .statusCode(200);
        }
    }
}
