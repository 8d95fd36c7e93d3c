package dev.vitrine.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProblemTest {
    private static final int MIB = 1 << 20;

    @TestHTTPResource
    URI service;

    static Stream<HttpClient.Version> versions() {
        return Stream.of(HttpClient.Version.values());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aBodyAboveTheLimitIsAnsweredWithTheLimit(HttpClient.Version version) throws Exception {
        assertTooLarge(send(version, "products", BodyPublishers.ofByteArray(blanks(2 * MIB))));
        assertTooLarge(send(version, "products", BodyPublishers.ofByteArray(blanks(MIB + 1))));
        assertTooLarge(send(version, "products", BodyPublishers.ofByteArray(blanks(20 * MIB))));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aBodyOfUnknownLengthAboveTheLimitIsAnsweredWithTheLimit(HttpClient.Version version) throws Exception {
        assertTooLarge(send(version, "products", chunked(blanks(2 * MIB))));
        assertTooLarge(send(version, "products", chunked(blanks(MIB + 1))));
        assertTooLarge(send(version, "products", chunked(blanks(20 * MIB))));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aBodyUpToTheLimitIsRead(HttpClient.Version version) throws Exception {
        byte[] body = blanks(MIB);
        body[MIB - 2] = '{';
        body[MIB - 1] = '}';
        for (BodyPublisher publisher : new BodyPublisher[] {BodyPublishers.ofByteArray(body), chunked(body)}) {
            HttpResponse<String> answer = send(version, "products", publisher);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"field\":\"products\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404",
        "POST, /nowhere, 404",
        "GET, /products/a/b, 404",
        "GET, /q/nowhere, 404",
        "GET, /products, 405",
        "DELETE, /products/a, 405",
        "PUT, /products, 405"
    })
    void anUnknownAddressOrMethodIsAnsweredWithAProblem(String method, String path, int status) {
        given().request(method, path)
                .then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", is(status));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /rulebook/editions?limit=x, 400, limit",
        "GET, /rulebook/editions?before=x, 400, before",
        "GET, /rulebook/editions/1/changes?since=x, 400, since",
        "GET, /rulebook/audit?limit=x, 400, limit",
        "GET, /rulebook/audit?before=x, 400, before",
        "GET, /campaigns?limit=x, 400, limit",
        "GET, /rulebook/editions/x, 404, number",
        "GET, /rulebook/editions/x/changes, 404, number",
        "POST, /rulebook/editions/x/restore, 404, number",
        "GET, /rulebook/scheduled/x, 404, id",
        "DELETE, /rulebook/scheduled/x, 404, id",
        "GET, /rulebook/backtests/x, 404, id",
        "DELETE, /rulebook/backtests/x, 404, id"
    })
    void aParameterThatIsNotANumberIsNamed(String method, String address, int status, String field) {
        given().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                .request(method, address)
                .then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", is(status))
                .body("field", is(field))
                .body("detail", is("is 'x'; must be a whole number"));
    }

    @ParameterizedTest
    @CsvSource({
        "/rulebook/editions?limit=3.5, is '3.5'; must be a whole number",
        "/rulebook/editions?limit=99999999999, is '99999999999'; must be a whole number from -2147483648 to 2147483647",
        "/rulebook/editions?limit=0, is 0; must be from 1 to 100",
        "/campaigns?limit=101, is 101; must be from 1 to 100"
    })
    void aWrongNumberIsAnsweredWithItsRange(String address, String detail) {
        given().get(address).then().statusCode(400).body("field", is("limit")).body("detail", is(detail));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'limit': '8' | limit | must be a whole number without quotes, not the text '8'",
                "'limit': 'many' | limit | must be a whole number without quotes, not the text 'many'",
                "'candidates': [{'sku': 'a', 'score': '0.5'}] | candidates[0].score | must be a number without quotes, not the text '0.5'",
                "'limit': 99999999999 | limit | must be a whole number from -2147483648 to 2147483647"
            })
    void aNumberInQuotesIsAnsweredWithWhatToChange(String fields, String field, String detail) {
        given().contentType(ContentType.JSON)
                .body("{'placement': 'home-page', 'visit': {'id': 'quoted'}, %s}"
                        .formatted(fields)
                        .replace('\'', '"'))
                .post("/decisions")
                .then()
                .statusCode(400)
                .body("field", is(field))
                .body("detail", is(detail));
    }

    @Test
    void aValidNumberIsAccepted() {
        given().get("/rulebook/editions?limit=1&before=2").then().statusCode(200);
        given().get("/rulebook/editions/1").then().statusCode(200);
        given().get("/rulebook/editions?limit=").then().statusCode(200);
        given().get("/campaigns").then().statusCode(200);
        given().get("/rulebook/backtests/77").then().statusCode(404).body("field", is("id"));
    }

    @Test
    void anotherContentTypeIsAnsweredWithAProblem() {
        given().contentType("text/csv")
                .body("sku,price")
                .post("/products")
                .then()
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", startsWith("The body came as 'text/csv"))
                .body("detail", endsWith("; this call takes application/json"));
    }

    @ParameterizedTest
    @CsvSource({
        "/rulebook/publish, application/json or multipart/form-data",
        "/rulebook/check, application/json or multipart/form-data",
        "/rulebook/drafts, application/json or multipart/form-data",
        "/rulebook/drafts/1/comments, application/json",
        "/campaigns/any/check, application/json or multipart/form-data",
        "/campaigns, application/json",
        "/keys, application/json",
        "/decisions, application/json"
    })
    void anotherContentTypeIsAnsweredWithThoseThatTheCallTakes(String call, String taken) {
        given().header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                .contentType("text/plain")
                .body("anything")
                .post(call)
                .then()
                .statusCode(415)
                .body("detail", endsWith("; this call takes " + taken));
    }

    @Test
    void aCompressedBodyIsAnsweredWithItsEncoding() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("products"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                .POST(BodyPublishers.ofByteArray(new byte[] {31, -117, 8, 0}))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("Content-Encoding: gzip");
    }

    @Test
    void aBodyThatEndsTooSoonSaysWhereItsObjectBegins() {
        given().contentType("application/json")
                .body("{\"products\": [")
                .post("/products")
                .then()
                .statusCode(400)
                .body("detail", containsString("that begins at line 1, column 14"))
                .body("detail", not(containsString("Source")));
    }

    @Test
    void thereIsNoAnswerInHtml() {
        given().accept("text/html").get("/products/a").then().statusCode(406).contentType(Problem.MEDIA_TYPE);
    }

    private HttpResponse<String> send(HttpClient.Version version, String path, BodyPublisher body) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                .POST(body)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void assertTooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        assertThat(answer.body()).contains("the body is larger than 1 MiB (1048576 bytes)");
    }

    private static byte[] blanks(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        return body;
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }
}
